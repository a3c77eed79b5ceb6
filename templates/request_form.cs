<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><div><h1><?cs var:Page.title ?></h1><?cs if:?Contract.title ?><p class="subtitle"><?cs var:Contract.customer ?> · <?cs var:Contract.title ?></p><?cs /if ?></div>
<div class="actions"><a class="button" href="<?cs var:Entitlement.url ?>"><?cs if:?Contract.title ?><?cs var:Lang.entitlement.link ?><?cs else ?><?cs var:Lang.request.find_customer ?><?cs /if ?></a></div></div>
<?cs call:form_notices() ?>
<?cs if:?Promise.code ?>
<dl class="cards entitlement-cards">
  <div class="card"><dt><?cs var:Lang.request.promised ?></dt><dd><span class="badge badge-level"><?cs var:Promise.code ?></span> <?cs var:Promise.name ?></dd></div>
  <div class="card"><dt><?cs var:Lang.entitlement.respond_by ?></dt><dd><?cs if:?Promise.respond_by ?><?cs var:Promise.respond_by ?><?cs else ?><?cs var:Lang.level.no_promise ?><?cs /if ?></dd></div>
  <div class="card"><dt><?cs var:Lang.entitlement.restore_by ?></dt><dd><?cs if:?Promise.restore_by ?><?cs var:Promise.restore_by ?><?cs else ?><?cs var:Lang.level.no_promise ?><?cs /if ?></dd></div>
</dl>
<?cs elif:?Contract.without_level ?><div class="notice notice-warning"><p><?cs var:Lang.request.without_level ?></p></div><?cs /if ?>
<?cs if:?Customer.unsolved ?><p><a href="<?cs var:Customer.requests ?>"><?cs var:Customer.unsolved ?></a></p><?cs /if ?>
<form class="form" method="post" action="<?cs var:Form.action ?>" data-guard>
  <?cs call:form_hidden() ?><input type="hidden" name="once" value="<?cs var:Form.once ?>">
  <div class="form-section form-grid request-fields"><?cs each:field = Form.Field ?><?cs if:field.name == "contract" && ?Contract.title ?><div class="form-field"><p class="form-fixed"><strong><?cs var:field.label ?></strong> <?cs var:field.value ?></p><input type="hidden" name="contract" value="<?cs var:field.value ?>"></div><?cs else ?><?cs call:form_input(field) ?><?cs /if ?><?cs /each ?></div>
  <div class="form-actions">
    <button class="button button-primary" type="submit"><?cs var:Lang.request.take_in ?></button>
    <a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.form.cancel ?></a>
  </div>
</form>
<?cs /def ?>
<?cs include:"layout.cs" ?>
