<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<?cs call:form_notices() ?>
<?cs if:Form.may_change ?>
<form class="form" method="post" action="<?cs var:Form.action ?>" data-guard>
  <?cs call:form_hidden() ?>
  <div class="form-section"><div class="form-grid">
    <?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?>
    <?cs if:Form.may_share ?><div><label class="choice"><input type="checkbox" name="shared" value="1" aria-describedby="shared-help"<?cs if:Form.shared ?> checked<?cs /if ?>> <span><?cs var:Lang.view.share ?></span></label><p class="form-help" id="shared-help"><?cs var:Lang.view.share_help ?></p></div><?cs /if ?>
  </div>
  <p class="form-help"><?cs var:Lang.view.edit_help ?></p></div>
  <?cs call:form_buttons() ?>
</form>
<?cs else ?><p><?cs var:Lang.view.only_editors ?></p>
<?cs /if ?>
<?cs if:?View.delete ?>
<details class="danger-zone">
  <summary><?cs var:Lang.view.delete ?></summary>
  <form method="post" action="<?cs var:View.delete ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="version" value="<?cs var:View.version ?>">
    <p><?cs if:Form.shared ?><?cs var:Lang.view.delete_shared ?><?cs else ?><?cs var:Lang.view.delete_sure ?><?cs /if ?></p>
    <button class="button button-danger" type="submit"><?cs var:Lang.view.delete_yes ?></button>
  </form>
</details>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
