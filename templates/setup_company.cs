<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<?cs if:Company.problem ?><div class="notice notice-error" role="alert"><p><?cs var:Company.problem ?></p></div><?cs /if ?>
<p class="lead"><?cs if:?Company.begun ?><?cs var:Lang.company.begun ?><?cs else ?><?cs var:Lang.company.explain ?><?cs /if ?></p>
<div class="beginnings">
  <?cs if:!Company.begun ?><section aria-labelledby="demo">
    <h2 id="demo"><?cs var:Lang.company.demo ?></h2>
    <p><?cs var:Lang.company.demo_explain ?></p>
    <form method="post" action="<?cs var:Demo.action ?>"><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><button class="button" type="submit"><?cs var:Lang.company.demo_load ?></button></form>
  </section><?cs /if ?>
  <section aria-labelledby="import">
    <h2 id="import"><?cs var:Lang.company.import ?></h2>
    <p><?cs var:Lang.company.import_explain ?></p>
    <p><a class="button" href="<?cs var:Import.url ?>"><?cs var:Lang.company.import_go ?></a></p>
  </section>
  <section aria-labelledby="empty">
    <h2 id="empty"><?cs var:Lang.company.empty ?></h2>
    <p><?cs var:Lang.company.empty_explain ?></p>
    <p><a class="button" href="<?cs var:Levels.url ?>"><?cs var:Lang.levels.title ?></a> <a class="button" href="<?cs var:Contract.url ?>"><?cs var:Lang.contract.new ?></a></p>
  </section>
</div>
<p class="changed"><?cs var:Lang.company.users ?> <a href="<?cs var:Page.mount ?>/settings/users"><?cs var:Lang.settings.users ?></a></p>
<?cs /def ?>
<?cs include:"layout.cs" ?>
