<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<?cs call:form_notices() ?>
<form class="form" method="post" action="<?cs var:Form.action ?>" data-guard>
  <?cs call:form_hidden() ?>
  <div class="form-section form-grid"><?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?></div>
  <?cs call:form_buttons() ?>
</form>
<?cs /def ?>
<?cs include:"layout.cs" ?>
