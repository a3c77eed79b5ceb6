<?cs include:"macros.cs" ?>
<?cs include:"filter.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><?cs var:Lang.contracts.title ?></h1>
  <?cs if:Page.can.edit && New.url ?><div class="actions"><a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.contract.new ?></a></div><?cs /if ?>
</div>
<?cs call:filter_errors() ?>
<div class="list-layout">
<details class="filter-panel" open>
<summary><?cs var:Lang.filter.title ?></summary>
<form class="filter" method="get" action="<?cs var:Filter.action ?>">
  <?cs call:filter_fields() ?>
  <div class="filter-field">
    <label for="on"><?cs var:Lang.filter.on ?></label>
    <input id="on" name="on" value="<?cs var:Filter.on ?>" size="11" autocomplete="off" aria-describedby="day-help">
  </div>
  <div class="filter-field">
    <label for="per"><?cs var:Lang.filter.per ?></label>
    <select id="per" name="per"><?cs each:option = Filter.per ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?></select>
  </div>
  <input type="hidden" name="sort" value="<?cs var:Filter.sort ?>">
  <?cs if:Filter.cols ?><input type="hidden" name="cols" value="<?cs var:Filter.cols ?>"><?cs /if ?>
  <?cs call:filter_actions() ?>
</form>
</details>
<section class="list-main" aria-labelledby="selection-title">
<?cs if:?Total.text ?>
  <nav class="level-choices" aria-label="<?cs var:Lang.filter.by_level ?>"><ul>
    <?cs each:choice = LevelChoice ?><li><a href="<?cs var:choice.url ?>"<?cs if:choice.chosen ?> aria-current="true"<?cs /if ?>><?cs if:choice.code ?><?cs var:choice.code ?><?cs else ?><?cs var:Lang.common.no_level ?><?cs /if ?> <span class="count"><?cs var:choice.count ?></span></a></li><?cs /each ?>
  </ul></nav>
  <div class="selection">
    <h2 id="selection-title" class="visually-hidden"><?cs var:Lang.selection.title ?></h2>
    <p class="total" role="status"><?cs var:Total.text ?></p>
    <?cs if:?Total.partly ?><p class="part"><?cs var:Total.partly ?></p><?cs /if ?>
    <?cs if:subcount(Selection) > 0 ?>
    <ul class="selection-parts">
      <?cs each:part = Selection ?><li><a class="selection-part" href="<?cs var:part.url ?>"><span><?cs var:part.text ?></span> <span aria-hidden="true" class="remove">×</span><span class="visually-hidden"> <?cs var:Lang.selection.remove ?></span></a></li><?cs /each ?>
    </ul>
    <?cs else ?><p class="selection-all"><?cs var:Lang.selection.all ?></p><?cs /if ?>
    <?cs if:?Part.text ?><p class="part"><?cs var:Part.text ?></p><?cs /if ?>
    <div class="exports">
      <a href="<?cs var:Columns.url ?>"><?cs var:Lang.columns.title ?></a>
      <a href="<?cs var:SaveView.url ?>"><?cs var:Lang.view.new ?></a>
      <details class="export-menu">
        <summary><?cs var:Lang.export.title ?></summary>
        <ul>
          <li><a href="<?cs var:Export.csv ?>"><strong>CSV</strong> <span><?cs var:Lang.export.csv ?></span></a></li>
          <li><a href="<?cs var:Export.excel ?>"><strong><?cs var:Lang.export.excel_name ?></strong> <span><?cs var:Lang.export.excel ?></span></a></li>
          <li><a href="<?cs var:Export.xlsx ?>"><strong>XLSX</strong> <span><?cs var:Export.xlsx_text ?></span></a></li>
          <li><a href="<?cs var:Export.json ?>"><strong>JSON</strong> <span><?cs var:Export.json_text ?></span></a></li>
          <li><a href="<?cs var:Export.ics ?>"><strong>iCalendar</strong> <span><?cs var:Lang.export.ics ?></span></a></li>
          <li><a href="<?cs var:Export.subscribe ?>"><strong><?cs var:Lang.calendar.subscribe ?></strong> <span><?cs var:Lang.export.subscribe ?></span></a></li>
        </ul>
      </details>
    </div>
  </div>
  <?cs if:!?Rows.begin ?>
  <div class="empty">
    <p><strong><?cs if:?Total.partly ?><?cs var:Lang.contracts.empty_partly ?><?cs elif:subcount(Selection) > 0 ?><?cs var:Lang.contracts.empty ?><?cs else ?><?cs var:Lang.overview.no_contract ?><?cs /if ?></strong></p>
    <?cs if:subcount(Selection) > 0 ?>
    <p><?cs var:Lang.contracts.loosen ?></p>
    <ul><?cs each:part = Selection ?><li><a href="<?cs var:part.url ?>"><?cs var:Lang.contracts.loosen_part ?> <q><?cs var:part.text ?></q></a></li><?cs /each ?>
    <?cs if:subcount(Selection) > 1 ?><li><a href="<?cs var:SelectionReset.url ?>"><?cs var:Lang.contracts.loosen_all ?></a></li><?cs /if ?></ul>
    <?cs elif:Page.can.edit ?><p><a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.contract.new ?></a></p><?cs /if ?>
  </div>
  <?cs else ?>
  <section class="table-region<?cs if:?Columns.many ?> many-columns<?cs /if ?>" aria-labelledby="list-caption" tabindex="0">
  <table class="list contracts">
    <caption id="list-caption" class="visually-hidden"><?cs var:Lang.contracts.title ?>: <?cs var:Total.text ?></caption>
    <thead><tr>
      <?cs if:Page.can.edit ?><th scope="col" class="tick"><span class="visually-hidden"><?cs var:Lang.bulk.tick_column ?></span></th><?cs /if ?>
      <?cs each:column = Column ?><th scope="col"<?cs if:column.class ?> class="column-<?cs var:column.class ?>"<?cs /if ?><?cs if:column.sorted ?> aria-sort="<?cs var:column.sorted ?>"<?cs /if ?>><?cs if:column.url ?><a href="<?cs var:column.url ?>"><?cs var:column.text ?></a><?cs else ?><span><?cs var:column.text ?></span><?cs /if ?></th><?cs /each ?>
    </tr></thead>
    <tbody>
    <?cs # one row, which row_pattern.c repeats with each contract's values ?>
    <?cs var:Rows.begin ?><tr>
      <?cs if:Page.can.edit ?><td class="tick"><label><input type="checkbox" name="contract" value="<?cs var:Row.id ?>" form="bulk"><span class="visually-hidden"><?cs var:Lang.bulk.tick ?> <?cs var:Row.number ?></span></label></td><?cs /if ?>
      <?cs each:column = Column ?><?cs if:column.head ?><th scope="row" class="<?cs var:column.class ?>" data-label="<?cs var:column.text ?>"><a href="<?cs var:Row.url ?>"><?cs var:Row.head ?></a></th><?cs else ?><td<?cs if:column.class ?> class="<?cs var:column.class ?>"<?cs /if ?> data-label="<?cs var:column.text ?>"><?cs
        if:!column.look ?><?cs var:Row[column.name] ?><?cs
        elif:column.look == "customer" ?><a href="<?cs var:Row.customer_url ?>"><?cs var:Row[column.name] ?></a><?cs
        elif:column.look == "level" ?><span class="badge badge-<?cs var:Row.level_look ?>" title="<?cs var:Row.level_name ?>"><?cs var:Row.level ?></span><?cs
        else ?><span class="badge badge-status-<?cs var:Row.status ?>"><?cs var:Row.status_text ?></span><?cs /if ?></td><?cs /if ?>
      <?cs /each ?></tr><?cs var:Rows.end ?>
    </tbody>
  </table>
  </section>
  <?cs if:Page.can.edit ?>
  <form class="bulk-bar" id="bulk" method="post" action="<?cs var:Bulk.action ?>" aria-label="<?cs var:Lang.bulk.form ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
    <input type="hidden" name="query" value="<?cs var:Bulk.query ?>">
    <label class="choice" hidden><input type="checkbox" data-tick-page> <span><?cs var:Lang.bulk.tick_page ?></span></label>
    <button class="button" type="submit" name="choose" value="ticked"><?cs var:Lang.bulk.change_ticked ?></button>
    <button class="button" type="submit" name="choose" value="all"><?cs var:Bulk.all ?></button>
    <a href="<?cs var:Bulk.action ?>"><?cs var:Lang.bulk.latest ?></a>
  </form>
  <?cs /if ?>
  <?cs if:Pager.next || Pager.previous ?>
  <nav class="pager" aria-label="<?cs var:Lang.pager.title ?>">
    <?cs if:Pager.first ?><a class="button" href="<?cs var:Pager.first ?>"><?cs var:Lang.pager.first ?></a><?cs /if ?>
    <?cs if:Pager.previous ?><a class="button" rel="prev" href="<?cs var:Pager.previous ?>"><?cs var:Lang.pager.previous ?></a><?cs /if ?>
    <?cs if:?Part.more ?><a class="per-most" href="<?cs var:Part.more ?>"><?cs var:Lang.contracts.per_most ?></a><?cs /if ?>
    <?cs if:Pager.next ?><a class="button" rel="next" href="<?cs var:Pager.next ?>"><?cs var:Lang.pager.next ?></a><?cs /if ?>
  </nav>
  <?cs /if ?>
  <?cs /if ?>
<?cs else ?>
  <h2 id="selection-title" class="visually-hidden"><?cs var:Lang.selection.title ?></h2>
  <p class="empty"><?cs var:Lang.filter.mend ?></p>
<?cs /if ?>
</section>
</div>
<?cs /def ?>
<?cs include:"layout.cs" ?>
