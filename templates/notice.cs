<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:notice_how() ?>
<section class="notice-how" aria-labelledby="how">
  <h2 id="how"><?cs var:Lang.notice.how ?></h2>
  <ol><?cs each:step = Step ?><li><?cs var:step.text ?></li><?cs /each ?></ol>
  <p class="form-help"><?cs var:Lang.notice.not_moved ?></p>
</section>
<?cs /def ?>
<?cs def:notice_form() ?>
<form class="form" method="post" action="<?cs var:Form.action ?>" data-guard>
  <?cs call:form_hidden() ?>
  <div class="form-section form-grid"><?cs each:field = Form.Field ?><div><?cs call:form_input(field) ?>
    <?cs if:field.name == "cancelled_on" ?><p class="form-help"><button class="button" type="submit" name="propose" value="1"><?cs var:Lang.notice.propose ?></button></p><?cs /if ?></div><?cs /each ?>
  </div>
  <div class="form-actions">
    <button class="button button-primary" type="submit"><?cs var:Lang.notice.give ?></button>
    <a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.form.cancel ?></a>
  </div>
</form>
<?cs /def ?>
<?cs def:notice_take_back() ?>
<h2><?cs var:Lang.notice.without ?></h2>
<dl class="cards notice-cards">
  <div class="card"><dt><?cs var:Lang.column.status ?></dt><dd><span class="badge badge-status-<?cs var:Without.status ?>"><?cs var:Lang.status[Without.status] ?></span></dd></div>
  <div class="card"><dt><?cs var:Lang.field.term_ends_on ?></dt><dd><?cs var:Without.term_ends_on ?></dd></div>
  <div class="card"><dt><?cs var:Lang.field.notice_by ?></dt><dd><?cs if:Without.notice_by ?><?cs var:Without.notice_by ?><?cs else ?>–<?cs /if ?></dd></div>
</dl>
<form method="post" action="<?cs var:Form.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="version" value="<?cs var:Form.version ?>">
  <p><?cs var:Lang.notice.take_back_sure ?></p>
  <div class="form-actions">
    <button class="button button-danger" type="submit"><?cs var:Lang.notice.take_back_yes ?></button>
    <a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.notice.keep ?></a>
  </div>
</form>
<?cs /def ?>
<?cs def:content() ?>
<div class="page-head"><div>
  <h1><?cs var:Page.title ?></h1>
  <p class="subtitle"><a href="<?cs var:Contract.url ?>"><?cs var:Contract.title ?></a> · <?cs var:Contract.customer ?></p>
</div></div>
<?cs if:?Notice.conflict ?><div class="notice notice-warning" role="alert" tabindex="-1" id="conflict"><h2><?cs var:Lang.conflict.title ?></h2><p><?cs var:Lang.notice.conflict ?> (<?cs var:Notice.conflict ?>)</p></div><?cs /if ?>
<?cs if:?Notice.proposed_anew ?><div class="notice notice-warning" role="alert"><p><?cs var:Lang.notice.proposed_anew ?></p></div><?cs /if ?>
<?cs call:form_notices() ?>
<?cs if:?Notice.late ?><div class="notice notice-warning"><p><?cs var:Notice.late ?></p></div><?cs /if ?>
<?cs if:?Notice.said ?><div class="notice"><p><?cs var:Notice.said ?></p><?cs if:Notice.outcome == "not_needed" || Notice.outcome == "no_period" ?><p><?cs var:Lang.notice.more[Notice.outcome] ?> <a href="<?cs var:Contract.edit ?>"><?cs var:Lang.common.edit ?></a></p><?cs /if ?></div><?cs /if ?>
<?cs if:?Notice.upcoming ?><div class="notice"><p><?cs var:Notice.upcoming ?></p></div><?cs /if ?>
<?cs if:?Notice.end ?>
<dl class="cards notice-cards">
  <div class="card"><dt><?cs var:Lang.notice.end ?></dt><dd><?cs var:Notice.end ?></dd></div>
  <div class="card"><dt><?cs var:Lang.notice.deadline ?></dt><dd><?cs var:Notice.deadline ?><?cs if:?Notice.working ?><small><?cs var:Lang.notice.working ?> <?cs var:Notice.working ?></small><?cs /if ?></dd></div>
</dl>
<?cs call:notice_how() ?>
<?cs /if ?>
<?cs if:?Notice.open ?><?cs call:notice_form() ?>
<?cs elif:Notice.outcome == "given" ?><?cs call:notice_take_back() ?>
<?cs else ?><p class="form-actions"><a class="button" href="<?cs var:Contract.url ?>"><?cs var:Lang.notice.back ?></a></p><?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
