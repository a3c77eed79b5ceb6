<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <div>
    <h1><?cs var:Page.title ?></h1>
    <p class="subtitle"><?cs var:Change.what ?></p>
  </div>
  <div class="actions"><a class="button" href="<?cs var:Contracts.url ?>"><?cs var:Lang.contracts.title ?></a> <a class="button" href="<?cs var:Latest.url ?>"><?cs var:Lang.bulk.latest ?></a></div>
</div>
<?cs call:undo_refused() ?>
<dl class="cards">
  <div class="card"><dt><?cs var:Lang.bulk.changed ?></dt><dd><?cs var:Change.contracts ?></dd></div>
  <div class="card"><dt><?cs var:Lang.bulk.when ?></dt><dd><?cs var:Change.at ?></dd></div>
  <div class="card"><dt><?cs var:Lang.bulk.who ?></dt><dd><?cs var:Change.user ?></dd></div>
  <?cs if:Change.undone ?><div class="card"><dt><?cs var:Lang.bulk.undone ?></dt><dd><?cs var:Change.undone ?></dd></div><?cs /if ?>
</dl>
<?cs if:?Undo.action ?>
<form class="bulk-confirm" method="post" action="<?cs var:Undo.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <p><?cs var:Lang.bulk.undo_hint ?></p>
  <button class="button" type="submit"><?cs var:Lang.bulk.undo ?></button>
</form>
<?cs /if ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.bulk.rows ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.column.number ?></th><th scope="col"><?cs var:Lang.column.title ?></th><th scope="col"><?cs var:Lang.column.customer ?></th><?cs each:column = Column ?><th scope="col"><?cs var:column.text ?></th><?cs /each ?></tr></thead>
  <tbody>
  <?cs each:row = Row ?><tr>
    <th scope="row" class="key" data-label="<?cs var:Lang.column.number ?>"><?cs if:row.url ?><a href="<?cs var:row.url ?>"><?cs var:row.number ?></a><?cs else ?>–<?cs /if ?></th>
    <td data-label="<?cs var:Lang.column.title ?>"><?cs var:row.title ?></td>
    <td data-label="<?cs var:Lang.column.customer ?>"><?cs var:row.customer ?></td>
    <?cs each:column = Column ?><td data-label="<?cs var:column.text ?>"><?cs if:column.name == "level" ?><?cs var:row.level ?><?cs elif:column.name == "type" ?><?cs var:row.type ?><?cs else ?><?cs var:row.responsible ?><?cs /if ?></td><?cs /each ?>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs if:?Pager.next || ?Pager.first ?>
<nav class="pager" aria-label="<?cs var:Lang.pager.title ?>">
  <?cs if:?Pager.first ?><a class="button" href="<?cs var:Pager.first ?>"><?cs var:Lang.pager.first ?></a><?cs /if ?>
  <?cs if:?Pager.next ?><a class="button" rel="next" href="<?cs var:Pager.next ?>"><?cs var:Lang.pager.next ?></a><?cs /if ?>
</nav>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
