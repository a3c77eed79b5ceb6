<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:bulk_hidden() ?>
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <input type="hidden" name="choose" value="<?cs var:Form.choose ?>">
  <input type="hidden" name="query" value="<?cs var:Form.query ?>">
  <?cs each:contract = Form.Contract ?><input type="hidden" name="contract" value="<?cs var:contract.id ?>"><?cs /each ?>
<?cs /def ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<?cs if:?Problem.text ?>
<div class="notice notice-error" role="alert" tabindex="-1" id="errors"><p><?cs var:Problem.text ?></p></div>
<p><a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.bulk.back ?></a></p>
<?cs else ?>
<?cs call:form_notices() ?>
<?cs if:?Conflict.text ?><div class="notice notice-warning" role="alert" tabindex="-1" id="conflict"><p><?cs var:Conflict.text ?></p></div><?cs /if ?>
<div class="selection">
  <p class="total"><?cs var:Count.contracts ?></p>
  <?cs if:Form.choose == "ticked" ?><p class="selection-all"><?cs var:Lang.bulk.ticked ?></p>
  <?cs elif:subcount(Selection) > 0 ?><ul class="selection-parts"><?cs each:part = Selection ?><li><span class="selection-word"><?cs var:part.text ?></span></li><?cs /each ?></ul>
  <?cs else ?><p class="selection-all"><?cs var:Lang.selection.all ?></p><?cs /if ?>
</div>
<?cs if:?Count.ended || ?Count.missing ?><div class="notice">
  <?cs if:?Count.ended ?><p><?cs var:Count.ended ?></p><?cs /if ?>
  <?cs if:?Count.missing ?><p><?cs var:Count.missing ?></p><?cs /if ?>
</div><?cs /if ?>
<form class="form" method="post" action="<?cs var:Form.action ?>">
  <?cs call:bulk_hidden() ?>
  <fieldset class="form-section"><legend><?cs var:Lang.bulk.set ?></legend><div class="form-grid">
  <?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?>
  </div>
  <div class="form-actions">
    <button class="button<?cs if:!?Confirm.button ?> button-primary<?cs /if ?>" type="submit" name="step" value="preview"><?cs var:Lang.bulk.preview ?></button>
    <a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.form.cancel ?></a>
  </div>
  </fieldset>
</form>
<?cs if:?Confirm.button || ?Count.nothing ?><h2 class="bulk-title"><?cs var:Lang.bulk.preview_title ?></h2><?cs else ?><h2 class="bulk-title"><?cs var:Lang.bulk.now_title ?></h2><?cs /if ?>
<div class="bulk-tables">
<?cs each:table = Table ?>
<section class="table-region" aria-labelledby="bulk-<?cs var:table.name ?>" tabindex="0">
<table class="list bulk-table">
  <caption id="bulk-<?cs var:table.name ?>"><?cs var:table.label ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.bulk.now ?></th><?cs if:?Confirm.button || ?Count.nothing ?><th scope="col"><?cs var:Lang.bulk.then ?></th><?cs /if ?><th scope="col" class="number"><?cs var:Lang.contracts.title ?></th></tr></thead>
  <tbody>
  <?cs each:line = table.Line ?><tr>
    <th scope="row" data-label="<?cs var:Lang.bulk.now ?>"><?cs var:line.from ?></th>
    <?cs if:?Confirm.button || ?Count.nothing ?><td data-label="<?cs var:Lang.bulk.then ?>"><?cs if:line.to ?><span><span aria-hidden="true">→ </span><strong><?cs var:line.to ?></strong></span><?cs else ?><?cs var:Lang.bulk.stays ?><?cs /if ?></td><?cs /if ?>
    <td class="number" data-label="<?cs var:Lang.contracts.title ?>"><?cs var:line.contracts ?></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs /each ?>
</div>
<?cs if:?Count.nothing ?><p class="notice" role="status"><?cs var:Count.nothing ?></p><?cs /if ?>
<?cs if:?Confirm.button ?>
<form class="bulk-confirm" method="post" action="<?cs var:Form.action ?>">
  <?cs call:bulk_hidden() ?>
  <?cs each:field = Form.Field ?><?cs if:field.chosen ?><input type="hidden" name="<?cs var:field.name ?>" value="<?cs var:field.chosen ?>"><?cs /if ?><?cs /each ?>
  <input type="hidden" name="expected" value="<?cs var:Confirm.expected ?>">
  <p><strong><?cs var:Confirm.what ?></strong></p>
  <p><?cs var:Lang.bulk.undo_hint ?></p>
  <div class="form-actions">
    <button class="button button-primary" type="submit" name="step" value="apply"><?cs var:Confirm.button ?></button>
    <a class="button" href="<?cs var:Form.cancel ?>"><?cs var:Lang.form.cancel ?></a>
  </div>
</form>
<?cs /if ?>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
