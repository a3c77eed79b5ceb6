<?cs def:form_described(field) ?><?cs if:field.help || field.error || field.theirs ?> aria-describedby="<?cs if:field.error ?><?cs var:field.name ?>-error <?cs /if ?><?cs if:field.theirs ?><?cs var:field.name ?>-theirs <?cs /if ?><?cs if:field.help ?><?cs var:field.name ?>-help<?cs /if ?>"<?cs /if ?><?cs if:field.error ?> aria-invalid="true"<?cs /if ?><?cs if:field.required ?> aria-required="true"<?cs /if ?><?cs /def ?>
<?cs def:form_input(field) ?>
<div class="form-field form-field-<?cs var:field.name ?><?cs if:field.error ?> has-error<?cs /if ?>">
  <label for="<?cs var:field.name ?>"><?cs var:field.label ?><?cs if:field.required ?> <span class="required"><?cs var:Lang.form.required ?></span><?cs /if ?></label>
  <?cs if:field.control == "select" ?>
  <select id="<?cs var:field.name ?>" name="<?cs var:field.name ?>"<?cs if:field.autocomplete ?> autocomplete="<?cs var:field.autocomplete ?>"<?cs /if ?><?cs call:form_described(field) ?>>
    <?cs each:option = field.Option ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?>
  </select>
  <?cs elif:field.control == "long" ?>
  <textarea id="<?cs var:field.name ?>" name="<?cs var:field.name ?>" rows="4" maxlength="<?cs var:field.limit ?>"<?cs call:form_described(field) ?>>
<?cs var:field.value ?></textarea>
  <?cs elif:field.control == "file" ?>
  <input id="<?cs var:field.name ?>" name="<?cs var:field.name ?>" type="file" accept="<?cs var:field.accept ?>"<?cs call:form_described(field) ?>>
  <?cs else ?>
  <input id="<?cs var:field.name ?>" name="<?cs var:field.name ?>" value="<?cs var:field.value ?>" type="<?cs if:field.control == "password" ?>password<?cs else ?>text<?cs /if ?>"<?cs if:field.limit ?> maxlength="<?cs var:field.limit ?>"<?cs /if ?><?cs if:field.control == "number" ?> inputmode="numeric"<?cs elif:field.control == "money" ?> inputmode="decimal"<?cs /if ?><?cs if:field.name == "customer_number" ?> list="customers"<?cs else ?> autocomplete="<?cs alt:field.autocomplete ?>off<?cs /alt ?>"<?cs /if ?><?cs if:field.autocomplete == "username" ?> autocapitalize="none" spellcheck="false"<?cs /if ?><?cs call:form_described(field) ?>>
  <?cs /if ?>
  <?cs if:field.help ?><p class="form-help" id="<?cs var:field.name ?>-help"><?cs var:field.help ?></p><?cs /if ?>
  <?cs if:field.error ?><p class="form-error" id="<?cs var:field.name ?>-error"><?cs var:field.error ?></p><?cs /if ?>
  <?cs if:field.theirs ?><p class="conflict-theirs" id="<?cs var:field.name ?>-theirs"><?cs var:Lang.conflict.stored ?> <strong><?cs var:field.theirs ?></strong></p><?cs /if ?>
</div>
<?cs /def ?>
<?cs def:form_notices() ?>
<?cs if:?Conflict.fields ?>
<div class="notice notice-warning conflict" role="alert" tabindex="-1" id="conflict">
  <h2><?cs var:Lang.conflict.title ?></h2>
  <p><?cs var:Lang.conflict.explain ?> <?cs if:Conflict.fields == 0 ?><?cs var:Lang.conflict.merged ?><?cs else ?><?cs var:Lang.conflict.both ?><?cs /if ?> (<?cs var:Conflict.updated ?>)</p>
</div>
<?cs /if ?>
<?cs if:subcount(Errors) > 0 ?>
<div class="notice notice-error" role="alert" tabindex="-1" id="errors">
  <h2><?cs var:Lang.form.errors ?></h2>
  <ul><?cs each:problem = Errors ?><li><a href="#<?cs var:problem.name ?>"><?cs var:problem.label ?></a>: <?cs var:problem.text ?></li><?cs /each ?></ul>
</div>
<?cs /if ?>
<?cs /def ?>
<?cs def:form_hidden() ?>
<input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
<?cs if:Form.version ?><input type="hidden" name="version" value="<?cs var:Form.version ?>"><?cs /if ?>
<?cs if:Form.shown ?><input type="hidden" name="shown" value="<?cs var:Form.shown ?>"><?cs /if ?>
<?cs /def ?>
<?cs def:form_buttons() ?>
<div class="form-actions">
  <button class="button button-primary" type="submit"><?cs var:Lang.form.save ?></button>
  <a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.form.cancel ?></a>
</div>
<?cs /def ?>
