<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <div>
    <h1><?cs var:Contract.title ?></h1>
    <p class="subtitle"><?cs var:Contract.number ?> · <?cs var:Contract.customer ?></p>
  </div>
  <div class="actions">
    <?cs if:?AsOf.text ?><a class="button" href="<?cs var:Contract.url ?>"><?cs var:Lang.history.current ?></a><?cs /if ?>
    <a class="button" href="<?cs var:Contract.history ?>"><?cs var:Lang.history.link ?></a>
    <?cs if:?Contract.requests ?><a class="button" href="<?cs var:Contract.requests ?>"><?cs var:Lang.request.contract_link ?></a><?cs if:Page.can.edit && Contract.new_request ?> <a class="button" href="<?cs var:Contract.new_request ?>"><?cs var:Lang.request.new ?></a><?cs /if ?><?cs /if ?>
    <?cs if:Page.can.edit && !AsOf.text ?><a class="button" href="<?cs var:Contract.copy ?>"><?cs var:Lang.common.copy ?></a><?cs if:?Contract.cancel ?> <a class="button" href="<?cs var:Contract.cancel ?>"><?cs var:Lang.notice.give ?></a><?cs elif:?Contract.withdraw ?> <a class="button" href="<?cs var:Contract.withdraw ?>"><?cs var:Lang.notice.take_back ?></a><?cs /if ?> <a class="button button-primary" href="<?cs var:Contract.edit ?>"><?cs var:Lang.common.edit ?></a><?cs /if ?>
  </div>
</div>
<?cs if:?AsOf.text ?><div class="notice notice-warning"><p><strong><?cs var:AsOf.text ?></strong></p><p><?cs var:Lang.history.as_of_explain ?></p></div><?cs /if ?>
<dl class="cards">
  <div class="card"><dt><?cs var:Lang.field.level ?></dt><dd><?cs if:Contract.level ?><span class="badge badge-level"><?cs var:Contract.level ?></span> <?cs var:Contract.level_name ?><?cs else ?><span class="badge badge-none"><?cs var:Lang.common.no_level ?></span><?cs /if ?></dd></div>
  <div class="card"><dt><?cs var:Lang.column.status ?></dt><dd><span class="badge badge-status-<?cs var:Contract.status ?>"><?cs var:Lang.status[Contract.status] ?></span></dd></div>
  <div class="card"><dt><?cs var:Lang.field.term_ends_on ?></dt><dd><?cs var:Contract.term_ends_on ?></dd></div>
  <div class="card"><dt><?cs var:Lang.field.notice_by ?></dt><dd><?cs if:Contract.notice_by ?><?cs var:Contract.notice_by ?><?cs if:?Contract.notice_weekend ?><small><?cs var:Lang.contract.weekend ?> <?cs var:Contract.notice_weekend ?></small><?cs /if ?><?cs else ?>–<?cs /if ?></dd></div>
  <div class="card"><dt><?cs var:Lang.field.monthly_value ?></dt><dd><?cs var:Contract.monthly_value ?></dd></div>
</dl>
<dl class="facts">
  <?cs each:fact = Fact ?><?cs if:fact.text ?><div class="fact fact-<?cs var:fact.name ?>"><dt><?cs var:fact.label ?></dt><dd><?cs if:fact.url ?><a href="<?cs var:fact.url ?>"><?cs var:fact.text ?></a><?cs else ?><?cs var:fact.text ?><?cs /if ?></dd></div><?cs /if ?><?cs /each ?>
</dl>
<?cs if:?Promise.code ?>
<section class="promise" aria-labelledby="promise">
<h2 id="promise"><?cs var:Promise.title ?></h2>
<dl class="facts">
  <?cs if:Promise.scope ?><div class="fact fact-scope"><dt><?cs var:Lang.field.scope ?></dt><dd><?cs var:Promise.scope ?></dd></div><?cs /if ?>
  <?cs if:Promise.channels ?><div class="fact"><dt><?cs var:Lang.field.channels ?></dt><dd><?cs var:Promise.channels ?></dd></div><?cs /if ?>
  <?cs if:Promise.hours ?><div class="fact"><dt><?cs var:Lang.field.service_hours ?></dt><dd><?cs var:Promise.hours ?></dd></div><?cs /if ?>
  <?cs if:Promise.calendar_hours ?><div class="fact"><dt><?cs var:Lang.service_calendar.counts ?></dt><dd><?cs var:Promise.calendar_hours ?></dd></div><?cs /if ?>
  <div class="fact"><dt><?cs var:Lang.level.response ?></dt><dd><?cs var:Promise.response ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.level.restore ?></dt><dd><?cs var:Promise.restore ?></dd></div>
</dl>
</section>
<?cs /if ?>
<?cs if:!AsOf.text ?>
<section class="documents" aria-labelledby="documents">
<div class="section-head"><h2 id="documents"><?cs var:Lang.documents.title ?></h2> <a href="<?cs var:Documents.page ?>"><?cs if:Page.can.edit ?><?cs var:Lang.documents.manage ?><?cs else ?><?cs var:Lang.documents.details ?><?cs /if ?></a></div>
<?cs if:subcount(Document) == 0 ?>
<p class="documents-none"><?cs var:Lang.documents.empty ?></p>
<?cs else ?>
<ul class="document-list">
  <?cs each:document = Document ?><li><a href="<?cs var:document.url ?>"><?cs var:document.name ?></a> <small><?cs var:document.type ?>, <?cs var:document.size ?></small></li><?cs /each ?>
</ul>
<?cs /if ?>
</section>
<?cs /if ?>
<p class="changed"><?cs var:Lang.common.changed ?> <?cs var:Contract.updated ?><?cs if:Contract.changed_by ?> <?cs var:Lang.history.by ?> <?cs var:Contract.changed_by ?><?cs /if ?></p>
<?cs if:Page.can.admin && !AsOf.text ?>
<details class="danger-zone">
  <summary><?cs var:Lang.contract.delete ?></summary>
  <form method="post" action="<?cs var:Contract.delete ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
    <input type="hidden" name="version" value="<?cs var:Contract.version ?>">
    <p><?cs var:Lang.contract.delete_sure ?><?cs if:Documents.count > 0 ?> <?cs var:Lang.documents.delete_with ?><?cs /if ?></p>
    <button class="button button-danger" type="submit"><?cs var:Lang.contract.delete_yes ?></button>
  </form>
</details>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
