<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><?cs var:Lang.levels.title ?></h1>
  <div class="actions"><a class="button" href="<?cs var:Calendars.url ?>"><?cs var:Lang.service_calendar.list ?></a> <a class="button" href="<?cs var:Compare.url ?>"><?cs var:Lang.compare.link ?></a><?cs if:Page.can.admin ?> <a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.level.new ?></a><?cs /if ?></div>
</div>
<p class="lead"><?cs var:Lang.levels.explain ?></p>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list levels">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.levels.title ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.field.code ?></th><th scope="col"><?cs var:Lang.field.name ?></th><th scope="col"><?cs var:Lang.field.scope ?></th><th scope="col"><?cs var:Lang.field.channels ?></th><th scope="col"><?cs var:Lang.field.service_hours ?></th><th scope="col"><?cs var:Lang.level.response ?></th><th scope="col"><?cs var:Lang.level.restore ?></th><th scope="col" class="number"><?cs var:Lang.contracts.title ?></th></tr></thead>
  <tbody>
  <?cs each:row = Row ?><tr<?cs if:row.retired ?> class="retired"<?cs /if ?>>
    <th scope="row" data-label="<?cs var:Lang.field.code ?>"><a href="<?cs var:row.url ?>"><span class="badge badge-level"><?cs var:row.code ?></span></a></th>
    <td data-label="<?cs var:Lang.field.name ?>"><?cs var:row.name ?><?cs if:row.retired ?> <span class="badge badge-none"><?cs var:Lang.level.is_retired ?></span><?cs /if ?></td>
    <td data-label="<?cs var:Lang.field.scope ?>"><?cs var:row.scope ?></td>
    <td data-label="<?cs var:Lang.field.channels ?>"><?cs var:row.channels ?></td>
    <td data-label="<?cs var:Lang.field.service_hours ?>"><?cs var:row.hours ?></td>
    <td data-label="<?cs var:Lang.level.response ?>"><?cs var:row.response ?></td>
    <td data-label="<?cs var:Lang.level.restore ?>"><?cs var:row.restore ?></td>
    <td data-label="<?cs var:Lang.contracts.title ?>" class="number"><a href="<?cs var:row.contracts_url ?>"><?cs var:row.contracts ?></a></td>
  </tr><?cs /each ?>
  </tbody>
  <tfoot><tr><td colspan="7"><?cs var:Lang.levels.without ?></td><td class="number"><a href="<?cs var:Without.url ?>"><?cs var:Without.contracts ?></a></td></tr></tfoot>
</table>
</section>
<?cs /def ?>
<?cs include:"layout.cs" ?>
