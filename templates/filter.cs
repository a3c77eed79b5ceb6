<?cs # the fields of a selection of contracts: in the contract list and in the level report ?>
<?cs def:day_range(range) ?>
<fieldset class="range">
  <legend><?cs var:range.label ?></legend>
  <label><span><?cs var:Lang.filter.from ?></span> <input name="<?cs var:range.name ?>_from" value="<?cs var:range.from ?>" size="11" autocomplete="off"></label>
  <label><span><?cs var:Lang.filter.to ?></span> <input name="<?cs var:range.name ?>_to" value="<?cs var:range.to ?>" size="11" autocomplete="off"></label>
</fieldset>
<?cs /def ?>
<?cs def:filter_fields() ?>
  <div class="filter-field">
    <label for="q"><?cs var:Lang.filter.q ?></label>
    <input id="q" name="q" type="search" value="<?cs var:Filter.q ?>" maxlength="200">
    <?cs call:search_key() ?>
  </div>
  <div class="filter-field">
    <label for="level"><?cs var:Lang.field.level ?></label>
    <select id="level" name="level" multiple size="<?cs var:subcount(Filter.level) ?>" aria-describedby="level-help">
      <?cs each:option = Filter.level ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?>
    </select>
    <p class="form-help" id="level-help"><?cs var:Lang.filter.several ?></p>
  </div>
  <fieldset>
    <legend><?cs var:Lang.filter.status ?></legend>
    <div class="choices-two"><?cs each:option = Filter.status ?><label class="choice"><input type="checkbox" name="status" value="<?cs var:option.value ?>"<?cs if:option.selected ?> checked<?cs /if ?>> <span><?cs var:option.text ?></span></label><?cs /each ?></div>
    <p class="form-help"><?cs var:Lang.filter.status_help ?></p>
  </fieldset>
  <fieldset>
    <legend><?cs var:Lang.field.type ?></legend>
    <?cs each:option = Filter.type ?><label class="choice"><input type="checkbox" name="type" value="<?cs var:option.value ?>"<?cs if:option.selected ?> checked<?cs /if ?>> <span><?cs var:option.text ?></span></label><?cs /each ?>
  </fieldset>
  <?cs each:range = Filter.range ?><?cs call:day_range(range) ?><?cs /each ?>
  <p class="form-help filter-help" id="day-help"><?cs var:Lang.filter.day_help ?></p>
  <div class="filter-field">
    <label for="customer"><?cs var:Lang.field.customer_number ?></label>
    <input id="customer" name="customer" value="<?cs var:Filter.customer ?>" maxlength="40">
  </div>
  <div class="filter-field">
    <label for="responsible"><?cs var:Lang.field.responsible ?></label>
    <select id="responsible" name="responsible">
      <option value=""><?cs var:Lang.filter.all ?></option>
      <?cs each:option = Filter.responsible ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?>
    </select>
  </div>
<?cs /def ?>
<?cs def:filter_actions() ?>
<?cs if:Filter.lang ?><input type="hidden" name="lang" value="<?cs var:Filter.lang ?>"><?cs /if ?>
<div class="filter-actions">
  <button class="button button-primary" type="submit"><?cs var:Lang.filter.apply ?></button>
  <a class="button" href="<?cs var:Filter.action ?>"><?cs var:Lang.filter.reset ?></a>
</div>
<?cs /def ?>
