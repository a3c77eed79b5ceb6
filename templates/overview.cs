<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.overview.title ?></h1></div>
<section aria-labelledby="levels-title">
  <div class="section-head"><h2 id="levels-title"><?cs var:Lang.overview.levels ?></h2> <a href="<?cs var:Page.mount ?>/reports/levels"><?cs var:Lang.report.title ?></a></div>
  <ul class="cards">
    <?cs each:level = Level ?><li class="card"><a href="<?cs var:level.url ?>"><span class="badge badge-level"><?cs var:level.code ?></span> <span class="name"><?cs var:level.name ?></span> <strong class="figure"><?cs var:level.contracts ?></strong></a></li><?cs /each ?>
    <li class="card"><a href="<?cs var:Without.url ?>"><span class="badge badge-none"><?cs var:Lang.common.no_level ?></span> <span class="name"><?cs var:Lang.overview.without ?></span> <strong class="figure"><?cs var:Without.contracts ?></strong></a></li>
  </ul>
</section>
<section>
  <div class="section-head"><h2 id="deadlines-title"><?cs var:Lang.overview.deadlines ?></h2> <a href="<?cs var:Deadlines.url ?>" aria-describedby="deadlines-title"><?cs var:Lang.overview.show_all ?> (<?cs var:Deadlines.total ?>)</a></div>
  <?cs if:subcount(Deadlines.Row) == 0 ?><p class="empty"><?cs var:Lang.overview.no_deadline ?></p><?cs else ?>
  <section class="table-region" aria-labelledby="deadlines-title" tabindex="0">
  <table class="list">
    <thead><tr><th scope="col"><?cs var:Lang.column.notice ?></th><th scope="col"><?cs var:Lang.column.number ?></th><th scope="col"><?cs var:Lang.column.title ?></th><th scope="col"><?cs var:Lang.column.customer ?></th><th scope="col"><?cs var:Lang.column.level ?></th><th scope="col"><?cs var:Lang.column.ends ?></th></tr></thead>
    <tbody><?cs each:row = Deadlines.Row ?><tr>
      <td data-label="<?cs var:Lang.column.notice ?>" class="date"><?cs var:row.notice ?></td>
      <th scope="row" class="key" data-label="<?cs var:Lang.column.number ?>"><a href="<?cs var:row.url ?>"><?cs var:row.number ?></a></th>
      <td data-label="<?cs var:Lang.column.title ?>"><?cs var:row.title ?></td>
      <td data-label="<?cs var:Lang.column.customer ?>"><?cs var:row.customer ?></td>
      <td data-label="<?cs var:Lang.column.level ?>"><?cs if:row.level ?><span class="badge badge-level"><?cs var:row.level ?></span><?cs else ?><span class="badge badge-none"><?cs var:Lang.common.no_level ?></span><?cs /if ?></td>
      <td data-label="<?cs var:Lang.column.ends ?>" class="date"><?cs if:row.ends ?><?cs var:row.ends ?><?cs else ?>–<?cs /if ?></td>
    </tr><?cs /each ?></tbody>
  </table>
  </section><?cs /if ?>
</section>
<section>
  <div class="section-head"><h2 id="changes-title"><?cs var:Lang.overview.changes ?></h2> <a href="<?cs var:Changes.url ?>" aria-describedby="changes-title"><?cs var:Lang.overview.show_all ?></a></div>
  <?cs if:subcount(Changes.Row) == 0 ?><p class="empty"><?cs var:Lang.overview.no_contract ?></p><?cs else ?>
  <section class="table-region" aria-labelledby="changes-title" tabindex="0">
  <table class="list">
    <thead><tr><th scope="col"><?cs var:Lang.column.updated ?></th><th scope="col"><?cs var:Lang.column.number ?></th><th scope="col"><?cs var:Lang.column.title ?></th><th scope="col"><?cs var:Lang.column.customer ?></th></tr></thead>
    <tbody><?cs each:row = Changes.Row ?><tr>
      <td data-label="<?cs var:Lang.column.updated ?>" class="date"><?cs var:row.updated ?></td>
      <th scope="row" class="key" data-label="<?cs var:Lang.column.number ?>"><a href="<?cs var:row.url ?>"><?cs var:row.number ?></a></th>
      <td data-label="<?cs var:Lang.column.title ?>"><?cs var:row.title ?></td>
      <td data-label="<?cs var:Lang.column.customer ?>"><?cs var:row.customer ?></td>
    </tr><?cs /each ?></tbody>
  </table>
  </section><?cs /if ?>
</section>
<?cs /def ?>
<?cs include:"layout.cs" ?>
