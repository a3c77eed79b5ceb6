<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<form class="form" method="post" action="<?cs var:Form.action ?>" data-guard>
  <?cs call:form_hidden() ?>
  <fieldset class="form-section" aria-describedby="staff-help">
    <legend><?cs var:Lang.level_staff.who ?></legend>
    <p class="form-help" id="staff-help"><?cs var:Lang.level_staff.explain ?></p>
    <?cs each:person = Person ?><label class="choice"><input type="checkbox" name="user" value="<?cs var:person.id ?>"<?cs if:person.works ?> checked<?cs /if ?>> <span><?cs var:person.name ?></span></label><?cs /each ?>
  </fieldset>
  <?cs call:form_buttons() ?>
</form>
<?cs /def ?>
<?cs include:"layout.cs" ?>
