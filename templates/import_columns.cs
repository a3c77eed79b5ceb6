<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <div>
    <h1><?cs var:Page.title ?></h1>
    <p class="subtitle"><?cs var:Import.file ?></p>
  </div>
</div>
<?cs call:form_notices() ?>
<?cs if:Form.problem ?><div class="notice notice-error" role="alert" tabindex="-1" id="unreadable"><p><?cs var:Form.problem ?></p></div><?cs /if ?>
<?cs if:Form.asks ?><div class="notice notice-warning" role="alert" tabindex="-1" id="asks"><p><a href="#words"><?cs var:Lang.import.asks ?></a></p></div><?cs /if ?>
<form class="form import-form" method="post" action="<?cs var:Form.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <fieldset class="form-section"><legend><?cs var:Lang.import.recognised ?></legend>
    <div class="form-grid"><?cs each:field = Style ?><?cs call:form_input(field) ?><?cs /each ?></div>
    <div class="form-actions"><button class="button" type="submit" name="step" value="read"><?cs var:Lang.import.read_anew ?></button></div>
  </fieldset>
  <?cs if:subcount(Choice) > 0 ?>
  <fieldset class="form-section" id="words"><legend><?cs var:Lang.import.words ?></legend>
    <p class="form-help"><?cs var:Lang.import.words_help ?></p>
    <div class="form-grid"><?cs each:choice = Choice ?>
    <div class="form-field">
      <label for="<?cs var:choice.name ?>"><?cs var:choice.label ?>: <strong><?cs var:choice.value ?></strong></label>
      <select id="<?cs var:choice.name ?>" name="<?cs var:choice.name ?>"><?cs each:option = choice.Option ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?></select>
    </div><?cs /each ?></div>
  </fieldset>
  <?cs /if ?>
  <p class="form-help"><?cs var:Lang.import.columns_help ?></p>
  <section class="table-region" aria-labelledby="columns" tabindex="0">
  <table class="list import-columns">
    <caption id="columns"><?cs var:Lang.import.columns_caption ?></caption>
    <thead><tr><th scope="col"><?cs var:Lang.import.column ?></th><th scope="col"><?cs var:Lang.import.field ?></th><th scope="col"><?cs var:Lang.import.sample ?></th></tr></thead>
    <tbody>
    <?cs each:column = Column ?><tr>
      <th scope="row" id="head-<?cs var:column.name ?>" data-label="<?cs var:Lang.import.column ?>"><?cs var:column.head ?></th>
      <td data-label="<?cs var:Lang.import.field ?>"><select name="<?cs var:column.name ?>" aria-labelledby="head-<?cs var:column.name ?>"><?cs each:option = column.Option ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?></select></td>
      <td data-label="<?cs var:Lang.import.sample ?>"><ul class="import-samples"><?cs each:sample = column.Sample ?><li><?cs if:sample.text ?><?cs var:sample.text ?><?cs else ?>–<?cs /if ?></li><?cs /each ?></ul></td>
    </tr><?cs /each ?>
    </tbody>
  </table>
  </section>
  <div class="form-actions">
    <button class="button button-primary" type="submit" name="step" value="check"><?cs var:Lang.import.check ?></button>
    <button class="button" type="submit" name="step" value="discard"><?cs var:Lang.import.discard ?></button>
    <a class="button" href="<?cs var:Imports.url ?>"><?cs var:Lang.import.later ?></a>
  </div>
</form>
<?cs /def ?>
<?cs include:"layout.cs" ?>
