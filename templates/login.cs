<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="login">
<h1><?cs var:Lang.login.title ?></h1>
<?cs if:Login.problem ?><div class="notice notice-error" role="alert" id="login-problem"><p><?cs var:Login.problem ?></p></div><?cs /if ?>
<form class="form" method="post" action="<?cs var:Login.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <?cs if:Login.to ?><input type="hidden" name="to" value="<?cs var:Login.to ?>"><?cs /if ?>
  <div class="form-field">
    <label for="username"><?cs var:Lang.login.username ?></label>
    <input id="username" name="username" value="<?cs var:Login.username ?>" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="60"<?cs if:!Login.username ?> autofocus<?cs /if ?><?cs if:Login.problem ?> aria-describedby="login-problem" aria-invalid="true"<?cs /if ?>>
  </div>
  <div class="form-field">
    <label for="password"><?cs var:Lang.login.password ?></label>
    <input id="password" name="password" type="password" autocomplete="current-password" required<?cs if:Login.username ?> autofocus<?cs /if ?><?cs if:Login.problem ?> aria-describedby="login-problem" aria-invalid="true"<?cs /if ?>>
  </div>
  <div class="form-actions"><button class="button button-primary" type="submit"><?cs var:Lang.login.submit ?></button></div>
</form>
</div>
<?cs /def ?>
<?cs include:"layout.cs" ?>
