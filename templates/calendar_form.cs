<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.calendar.subscribe ?></h1></div>
<p class="lead"><?cs var:Lang.calendar.explain ?></p>
<?cs if:Form.problem ?>
<div class="notice notice-error" role="alert" tabindex="-1" id="errors">
  <h2><?cs var:Lang.form.errors ?></h2>
  <ul><li><a href="#name"><?cs var:Lang.calendar.name ?></a>: <?cs var:Form.problem ?></li></ul>
</div>
<?cs /if ?>
<form class="form" method="post" action="<?cs var:Form.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <input type="hidden" name="query" value="<?cs var:Form.query ?>">
  <div class="form-section">
    <dl class="facts"><div class="fact"><dt><?cs var:Lang.selection.title ?></dt><dd><?cs var:Form.selection ?></dd></div></dl>
    <div class="form-field<?cs if:Form.problem ?> has-error<?cs /if ?>">
      <label for="name"><?cs var:Lang.calendar.name ?> <span class="required"><?cs var:Lang.form.required ?></span></label>
      <input id="name" name="name" value="<?cs var:Form.name ?>" type="text" maxlength="100" autocomplete="off" aria-required="true"<?cs if:Form.problem ?> aria-describedby="name-error" aria-invalid="true"<?cs /if ?>>
      <?cs if:Form.problem ?><p class="form-error" id="name-error"><?cs var:Form.problem ?></p><?cs /if ?>
    </div>
  </div>
  <div class="form-actions">
    <button class="button button-primary" type="submit"><?cs var:Lang.calendar.create ?></button>
    <a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.form.cancel ?></a>
  </div>
</form>
<p><a href="<?cs var:Calendars.url ?>"><?cs var:Lang.calendar.list ?></a></p>
<?cs /def ?>
<?cs include:"layout.cs" ?>
