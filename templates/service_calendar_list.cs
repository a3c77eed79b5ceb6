<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><?cs var:Lang.service_calendar.list ?></h1>
  <?cs if:Page.can.admin ?><div class="actions"><a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.service_calendar.new ?></a></div><?cs /if ?>
</div>
<p class="lead"><?cs var:Lang.service_calendar.explain ?></p>
<?cs if:subcount(Row) == 0 ?><div class="empty"><p><strong><?cs var:Lang.service_calendar.none ?></strong></p></div>
<?cs else ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.service_calendar.list ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.field.code ?></th><th scope="col"><?cs var:Lang.field.name ?></th><th scope="col"><?cs var:Lang.field.service_hours ?></th><th scope="col"><?cs var:Lang.field.time_zone ?></th></tr></thead>
  <tbody><?cs each:row = Row ?><tr>
    <td data-label="<?cs var:Lang.field.code ?>"><?cs var:row.code ?></td>
    <th scope="row" data-label="<?cs var:Lang.field.name ?>"><a href="<?cs var:row.url ?>"><?cs var:row.name ?></a></th>
    <td data-label="<?cs var:Lang.field.service_hours ?>"><?cs var:row.hours ?></td>
    <td data-label="<?cs var:Lang.field.time_zone ?>"><?cs var:row.time_zone ?></td>
  </tr><?cs /each ?></tbody>
</table>
</section>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
