<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<?cs call:form_notices() ?>
<div class="notice" id="query">
  <h2><?cs var:Lang.selection.title ?></h2>
  <p><?cs if:subcount(Selection) > 0 ?><?cs each:part = Selection ?><?cs if:!first(part) ?> · <?cs /if ?><?cs var:part.text ?><?cs /each ?><?cs else ?><?cs var:Lang.selection.all ?><?cs /if ?></p>
  <p class="form-help"><?cs var:Lang.view.with ?></p>
</div>
<form class="form" method="post" action="<?cs var:Form.action ?>">
  <?cs call:form_hidden() ?><input type="hidden" name="query" value="<?cs var:Form.query ?>">
  <fieldset class="form-section"><legend><?cs var:Lang.view.as_new ?></legend><div class="form-grid">
    <?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?>
    <?cs if:Form.may_share ?><div><label class="choice"><input type="checkbox" name="shared" value="1" aria-describedby="shared-help"<?cs if:Form.shared ?> checked<?cs /if ?>> <span><?cs var:Lang.view.share ?></span></label><p class="form-help" id="shared-help"><?cs var:Lang.view.share_help ?></p></div><?cs /if ?>
  </div>
  <?cs call:form_buttons() ?></fieldset>
</form>
<?cs if:subcount(Overwrite) > 0 ?>
<form class="form" method="post" action="<?cs var:Form.action ?>">
  <?cs call:form_hidden() ?><input type="hidden" name="query" value="<?cs var:Form.query ?>">
  <fieldset class="form-section"><legend><?cs var:Lang.view.overwrite_title ?></legend>
    <div class="form-field<?cs if:Form.view_error ?> has-error<?cs /if ?>">
      <label for="view"><?cs var:Lang.view.overwrite_which ?></label>
      <select id="view" name="view" aria-describedby="<?cs if:Form.view_error ?>view-error <?cs /if ?>view-help"<?cs if:Form.view_error ?> aria-invalid="true"<?cs /if ?>>
        <?cs each:option = Overwrite ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?>
      </select>
      <p class="form-help" id="view-help"><?cs var:Lang.view.overwrite_help ?></p>
      <?cs if:Form.view_error ?><p class="form-error" id="view-error"><?cs var:Form.view_error ?></p><?cs /if ?>
    </div>
    <div class="form-actions"><button class="button" type="submit"><?cs var:Lang.view.overwrite ?></button></div>
  </fieldset>
</form>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
