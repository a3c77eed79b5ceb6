<?cs include:"macros.cs" ?>
<?cs def:compare_cell(level, text) ?><td data-label="<?cs var:level.code ?> <?cs var:level.name ?>"><?cs if:text ?><?cs var:text ?><?cs else ?>–<?cs /if ?></td><?cs /def ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><?cs var:Lang.compare.title ?></h1>
  <div class="actions"><a class="button" href="<?cs var:Back.url ?>"><?cs var:Lang.levels.title ?></a></div>
</div>
<?cs if:?errors.level ?><div class="notice notice-error" role="alert"><p><?cs var:Lang.field.level ?> (<code>level</code>): <?cs var:errors.level ?></p></div><?cs /if ?>
<form class="compare-choice" method="get" action="<?cs var:Form.action ?>">
  <fieldset><legend><?cs var:Lang.compare.choose ?></legend>
  <div class="choices"><?cs each:choice = Choice ?><label class="choice"><input type="checkbox" name="level" value="<?cs var:choice.code ?>"<?cs if:choice.checked ?> checked<?cs /if ?>> <span><?cs var:choice.code ?> <?cs var:choice.name ?></span></label><?cs /each ?></div></fieldset>
  <button class="button" type="submit"><?cs var:Lang.filter.apply ?></button>
</form>
<?cs if:subcount(Level) > 0 ?>
<section class="table-region compare-region" aria-labelledby="compare-caption" tabindex="0">
<table class="compare">
  <caption id="compare-caption" class="visually-hidden"><?cs var:Lang.compare.title ?></caption>
  <thead><tr><td></td><?cs each:level = Level ?><th scope="col"><span class="badge badge-level"><?cs var:level.code ?></span> <?cs var:level.name ?></th><?cs /each ?></tr></thead>
  <tbody>
  <tr><th scope="row"><?cs var:Lang.field.scope ?></th><?cs each:level = Level ?><?cs call:compare_cell(level, level.scope) ?><?cs /each ?></tr>
  <tr><th scope="row"><?cs var:Lang.field.channels ?></th><?cs each:level = Level ?><?cs call:compare_cell(level, level.channels) ?><?cs /each ?></tr>
  <tr><th scope="row"><?cs var:Lang.field.service_hours ?></th><?cs each:level = Level ?><?cs call:compare_cell(level, level.hours) ?><?cs /each ?></tr>
  <tr><th scope="row"><?cs var:Lang.service_calendar.counts ?></th><?cs each:level = Level ?><?cs call:compare_cell(level, level.calendar_hours) ?><?cs /each ?></tr>
  <tr><th scope="row"><?cs var:Lang.level.response ?></th><?cs each:level = Level ?><?cs call:compare_cell(level, level.response) ?><?cs /each ?></tr>
  <tr><th scope="row"><?cs var:Lang.level.restore ?></th><?cs each:level = Level ?><?cs call:compare_cell(level, level.restore) ?><?cs /each ?></tr>
  <tr><th scope="row"><?cs var:Lang.field.next_level ?></th><?cs each:level = Level ?><td data-label="<?cs var:level.code ?> <?cs var:level.name ?>"><?cs if:level.next ?><?cs var:level.next ?> <?cs var:level.next_name ?><?cs else ?><?cs var:Lang.compare.no_next ?><?cs /if ?></td><?cs /each ?></tr>
  </tbody>
</table>
</section>
<p class="changed"><?cs var:Lang.compare.times ?></p>
<?cs else ?><div class="empty"><p><?cs var:Lang.compare.empty ?></p></div><?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
