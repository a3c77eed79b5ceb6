<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.overview.title ?></h1></div>
<section>
  <div class="section-head"><h2 id="levels-title"><?cs var:Lang.overview.levels ?></h2> <a href="<?cs var:Page.mount ?>/reports/levels"><?cs var:Lang.report.title ?></a></div>
  <section class="table-region glance-region" aria-labelledby="levels-title" tabindex="0">
  <table class="list glance">
    <thead><tr><th scope="col"><?cs var:Lang.column.level ?></th><th scope="col"><?cs var:Lang.field.name ?></th><th scope="col" class="number"><?cs var:Lang.overview.in_force ?></th><th scope="col"><?cs var:Lang.overview.share ?></th><th scope="col" class="number"><?cs var:Lang.column.value ?></th><th scope="col" class="number"><?cs var:Lang.overview.contracts ?></th></tr></thead>
    <tbody><?cs each:level = Level ?><tr>
      <th scope="row" class="key" data-label="<?cs var:Lang.column.level ?>"><?cs if:level.code ?><span class="badge badge-level"><?cs var:level.code ?></span><?cs else ?><span class="badge badge-none"><?cs var:Lang.common.no_level ?></span><?cs /if ?></th>
      <td class="name" data-label="<?cs var:Lang.field.name ?>"><?cs if:level.code ?><?cs var:level.name ?><?cs else ?><?cs var:Lang.overview.without ?><?cs /if ?></td>
      <td data-label="<?cs var:Lang.overview.in_force ?>" class="number"><a class="figure" href="<?cs var:level.in_force_url ?>"><?cs var:level.in_force ?></a></td>
      <td data-label="<?cs var:Lang.overview.share ?>" class="share"><span class="share-bar"><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="<?cs var:level.share ?>" height="8"/></svg> <span class="percent"><?cs var:level.share ?> %</span></span></td>
      <td data-label="<?cs var:Lang.column.value ?>" class="number value"><?cs each:value = level.Value ?><span class="line"><?cs var:value.text ?></span><?cs /each ?><?cs if:subcount(level.Value) == 0 ?>–<?cs /if ?></td>
      <td data-label="<?cs var:Lang.overview.contracts ?>" class="number"><a href="<?cs var:level.url ?>"><?cs var:level.contracts ?></a></td>
    </tr><?cs /each ?></tbody>
    <tfoot><tr>
      <th scope="row" colspan="2"><?cs var:Lang.overview.total ?></th>
      <td data-label="<?cs var:Lang.overview.in_force ?>" class="number"><a class="figure" href="<?cs var:AllLevels.in_force_url ?>"><?cs var:AllLevels.in_force ?></a></td>
      <td class="share"></td>
      <td data-label="<?cs var:Lang.column.value ?>" class="number value"><?cs each:value = AllLevels.Value ?><span class="line"><?cs var:value.text ?></span><?cs /each ?><?cs if:subcount(AllLevels.Value) == 0 ?>–<?cs /if ?></td>
      <td data-label="<?cs var:Lang.overview.contracts ?>" class="number"><a href="<?cs var:AllLevels.url ?>"><?cs var:AllLevels.contracts ?></a></td>
    </tr></tfoot>
  </table>
  </section>
