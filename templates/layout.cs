<!DOCTYPE html>
<html lang="<?cs var:Page.language ?>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title><?cs var:Page.title ?> – <?cs var:Lang.product ?></title>
<link rel="stylesheet" href="<?cs var:Page.mount ?>/static/style.css">
<link rel="stylesheet" href="<?cs var:Page.mount ?>/static/print.css" media="print">
<link rel="icon" href="<?cs var:Page.mount ?>/static/icons/favicon.svg" type="image/svg+xml">
<script src="<?cs var:Page.mount ?>/static/script.js" defer></script>
</head>
<body>
<a class="skip-link" href="#content"><?cs var:Lang.nav.skip ?></a>
<header class="site-head">
  <a class="brand" href="<?cs var:Page.mount ?>/"><?cs var:Lang.product ?></a>
  <?cs if:?Page.user.name ?>
  <nav class="site-nav" aria-label="<?cs var:Lang.nav.title ?>">
    <a href="<?cs var:Page.mount ?>/"<?cs if:Page.nav == "overview" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.overview ?></a>
    <a href="<?cs var:Page.mount ?>/entitlement"<?cs if:Page.nav == "entitlement" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.entitlement ?></a>
    <a href="<?cs var:Page.mount ?>/requests"<?cs if:Page.nav == "requests" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.requests ?></a>
    <a href="<?cs var:Page.mount ?>/contracts"<?cs if:Page.nav == "contracts" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.contracts ?></a>
    <a href="<?cs var:Page.mount ?>/customers"<?cs if:Page.nav == "customers" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.customers ?></a>
    <a href="<?cs var:Page.mount ?>/levels"<?cs if:Page.nav == "levels" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.levels ?></a>
    <a href="<?cs var:Page.mount ?>/reports/levels"<?cs if:Page.nav == "reports" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.reports ?></a>
    <a href="<?cs var:Page.mount ?>/views"<?cs if:Page.nav == "views" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.views ?></a>
    <?cs if:?Page.can.admin ?><a href="<?cs var:Page.mount ?>/import"<?cs if:Page.nav == "import" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.import ?></a><?cs /if ?>
  </nav>
  <?cs /if ?>
  <div class="site-user">
    <?cs if:?Page.csrf ?><form class="language" method="post" action="<?cs var:Page.mount ?>/settings/language" aria-label="<?cs var:Lang.nav.language ?>">
      <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="to" value="<?cs var:Page.url ?>">
      <button name="language" value="de" lang="de"<?cs if:Page.language == "de" ?> aria-pressed="true"<?cs else ?> aria-pressed="false"<?cs /if ?>>Deutsch</button>
      <button name="language" value="en" lang="en"<?cs if:Page.language == "en" ?> aria-pressed="true"<?cs else ?> aria-pressed="false"<?cs /if ?>>English</button>
    </form><?cs /if ?>
    <?cs if:?Page.user.name ?>
    <a class="who" href="<?cs var:Page.mount ?>/settings/account"<?cs if:Page.nav == "settings/account" ?> aria-current="page"<?cs /if ?>><span class="visually-hidden"><?cs var:Lang.nav.user ?> </span><?cs var:Page.user.display_name ?> <small><?cs var:Lang.role[Page.user.role] ?></small></a>
    <a class="link-button" href="<?cs var:Page.mount ?>/settings"<?cs if:Page.nav == "settings" ?> aria-current="page"<?cs /if ?>><?cs var:Lang.nav.settings ?></a>
    <form method="post" action="<?cs var:Page.mount ?>/logout"><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><button class="link-button" type="submit"><?cs var:Lang.nav.sign_out ?></button></form>
    <?cs /if ?>
  </div>
  <?cs if:subcount(Page.view) > 0 ?>
  <details class="view-menu">
    <summary><?cs var:Lang.nav.saved_views ?><?cs if:Page.current_view ?>: <strong><?cs var:Page.current_view ?></strong><?cs /if ?></summary>
    <nav aria-label="<?cs var:Lang.nav.saved_views ?>"><ul><?cs each:view = Page.view ?><li><a href="<?cs var:view.url ?>"<?cs if:view.current ?> aria-current="page"<?cs /if ?>><?cs var:view.name ?></a></li><?cs /each ?><li><a class="view-menu-all" href="<?cs var:Page.mount ?>/views"><?cs var:Lang.nav.all_views ?></a></li></ul></nav>
  </details>
  <?cs /if ?>
</header>
<main id="content" tabindex="-1">
<p class="print-only print-head"><strong><?cs var:Lang.product ?></strong> <span><?cs var:Lang.common.as_of ?> <?cs var:Page.today ?></span></p>
<?cs if:Page.message ?><p class="notice notice-done" role="status"><?cs var:Page.message ?></p><?cs /if ?>
<?cs call:content() ?>
</main>
</body>
</html>
