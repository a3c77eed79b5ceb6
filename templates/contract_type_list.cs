<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><?cs var:Lang.contract_type.list ?></h1>
  <?cs if:Page.can.admin ?><div class="actions"><a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.contract_type.new ?></a></div><?cs /if ?>
</div>
<p class="lead"><?cs var:Lang.contract_type.explain ?></p>
<?cs if:subcount(Row) == 0 ?><div class="empty"><p><strong><?cs var:Lang.contract_type.none ?></strong></p></div>
<?cs else ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.contract_type.list ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.field.code ?></th><th scope="col"><?cs var:Lang.field.name ?></th><th scope="col" class="number"><?cs var:Lang.contracts.title ?></th></tr></thead>
  <tbody><?cs each:row = Row ?><tr<?cs if:row.retired ?> class="retired"<?cs /if ?>>
    <td data-label="<?cs var:Lang.field.code ?>"><?cs var:row.code ?></td>
    <th scope="row" data-label="<?cs var:Lang.field.name ?>"><a href="<?cs var:row.url ?>"><?cs var:row.name ?></a><?cs if:row.retired ?> <span class="badge badge-none"><?cs var:Lang.level.is_retired ?></span><?cs /if ?></th>
    <td data-label="<?cs var:Lang.contracts.title ?>" class="number"><a href="<?cs var:row.contracts_url ?>"><?cs var:row.contracts ?></a></td>
  </tr><?cs /each ?></tbody>
</table>
</section>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
