<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.account.title ?></h1></div>
<p class="lead"><?cs var:Lang.account.explain ?> <strong><?cs var:Account.name ?></strong></p>
<dl class="facts">
  <div class="fact"><dt><?cs var:Lang.field.display_name ?></dt><dd><?cs var:Page.user.display_name ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.role ?></dt><dd><?cs var:Lang.role[Page.user.role] ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.email ?></dt><dd><?cs if:Account.email ?><?cs var:Account.email ?><?cs else ?><?cs var:Lang.user.no_email ?><?cs /if ?></dd></div>
</dl>
<p class="changed"><?cs var:Lang.account.change_others ?></p>
<?cs call:form_notices() ?>
<?cs if:subcount(Form.Field) > 0 ?>
<form class="form account-form" id="password-form" method="post" action="<?cs var:Form.action ?>" aria-labelledby="password-title">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <h2 id="password-title"><?cs var:Lang.account.change ?></h2>
  <p><?cs var:Lang.account.change_explain ?></p>
  <div class="form-section"><?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?></div>
  <div class="form-actions"><button class="button button-primary" type="submit"><?cs var:Lang.account.change ?></button></div>
</form>
<?cs /if ?>
<form class="form account-form" id="sign-out-form" method="post" action="<?cs var:Account.sign_out_action ?>" aria-labelledby="sign-out-title">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <h2 id="sign-out-title"><?cs var:Lang.account.sign_out ?></h2>
  <p><?cs var:Lang.account.sign_out_explain ?></p>
  <dl class="facts">
    <div class="fact"><dt><?cs var:Lang.account.sessions ?></dt><dd><?cs var:Account.sessions ?></dd></div>
    <div class="fact"><dt><a href="<?cs var:Page.mount ?>/settings/tokens"><?cs var:Lang.account.tokens ?></a></dt><dd><?cs var:Account.tokens ?></dd></div>
    <div class="fact"><dt><a href="<?cs var:Page.mount ?>/settings/calendars"><?cs var:Lang.account.calendars ?></a></dt><dd><?cs var:Account.calendars ?></dd></div>
  </dl>
  <p class="choices"><label class="choice"><input type="checkbox" name="keys" value="1"> <span><?cs var:Lang.account.keys ?></span></label></p>
  <div class="form-actions"><button class="button" type="submit"><?cs var:Lang.account.sign_out ?></button></div>
</form>
<?cs /def ?>
<?cs include:"layout.cs" ?>
