<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><span class="badge badge-level"><?cs var:Level.code ?></span> <?cs var:Level.name ?><?cs if:Level.retired ?> <span class="badge badge-none"><?cs var:Lang.level.is_retired ?></span><?cs /if ?></h1>
  <div class="actions">
    <a class="button" href="<?cs var:Record.history ?>"><?cs var:Lang.history.link ?></a>
    <a class="button" href="<?cs var:Level.contracts_url ?>"><?cs var:Lang.contracts.title ?> (<?cs var:Level.contracts ?>)</a>
    <a class="button" href="<?cs var:Level.requests ?>"><?cs var:Lang.request.contract_link ?></a>
    <?cs if:Page.can.admin ?><a class="button" href="<?cs var:Level.staff_edit ?>"><?cs var:Lang.level_staff.link ?></a> <a class="button button-primary" href="<?cs var:Record.edit ?>"><?cs var:Lang.common.edit ?></a><?cs /if ?>
  </div>
</div>
<dl class="facts">
  <div class="fact"><dt><?cs var:Lang.field.scope ?></dt><dd><?cs var:Level.scope ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.channels ?></dt><dd><?cs var:Level.channels ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.service_hours ?></dt><dd><?cs var:Level.hours ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.service_calendar ?></dt><dd><?cs if:?Level.calendar ?><a href="<?cs var:Level.calendar_url ?>"><?cs var:Level.calendar ?></a><br><?cs var:Level.calendar_hours ?><?cs else ?><?cs var:Lang.service_calendar.level_without ?><?cs /if ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.level.response ?></dt><dd><?cs var:Level.response ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.level.restore ?></dt><dd><?cs var:Level.restore ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.next_level ?></dt><dd><?cs if:Level.next ?><?cs var:Level.next ?><?cs else ?><?cs var:Lang.level.no_next ?><?cs /if ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.level_staff.people ?></dt><dd><?cs if:?Level.staff ?><?cs var:Level.staff ?><?cs else ?><?cs var:Lang.level_staff.nobody ?><?cs /if ?></dd></div>
</dl>
<p class="changed"><?cs var:Lang.common.changed ?> <?cs var:Record.updated ?></p>
<?cs if:Page.can.admin ?>
<div class="danger-zone">
  <form method="post" action="<?cs var:Level.retire ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="version" value="<?cs var:Record.version ?>">
    <?cs if:Level.retired ?><input type="hidden" name="retired" value="0"><p><?cs var:Lang.level.restore_explain ?></p><button class="button" type="submit"><?cs var:Lang.level.bring_back ?></button>
    <?cs else ?><input type="hidden" name="retired" value="1"><p><?cs var:Lang.level.retire_explain ?></p><button class="button" type="submit"><?cs var:Lang.level.retire ?></button><?cs /if ?>
  </form>
  <?cs if:Level.contracts == 0 ?><form method="post" action="<?cs var:Record.delete ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="version" value="<?cs var:Record.version ?>">
    <p><?cs var:Lang.level.delete_explain ?></p><button class="button button-danger" type="submit"><?cs var:Lang.level.delete ?></button>
  </form><?cs else ?><p class="danger-not"><?cs var:Lang.level.delete_explain ?></p><?cs /if ?>
</div>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
