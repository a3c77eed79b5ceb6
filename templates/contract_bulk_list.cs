<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<?cs if:subcount(Row) == 0 ?>
<div class="empty"><p><strong><?cs var:Lang.bulk.empty ?></strong></p><p><a href="<?cs var:Contracts.url ?>"><?cs var:Lang.bulk.empty_how ?></a></p></div>
<?cs else ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list">
  <caption id="list-caption" class="visually-hidden"><?cs var:Page.title ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.bulk.when ?></th><th scope="col"><?cs var:Lang.bulk.who ?></th><th scope="col"><?cs var:Lang.bulk.what ?></th><th scope="col" class="number"><?cs var:Lang.contracts.title ?></th><th scope="col"><?cs var:Lang.bulk.undone ?></th></tr></thead>
  <tbody>
  <?cs each:row = Row ?><tr>
    <th scope="row" data-label="<?cs var:Lang.bulk.when ?>"><a href="<?cs var:row.url ?>"><?cs var:row.at ?></a></th>
    <td data-label="<?cs var:Lang.bulk.who ?>"><?cs var:row.user ?></td>
    <td data-label="<?cs var:Lang.bulk.what ?>"><?cs var:row.what ?></td>
    <td class="number" data-label="<?cs var:Lang.contracts.title ?>"><?cs var:row.contracts ?></td>
    <td data-label="<?cs var:Lang.bulk.undone ?>"><?cs if:row.undone ?><?cs var:row.undone ?><?cs else ?>–<?cs /if ?></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs if:?List.bounded ?><p class="changed"><?cs var:List.bounded ?></p><?cs /if ?>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
