<?cs include:"macros.cs" ?>
<?cs include:"filter.cs" ?>
<?cs def:cell(cell) ?><td data-label="<?cs var:cell.label ?>" class="number"><?cs if:cell.url ?><a href="<?cs var:cell.url ?>"><?cs /if ?><?cs each:line = cell.line ?><span class="line"><?cs var:line.text ?></span><?cs /each ?><?cs if:cell.url ?></a><?cs /if ?></td><?cs /def ?>
<?cs # a colour alone would say nothing on paper or to some eyes: each level has its pattern too ?>
<?cs def:patterns() ?>
  <defs>
    <pattern id="face-1" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 1L1 -1M0 6L6 0M5 7L7 5"/></pattern>
    <pattern id="face-2" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1.4"/></pattern>
    <pattern id="face-3" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 3H6"/></pattern>
    <pattern id="face-4" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 5L1 7M0 0L6 6M5 -1L7 1"/></pattern>
    <pattern id="face-5" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M3 0V6M0 3H6"/></pattern>
    <pattern id="face-6" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M3 0V6"/></pattern>
    <pattern id="face-7" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 0L8 8M8 0L0 8"/></pattern>
  </defs>
<?cs /def ?>
<?cs def:chart() ?>
<section class="chart-section" aria-labelledby="chart-title">
  <h2 id="chart-title"><?cs var:Lang.report.chart ?></h2>
  <figure class="chart">
    <div class="chart-scroll">
    <svg viewBox="0 0 <?cs var:Chart.right + 12 ?> <?cs var:Chart.bottom + 32 ?>" role="img" aria-labelledby="chart-svg-title chart-svg-text" focusable="false">
      <title id="chart-svg-title"><?cs var:Lang.report.chart ?></title>
      <desc id="chart-svg-text"><?cs var:Chart.text ?></desc>
      <?cs call:patterns() ?>
      <?cs each:line = Chart.Line ?><line class="chart-grid" x1="<?cs var:Chart.left ?>" x2="<?cs var:Chart.right ?>" y1="<?cs var:line.y ?>" y2="<?cs var:line.y ?>"/><text class="chart-text" x="<?cs var:Chart.left - 8 ?>" y="<?cs var:line.y + 4 ?>" text-anchor="end"><?cs var:line.text ?></text>
      <?cs /each ?>
      <?cs each:bar = Chart.Bar ?><?cs each:piece = bar.Piece ?><rect class="chart-face-<?cs var:piece.face ?>" x="<?cs var:bar.x ?>" y="<?cs var:piece.y ?>" width="<?cs var:Chart.bar_width ?>" height="<?cs var:piece.height ?>"/><?cs if:piece.face != "0" ?><rect class="chart-pattern" fill="url(#face-<?cs var:piece.face ?>)" x="<?cs var:bar.x ?>" y="<?cs var:piece.y ?>" width="<?cs var:Chart.bar_width ?>" height="<?cs var:piece.height ?>"/><?cs /if ?><?cs /each ?><text class="chart-text" x="<?cs var:bar.middle ?>" y="<?cs var:Chart.bottom + 18 ?>" text-anchor="middle"><?cs var:bar.label ?></text>
      <?cs /each ?>
    </svg>
    </div>
    <figcaption>
      <ul class="chart-legend"><?cs each:entry = Chart.Legend ?><li><svg width="20" height="14" viewBox="0 0 20 14" aria-hidden="true" focusable="false"><rect class="chart-face-<?cs var:entry.face ?>" width="20" height="14"/><?cs if:entry.face != "0" ?><rect class="chart-pattern" fill="url(#face-<?cs var:entry.face ?>)" width="20" height="14"/><?cs /if ?></svg> <?cs var:entry.text ?></li><?cs /each ?></ul>
    </figcaption>
  </figure>
  <section class="table-region" aria-labelledby="trend-caption" tabindex="0">
  <table class="list trend">
    <caption id="trend-caption" class="visually-hidden"><?cs var:Lang.report.chart_table ?></caption>
    <thead><tr><th scope="col"><?cs var:Lang.report.month_end ?></th><?cs each:entry = Chart.Legend ?><th scope="col" class="number"><?cs var:entry.text ?></th><?cs /each ?><th scope="col" class="number"><?cs var:Lang.report.total ?></th></tr></thead>
    <tbody><?cs each:bar = Chart.Bar ?><tr><th scope="row" class="date"><?cs var:bar.day ?></th><?cs each:cell = bar.Cell ?><td class="number" data-label="<?cs var:Chart.Legend[name(cell)].text ?>"><a href="<?cs var:cell.url ?>"><?cs var:cell.text ?></a></td><?cs /each ?><td class="number" data-label="<?cs var:Lang.report.total ?>"><a href="<?cs var:bar.total_url ?>"><?cs var:bar.total ?></a></td></tr>
    <?cs /each ?></tbody>
  </table>
  </section>
