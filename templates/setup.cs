<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<p class="lead"><?cs var:Lang.setup.explain ?></p>
<?cs call:form_notices() ?>
<form class="form setup-form" method="post" action="<?cs var:Form.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <div class="form-section form-grid"><?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?></div>
  <div class="form-actions"><button class="button button-primary" type="submit"><?cs var:Lang.setup.submit ?></button></div>
</form>
<?cs /def ?>
<?cs include:"layout.cs" ?>
