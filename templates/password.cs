<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<?cs if:!User.name ?>
<div class="notice notice-error" role="alert" id="errors"><p><?cs var:Lang.password_link.not_good ?></p></div>
<p><a class="button" href="<?cs var:Page.mount ?>/login"><?cs var:Lang.nav.sign_in ?></a></p>
<?cs else ?>
<p class="lead"><?cs var:Lang.password_link.explain ?> <strong><?cs var:User.display_name ?></strong> (<?cs var:User.name ?>)</p>
<?cs call:form_notices() ?>
<form class="form setup-form" method="post" action="<?cs var:Form.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <?cs # not sent: for the browser's own store of passwords ?>
  <input type="text" value="<?cs var:User.name ?>" autocomplete="username" readonly hidden aria-hidden="true">
  <div class="form-section form-grid"><?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?></div>
  <div class="form-actions"><button class="button button-primary" type="submit"><?cs var:Lang.password_link.submit ?></button></div>
</form>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