</section>
<?cs /def ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.report.title ?><?cs if:Report.on ?> <span class="report-day"><?cs var:Lang.report.on ?> <?cs var:Report.on ?></span><?cs /if ?></h1><div class="actions"><a class="button" href="<?cs var:Page.mount ?>/reports/requests"><?cs var:Lang.request_report.title ?></a></div></div>
<?cs call:filter_errors() ?>
<div class="list-layout">
<details class="filter-panel" open>
<summary><?cs var:Lang.filter.title ?></summary>
<form class="filter" method="get" action="<?cs var:Filter.action ?>">
  <div class="filter-field">
    <label for="on"><?cs var:Lang.report.day ?></label>
    <input id="on" name="on" value="<?cs var:Filter.on ?>" size="11" autocomplete="off" placeholder="<?cs var:Page.today ?>" aria-describedby="day-help">
  </div>
  <div class="filter-field">
    <label for="by"><?cs var:Lang.report.divided ?></label>
    <select id="by" name="by"><?cs each:option = By ?><option value="<?cs if:option.value != "level" ?><?cs var:option.value ?><?cs /if ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?></select>
  </div>
  <?cs call:filter_fields() ?>
  <?cs call:filter_actions() ?>
</form>
</details>
<section class="list-main report-main" aria-labelledby="selection-title">
  <h2 id="selection-title" class="visually-hidden"><?cs var:Lang.selection.title ?></h2>
<?cs if:!Report.on ?>
  <p class="empty"><?cs var:Lang.filter.mend ?></p>
<?cs else ?>
  <div class="selection">
    <?cs if:subcount(Selection) > 0 ?>
    <ul class="selection-parts">
      <?cs each:part = Selection ?><li><a class="selection-part" href="<?cs var:part.url ?>"><span><?cs var:part.text ?></span> <span aria-hidden="true" class="remove">×</span><span class="visually-hidden"> <?cs var:Lang.selection.remove ?></span></a></li><?cs /each ?>
    </ul>
    <?cs else ?><p class="selection-all"><?cs var:Lang.selection.all ?></p><?cs /if ?>
    <p class="exports"><a href="<?cs var:Export.csv ?>">CSV</a> <a href="<?cs var:Export.xlsx ?>">XLSX</a> <a href="<?cs var:Export.json ?>">JSON</a></p>
  </div>
  <?cs if:Report.too_many ?><div class="notice notice-warning"><p><?cs var:Lang.report.too_many ?></p></div><?cs /if ?>
  <?cs if:subcount(Row) > 0 ?>
  <section class="table-region" aria-labelledby="report-caption" tabindex="0">
  <table class="list report">
    <caption id="report-caption" class="visually-hidden"><?cs var:Lang.report.title ?> <?cs var:Lang.report.on ?> <?cs var:Report.on ?></caption>
    <thead><tr><th scope="col"><?cs var:Lang.field.level ?></th><?cs each:column = Column ?><th scope="col" class="number"><?cs var:column.text ?></th><?cs /each ?></tr></thead>
    <tbody>
    <?cs each:row = Row ?><tr class="report-<?cs var:row.kind ?>">
      <th scope="row"><?cs if:row.kind == "part" ?><?cs var:row.text ?><?cs elif:row.code ?><span class="badge badge-level"><?cs var:row.code ?></span> <span class="name"><?cs var:row.text ?></span><?cs else ?><span class="badge badge-none"><?cs var:row.text ?></span><?cs /if ?></th>
      <?cs each:cell = row.Cell ?><?cs call:cell(cell) ?><?cs /each ?>
    </tr>
    <?cs /each ?>
    <tr class="report-total"><th scope="row"><?cs var:Lang.report.total ?></th><?cs each:cell = Sum.Cell ?><?cs call:cell(cell) ?><?cs /each ?></tr>
    </tbody>
  </table>
  </section>
  <ul class="report-notes">
    <li><?cs var:Lang.report.note_customers ?></li>
    <li><?cs var:Lang.report.note_value ?></li>
    <li><?cs var:Lang.report.note_year ?> (<?cs var:Report.from ?> – <?cs var:Report.on ?>)</li>
    <li><?cs var:Lang.report.note_ahead ?> (<?cs var:Report.on ?> – <?cs var:Report.ahead ?>)</li>
    <?cs if:Report.unknown ?><li><?cs var:Lang.report.note_unknown ?></li><?cs /if ?>
  </ul>
  <?cs if:?Chart.text ?><?cs call:chart() ?><?cs /if ?>
  <?cs elif:!Report.too_many ?>
  <div class="empty">
    <p><strong><?cs var:Lang.report.empty ?></strong></p>
    <?cs if:subcount(Selection) > 0 ?><p><?cs var:Lang.contracts.loosen ?></p>
    <ul><?cs each:part = Selection ?><li><a href="<?cs var:part.url ?>"><?cs var:Lang.contracts.loosen_part ?> <q><?cs var:part.text ?></q></a></li><?cs /each ?></ul><?cs /if ?>
  </div>
  <?cs /if ?>
<?cs /if ?>
</section>
</div>
<?cs /def ?>
<?cs include:"layout.cs" ?>
