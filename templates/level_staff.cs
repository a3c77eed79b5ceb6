<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<form class="form" method="post" action="<?cs var:Form.action ?>" data-guard>
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <fieldset class="form-section" aria-describedby="staff-help">
    <legend><?cs var:Lang.level_staff.who ?></legend>
    <p class="form-help" id="staff-help"><?cs var:Lang.level_staff.explain ?></p>
    <?cs each:person = Person ?><label class="choice"><input type="checkbox" name="user" value="<?cs var:person.id ?>"<?cs if:person.works ?> checked<?cs /if ?>> <span><?cs var:person.name ?></span></label><?cs /each ?>
  </fieldset>
  <div class="form-actions">
    <button class="button button-primary" type="submit"><?cs var:Lang.form.save ?></button>
    <a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.form.cancel ?></a>
  </div>
</form>
<?cs /def ?>
<?cs include:"layout.cs" ?>
