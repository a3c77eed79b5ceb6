<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <div>
    <h1><?cs var:Page.title ?></h1>
    <p class="subtitle"><?cs var:Import.file ?>, <?cs var:Import.size ?></p>
  </div>
  <div class="actions"><?cs if:?Columns.url ?><a class="button" href="<?cs var:Columns.url ?>"><?cs var:Lang.import.back ?></a><?cs else ?><a class="button" href="<?cs var:Contracts.url ?>"><?cs var:Lang.contracts.title ?></a><?cs /if ?> <a class="button" href="<?cs var:Imports.url ?>"><?cs var:Lang.import.made ?></a></div>
</div>
<?cs call:undo_refused() ?>
<dl class="cards">
  <div class="card"><dt><?cs var:Lang.import.created ?></dt><dd><?cs var:Import.created ?></dd></div>
  <div class="card"><dt><?cs var:Lang.import.changed ?></dt><dd><?cs var:Import.changed ?></dd></div>
  <div class="card"><dt><?cs var:Lang.import.unchanged ?></dt><dd><?cs var:Import.unchanged ?></dd></div>
  <div class="card"><dt><?cs var:Lang.import.rejected ?></dt><dd><?cs var:Import.rejected ?></dd></div>
  <div class="card"><dt><?cs var:Lang.import.customers ?></dt><dd><?cs var:Import.customers ?></dd></div>
</dl>
<?cs if:!?Form.action ?>
<dl class="facts">
  <div class="fact"><dt><?cs var:Lang.bulk.when ?></dt><dd><?cs var:Import.at ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.bulk.who ?></dt><dd><?cs var:Import.user ?></dd></div>
  <?cs if:Import.undone ?><div class="fact"><dt><?cs var:Lang.bulk.undone ?></dt><dd><?cs var:Import.undone ?></dd></div><?cs /if ?>
</dl>
<?cs /if ?>
<?cs if:?Undo.action ?>
<form class="bulk-confirm" method="post" action="<?cs var:Undo.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <p><?cs var:Lang.import.undo_hint ?></p>
  <button class="button" type="submit"><?cs var:Lang.bulk.undo ?></button>
</form>
<?cs /if ?>
<?cs if:?Form.action ?>
<?cs if:?Run.nothing ?><p class="notice" role="status"><?cs var:Run.nothing ?></p><?cs /if ?>
<form class="bulk-confirm" method="post" action="<?cs var:Form.action ?>">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <?cs if:?Run.all ?><p><?cs var:Lang.import.run_help ?></p><?cs elif:?Run.good ?><p><?cs var:Lang.import.run_good_help ?></p><?cs /if ?>
  <div class="form-actions">
    <?cs if:?Run.all ?><button class="button button-primary" type="submit" name="step" value="run"><?cs var:Run.all ?></button><?cs /if ?>
    <?cs if:?Run.good ?><button class="button" type="submit" name="step" value="run_good"><?cs var:Run.good ?></button><?cs /if ?>
    <button class="button" type="submit" name="step" value="discard"><?cs var:Lang.import.discard ?></button>
  </div>
</form>
<?cs /if ?>
<?cs if:subcount(Problem) > 0 ?>
<h2 class="bulk-title"><?cs var:Lang.import.problems ?></h2>
<?cs if:?Problems.bounded ?><p><?cs var:Problems.bounded ?></p><?cs /if ?>
<p class="import-files"><a class="button" href="<?cs var:Problems.csv ?>"><?cs var:Lang.import.problems_csv ?></a><?cs if:?Rejected.csv ?> <a class="button" href="<?cs var:Rejected.csv ?>"><?cs var:Lang.import.rejected_csv ?></a><?cs /if ?></p>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.import.problems ?></caption>
  <thead><tr><th scope="col" class="number"><?cs var:Lang.import.line ?></th><th scope="col"><?cs var:Lang.import.field ?></th><th scope="col"><?cs var:Lang.import.problem ?></th></tr></thead>
  <tbody>
  <?cs each:row = Problem ?><tr>
    <th scope="row" class="number" data-label="<?cs var:Lang.import.line ?>"><?cs var:row.line ?></th>
    <td data-label="<?cs var:Lang.import.field ?>"><?cs if:row.field ?><?cs var:row.field ?><?cs else ?>–<?cs /if ?></td>
    <td data-label="<?cs var:Lang.import.problem ?>"><?cs var:row.text ?></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
