<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.calendar.subscribe ?></h1></div>
<p class="lead"><?cs var:Lang.calendar.explain ?></p>
<?cs call:form_notices() ?>
<div class="notice" id="query">
  <h2><?cs var:Lang.selection.title ?></h2>
  <p><?cs var:Form.selection ?></p>
</div>
<form class="form" method="post" action="<?cs var:Form.action ?>">
  <?cs call:form_hidden() ?><input type="hidden" name="query" value="<?cs var:Form.query ?>">
  <div class="form-section"><div class="form-grid"><?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?></div></div>
  <div class="form-actions">
    <button class="button button-primary" type="submit"><?cs var:Lang.calendar.create ?></button>
    <a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.form.cancel ?></a>
  </div>
</form>
<p><a href="<?cs var:Calendars.url ?>"><?cs var:Lang.calendar.list ?></a></p>
<?cs /def ?>
<?cs include:"layout.cs" ?>
