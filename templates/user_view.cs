<?cs include:"macros.cs" ?>
<?cs def:user_password() ?>
<section class="user-part" aria-labelledby="password-title">
<h2 id="password-title"><?cs var:Lang.field.password ?></h2>
<?cs if:Password.link ?>
<div class="notice notice-done token-new" role="status" id="link-new">
  <h3><?cs var:Lang.user.link_made ?></h3>
  <p><?cs var:Lang.user.link_once ?></p>
  <p><label for="link"><?cs var:Lang.user.link ?></label> <input id="link" type="text" class="token" value="<?cs var:Password.link ?>" readonly autocomplete="off" spellcheck="false"></p>
</div>
<?cs else ?>
<p><?cs var:Lang.user.password[Password.state] ?><?cs if:Password.link_made ?> <?cs var:Lang.user.link_open ?> <?cs var:Password.link_made ?>.<?cs /if ?></p>
<?cs if:Password.action ?><form method="post" action="<?cs var:Password.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <p><?cs var:Lang.user.link_explain ?></p>
  <button class="button" type="submit"><?cs var:Lang.user.link_make ?></button>
</form><?cs /if ?>
<?cs /if ?>
</section>
<?cs /def ?>
<?cs def:user_access() ?>
<section class="user-part" aria-labelledby="access-title">
<h2 id="access-title"><?cs var:Lang.user.access ?></h2>
<dl class="facts">
  <div class="fact"><dt><?cs var:Lang.account.sessions ?></dt><dd><?cs var:Access.sessions ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.account.tokens ?></dt><dd><?cs var:Access.tokens ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.account.calendars ?></dt><dd><?cs var:Access.calendars ?></dd></div>
</dl>
<form method="post" action="<?cs var:Access.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <p class="choices"><label class="choice"><input type="checkbox" name="keys" value="1"> <span><?cs var:Lang.account.keys ?></span></label></p>
  <button class="button" type="submit"><?cs var:Lang.account.sign_out ?></button>
</form>
</section>
<?cs /def ?>
<?cs def:content() ?>
<div class="page-head">
  <div><h1><?cs var:User.display_name ?><?cs if:User.disabled ?> <span class="badge badge-none"><?cs var:Lang.user.is_disabled ?></span><?cs /if ?></h1><p class="subtitle"><?cs var:User.name ?> · <?cs var:User.role ?></p></div>
  <div class="actions">
    <a class="button" href="<?cs var:Back.url ?>"><?cs var:Lang.user.list ?></a>
    <a class="button" href="<?cs var:Record.history ?>"><?cs var:Lang.history.link ?></a>
    <a class="button" href="<?cs var:User.contracts ?>"><?cs var:Lang.contracts.title ?></a>
    <a class="button" href="<?cs var:User.requests ?>"><?cs var:Lang.request.contract_link ?></a>
    <a class="button button-primary" href="<?cs var:Record.edit ?>"><?cs var:Lang.common.edit ?></a>
  </div>
</div>
<dl class="facts">
  <div class="fact"><dt><?cs var:Lang.field.email ?></dt><dd><?cs if:User.email ?><?cs var:User.email ?><?cs else ?><?cs var:Lang.user.no_email ?><?cs /if ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.language ?></dt><dd><?cs if:User.language ?><?cs var:User.language ?><?cs else ?><?cs var:Lang.user.no_language ?><?cs /if ?></dd></div>
</dl>
<?cs call:user_password() ?>
<?cs call:user_access() ?>
<p class="changed"><?cs var:Lang.common.changed ?> <?cs var:Record.updated ?></p>
<?cs if:!User.own ?>
<div class="danger-zone">
  <form method="post" action="<?cs var:User.activate ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="version" value="<?cs var:Record.version ?>">
    <?cs if:User.disabled ?><input type="hidden" name="active" value="1"><p><?cs var:Lang.user.enable_explain ?></p><button class="button" type="submit"><?cs var:Lang.user.enable ?></button>
    <?cs else ?><input type="hidden" name="active" value="0"><p><?cs var:Lang.user.disable_explain ?></p><button class="button button-danger" type="submit"><?cs var:Lang.user.disable ?></button><?cs /if ?>
  </form>
</div>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