</section>
<section>
  <div class="section-head"><h2 id="deadlines-title"><?cs var:Lang.overview.deadlines ?></h2><?cs if:subcount(Deadlines.Row) > 0 ?> <a href="<?cs var:Deadlines.url ?>" aria-describedby="deadlines-title"><?cs var:Deadlines.all ?></a><?cs /if ?></div>
  <?cs if:subcount(Deadlines.Row) == 0 ?><div class="empty"><p><strong><?cs var:Lang.overview.no_deadline ?></strong></p><p><?cs var:Lang.overview.no_deadline_help ?></p></div><?cs else ?>
  <section class="table-region" aria-labelledby="deadlines-title" tabindex="0">
  <table class="list">
    <thead><tr><th scope="col"><?cs var:Lang.column.notice ?></th><th scope="col"><?cs var:Lang.column.number ?></th><th scope="col"><?cs var:Lang.column.title ?></th><th scope="col"><?cs var:Lang.column.customer ?></th><th scope="col"><?cs var:Lang.column.level ?></th><th scope="col"><?cs var:Lang.column.ends ?></th><th scope="col"><?cs var:Lang.overview.without_notice ?></th><th scope="col" class="number"><?cs var:Lang.column.value ?></th></tr></thead>
    <tbody><?cs each:row = Deadlines.Row ?><tr>
      <td data-label="<?cs var:Lang.column.notice ?>" class="date"><?cs var:row.notice ?></td>
      <th scope="row" class="key" data-label="<?cs var:Lang.column.number ?>"><a href="<?cs var:row.url ?>"><?cs var:row.number ?></a></th>
      <td data-label="<?cs var:Lang.column.title ?>"><?cs var:row.title ?></td>
      <td data-label="<?cs var:Lang.column.customer ?>"><?cs var:row.customer ?></td>
      <td data-label="<?cs var:Lang.column.level ?>"><?cs if:row.level ?><span class="badge badge-level"><?cs var:row.level ?></span><?cs else ?><span class="badge badge-none"><?cs var:Lang.common.no_level ?></span><?cs /if ?></td>
      <td data-label="<?cs var:Lang.column.ends ?>" class="date"><?cs if:row.ends ?><?cs var:row.ends ?><?cs else ?>–<?cs /if ?></td>
      <td data-label="<?cs var:Lang.overview.without_notice ?>"><?cs var:row.without_notice ?></td>
      <td data-label="<?cs var:Lang.column.value ?>" class="number"><?cs var:row.value ?></td>
    </tr><?cs /each ?></tbody>
  </table>
  </section><?cs /if ?>
</section>
<section>
  <div class="section-head"><h2 id="changes-title"><?cs var:Lang.overview.changes ?></h2><?cs if:subcount(Changes.Row) > 0 ?> <a href="<?cs var:Changes.url ?>" aria-describedby="changes-title"><?cs var:Lang.overview.show_all ?></a><?cs /if ?></div>
  <?cs if:subcount(Changes.Row) == 0 ?><div class="empty"><p><strong><?cs var:Lang.overview.no_contract ?></strong></p><p><?cs var:Lang.overview.no_contract_help ?></p><?cs if:Page.can.edit ?><p><a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.contract.new ?></a><?cs if:Page.can.admin ?> <a class="button" href="<?cs var:Company.url ?>"><?cs var:Lang.company.link ?></a><?cs /if ?></p><?cs /if ?></div><?cs else ?>
  <section class="table-region" aria-labelledby="changes-title" tabindex="0">
  <table class="list">
    <thead><tr><th scope="col"><?cs var:Lang.column.updated ?></th><th scope="col"><?cs var:Lang.history.who ?></th><th scope="col"><?cs var:Lang.column.number ?></th><th scope="col"><?cs var:Lang.column.title ?></th><th scope="col"><?cs var:Lang.column.customer ?></th><th scope="col"><?cs var:Lang.column.level ?></th></tr></thead>
    <tbody><?cs each:row = Changes.Row ?><tr>
      <td data-label="<?cs var:Lang.column.updated ?>" class="date"><?cs var:row.updated ?></td>
      <td data-label="<?cs var:Lang.history.who ?>"><?cs if:row.by ?><?cs var:row.by ?><?cs else ?>–<?cs /if ?></td>
      <th scope="row" class="key" data-label="<?cs var:Lang.column.number ?>"><a href="<?cs var:row.url ?>"><?cs var:row.number ?></a></th>
      <td data-label="<?cs var:Lang.column.title ?>"><?cs var:row.title ?></td>
      <td data-label="<?cs var:Lang.column.customer ?>"><?cs var:row.customer ?></td>
      <td data-label="<?cs var:Lang.column.level ?>"><?cs if:row.level ?><span class="badge badge-level"><?cs var:row.level ?></span><?cs else ?><span class="badge badge-none"><?cs var:Lang.common.no_level ?></span><?cs /if ?></td>
    </tr><?cs /each ?></tbody>
  </table>
  </section><?cs /if ?>
</section>
<?cs /def ?>
<?cs include:"layout.cs" ?>
