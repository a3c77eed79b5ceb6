<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<form class="form" method="get" action="<?cs var:Columns.action ?>">
  <?cs each:pair = Kept ?><input type="hidden" name="<?cs var:pair.name ?>" value="<?cs var:pair.value ?>"><?cs /each ?>
  <fieldset class="form-section" aria-describedby="columns-help">
    <legend><?cs var:Lang.columns.legend ?></legend>
    <p class="form-help" id="columns-help"><?cs var:Lang.columns.help ?></p>
    <ol class="column-list"><?cs each:choice = Choice ?><li><label class="choice"><input type="checkbox" name="cols" value="<?cs var:choice.name ?>"<?cs if:choice.place ?> checked<?cs /if ?>> <span><?cs var:Lang.field[choice.name] ?></span></label> <input name="place_<?cs var:choice.name ?>" value="<?cs var:choice.place ?>" aria-label="<?cs var:Lang.columns.place ?> <?cs var:Lang.field[choice.name] ?>" type="text" inputmode="numeric" maxlength="2" size="2" autocomplete="off"></li><?cs /each ?></ol>
  </fieldset>
  <div class="form-actions">
    <button class="button button-primary" type="submit"><?cs var:Lang.columns.apply ?></button>
    <a class="button" href="<?cs var:Columns.reset ?>"><?cs var:Lang.columns.reset ?></a>
    <a class="button" href="<?cs var:Columns.cancel ?>"><?cs var:Lang.form.cancel ?></a>
  </div>
</form>
<?cs /def ?>
<?cs include:"layout.cs" ?>
