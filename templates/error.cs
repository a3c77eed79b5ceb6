<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<div class="notice notice-error" role="alert">
  <p><?cs var:Error.text ?></p>
  <?cs if:Error.detail ?><p class="error-detail" lang="en"><?cs var:Error.detail ?></p><?cs /if ?>
  <?cs if:Error.id ?><p><?cs var:Lang.error.id ?> <code><?cs var:Error.id ?></code></p><?cs /if ?>
</div>
<?cs if:?Error.login ?><p><a href="<?cs var:Error.login ?>" target="_blank" rel="noopener"><?cs var:Lang.error.login ?></a></p><?cs /if ?>
<?cs if:?Error.history ?><p><a class="button" href="<?cs var:Error.history ?>"><?cs var:Lang.history.link ?></a></p><?cs /if ?>
<?cs if:?Error.look ?><p><a href="<?cs var:Error.look ?>" target="_blank" rel="noopener"><?cs var:Lang.error.look ?></a></p><?cs /if ?>
<?cs if:?Again.action ?>
<form method="post" action="<?cs var:Again.action ?>">
  <p><?cs var:Lang.error.kept ?></p>
  <input type="hidden" name="csrf" value="<?cs var:Again.csrf ?>">
  <?cs each:field = Again.Field ?><input type="hidden" name="<?cs var:field.name ?>" value="<?cs var:field.value ?>">
  <?cs /each ?>
  <button class="button button-primary" type="submit"><?cs var:Lang.error.again ?></button>
</form>
<?cs else ?>
<p><a href="<?cs var:Error.home ?>"><?cs var:Lang.error.home ?></a></p>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
