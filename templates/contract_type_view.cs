<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><?cs var:Type.name ?><?cs if:Type.retired ?> <span class="badge badge-none"><?cs var:Lang.level.is_retired ?></span><?cs /if ?></h1>
  <div class="actions">
    <a class="button" href="<?cs var:Back.url ?>"><?cs var:Lang.contract_type.list ?></a>
    <a class="button" href="<?cs var:Record.history ?>"><?cs var:Lang.history.link ?></a>
    <a class="button" href="<?cs var:Type.contracts_url ?>"><?cs var:Lang.contracts.title ?> (<?cs var:Type.contracts ?>)</a>
    <?cs if:Page.can.admin ?><a class="button button-primary" href="<?cs var:Record.edit ?>"><?cs var:Lang.common.edit ?></a><?cs /if ?>
  </div>
</div>
<dl class="facts">
  <div class="fact"><dt><?cs var:Lang.field.code ?></dt><dd><?cs var:Type.code ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.position ?></dt><dd><?cs var:Type.position ?></dd></div>
</dl>
<p class="changed"><?cs var:Lang.common.changed ?> <?cs var:Record.updated ?></p>
<?cs if:Page.can.admin ?>
<div class="danger-zone">
  <form method="post" action="<?cs var:Type.retire ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="version" value="<?cs var:Record.version ?>">
    <?cs if:Type.retired ?><input type="hidden" name="retired" value="0"><p><?cs var:Lang.contract_type.restore_explain ?></p><button class="button" type="submit"><?cs var:Lang.level.bring_back ?></button>
    <?cs else ?><input type="hidden" name="retired" value="1"><p><?cs var:Lang.contract_type.retire_explain ?></p><button class="button" type="submit"><?cs var:Lang.level.retire ?></button><?cs /if ?>
  </form>
  <?cs if:Type.contracts == 0 ?><form method="post" action="<?cs var:Record.delete ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="version" value="<?cs var:Record.version ?>">
    <p><?cs var:Lang.contract_type.delete_explain ?></p><button class="button button-danger" type="submit"><?cs var:Lang.level.delete ?></button>
  </form><?cs else ?><p class="danger-not"><?cs var:Lang.contract_type.delete_explain ?></p><?cs /if ?>
</div>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
