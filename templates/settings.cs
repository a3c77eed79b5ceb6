<?cs include:"macros.cs" ?>
<?cs def:setting(name, path) ?><li><a href="<?cs var:Page.mount ?><?cs var:path ?>"><?cs var:Lang.settings[name] ?></a><p><?cs var:Lang.settings.explain[name] ?></p></li><?cs /def ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.settings.title ?></h1></div>
<section class="settings" aria-labelledby="own">
<h2 id="own"><?cs var:Lang.settings.own ?></h2>
<ul>
  <?cs call:setting("account", "/settings/account") ?>
  <?cs call:setting("calendars", "/settings/calendars") ?>
  <?cs call:setting("tokens", "/settings/tokens") ?>
</ul>
</section>
<section class="settings" aria-labelledby="company">
<h2 id="company"><?cs var:Lang.settings.company ?></h2>
<ul>
  <?cs call:setting("levels", "/levels") ?>
  <?cs call:setting("types", "/settings/types") ?>
  <?cs call:setting("service_calendars", "/settings/service-calendars") ?>
  <?cs if:?Page.can.admin ?>
  <?cs call:setting("users", "/settings/users") ?>
  <?cs call:setting("import", "/import") ?>
  <?cs /if ?>
</ul>
</section>
<?cs /def ?>
<?cs include:"layout.cs" ?>
