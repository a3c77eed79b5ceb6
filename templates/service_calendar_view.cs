<?cs include:"macros.cs" ?>
<?cs def:service_week() ?>
<section class="service-part" aria-labelledby="week">
<h2 id="week"><?cs var:Lang.service_calendar.week ?></h2>
<dl class="facts service-week"><?cs each:day = Week ?><div class="fact"><dt><?cs var:day.name ?></dt><dd><?cs var:day.hours ?></dd></div><?cs /each ?></dl>
</section>
<?cs /def ?>
<?cs def:service_own_days() ?>
<section class="service-part" aria-labelledby="own-days">
<h2 id="own-days"><?cs var:Lang.field.own_days ?></h2>
<?cs if:subcount(OwnDay) == 0 ?><p><?cs var:Lang.service_calendar.no_own_days ?></p><?cs else ?>
<div class="table-region" role="region" aria-labelledby="own-days" tabindex="0"><table class="list">
  <thead><tr><th scope="col"><?cs var:Lang.service_calendar.when ?></th><th scope="col"><?cs var:Lang.field.name ?></th><th scope="col"><?cs var:Lang.field.service_hours ?></th></tr></thead>
  <tbody><?cs each:day = OwnDay ?><tr><th scope="row" data-label="<?cs var:Lang.service_calendar.when ?>"><?cs var:day.when ?><?cs if:day.yearly ?> <?cs var:day.yearly ?><?cs /if ?></th><td data-label="<?cs var:Lang.field.name ?>"><?cs if:day.name ?><?cs var:day.name ?><?cs else ?>–<?cs /if ?></td><td data-label="<?cs var:Lang.field.service_hours ?>"><?cs var:day.hours ?></td></tr><?cs /each ?></tbody>
</table></div>
<?cs /if ?>
</section>
<?cs /def ?>
<?cs def:service_holidays() ?>
<section class="service-part" aria-labelledby="holidays">
<h2 id="holidays"><?cs var:Lang.service_calendar.holidays ?><?cs if:Calendar.region ?>: <?cs var:Calendar.region ?><?cs /if ?></h2>
<?cs if:!Calendar.region ?><p><?cs var:Lang.service_calendar.no_holidays ?></p><?cs else ?>
<div class="service-years"><?cs each:year = Year ?><section aria-labelledby="year-<?cs var:year.name ?>"><h3 id="year-<?cs var:year.name ?>"><?cs var:year.name ?></h3>
<ul class="service-holidays"><?cs each:holiday = year.Holiday ?><li><span class="day"><?cs var:holiday.day ?></span> <span class="weekday"><?cs var:holiday.weekday ?></span> <span class="name"><?cs var:holiday.name ?></span></li><?cs /each ?></ul></section><?cs /each ?></div>
<?cs /if ?>
</section>
<?cs /def ?>
<?cs def:content() ?>
<div class="page-head">
  <div><h1><?cs var:Page.title ?></h1><p class="subtitle"><?cs var:Calendar.code ?> · <?cs var:Calendar.time_zone ?></p></div>
  <div class="actions">
    <a class="button" href="<?cs var:Back.url ?>"><?cs var:Lang.service_calendar.list ?></a>
    <a class="button" href="<?cs var:Record.history ?>"><?cs var:Lang.history.link ?></a>
    <?cs if:Page.can.admin ?><a class="button button-primary" href="<?cs var:Record.edit ?>"><?cs var:Lang.common.edit ?></a><?cs /if ?>
  </div>
</div>
<?cs call:service_week() ?>
<?cs call:service_own_days() ?>
<?cs call:service_holidays() ?>
<section class="service-part" aria-labelledby="levels">
<h2 id="levels"><?cs var:Lang.service_calendar.levels ?></h2>
<?cs if:subcount(Level) == 0 ?><p><?cs var:Lang.service_calendar.no_levels ?></p><?cs else ?><ul class="service-levels"><?cs each:level = Level ?><li><a href="<?cs var:level.url ?>"><span class="badge badge-level"><?cs var:level.code ?></span> <?cs var:level.name ?></a></li><?cs /each ?></ul><?cs /if ?>
</section>
<p class="changed"><?cs var:Lang.common.changed ?> <?cs var:Record.updated ?></p>
<?cs if:Page.can.admin ?>
<?cs if:subcount(Level) > 0 ?><p class="changed"><?cs var:Lang.service_calendar.in_use ?></p><?cs else ?>
<div class="danger-zone">
  <form method="post" action="<?cs var:Record.delete ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="version" value="<?cs var:Record.version ?>">
    <p><?cs var:Lang.service_calendar.delete_explain ?></p><button class="button button-danger" type="submit"><?cs var:Lang.service_calendar.delete ?></button>
  </form>
</div>
<?cs /if ?>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
