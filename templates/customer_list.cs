<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><?cs var:Lang.customers.title ?></h1>
  <?cs if:Page.can.edit ?><div class="actions"><a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.customer.new ?></a></div><?cs /if ?>
</div>
<form class="search-line" method="get" action="<?cs var:Filter.action ?>" role="search">
  <label for="q"><?cs var:Lang.customers.search ?></label>
  <input id="q" name="q" type="search" value="<?cs var:Filter.q ?>" maxlength="200">
  <button class="button" type="submit"><?cs var:Lang.filter.apply ?></button>
  <?cs if:Filter.q ?><a class="button" href="<?cs var:Filter.action ?>"><?cs var:Lang.filter.reset ?></a><?cs /if ?>
  <?cs call:search_key() ?>
</form>
<?cs if:subcount(Row) == 0 ?>
<div class="empty"><p><strong><?cs if:Filter.q ?><?cs var:Lang.customers.empty ?><?cs else ?><?cs var:Lang.customers.none ?><?cs /if ?></strong></p><?cs if:Filter.q ?><p><a href="<?cs var:Filter.action ?>"><?cs var:Lang.customers.all ?></a></p><?cs elif:Page.can.edit ?><p><a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.customer.new ?></a></p><?cs /if ?></div>
<?cs else ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.customers.title ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.field.number ?></th><th scope="col" aria-sort="ascending"><span><?cs var:Lang.field.name ?></span></th><th scope="col"><?cs var:Lang.field.city ?></th><th scope="col" class="number"><?cs var:Lang.contracts.title ?></th></tr></thead>
  <tbody>
  <?cs each:row = Row ?><tr>
    <td data-label="<?cs var:Lang.field.number ?>"><?cs var:row.number ?></td>
    <th scope="row" data-label="<?cs var:Lang.field.name ?>"><a href="<?cs var:row.url ?>"><?cs var:row.name ?></a></th>
    <td data-label="<?cs var:Lang.field.city ?>"><?cs var:row.city ?></td>
    <td data-label="<?cs var:Lang.contracts.title ?>" class="number"><a href="<?cs var:row.contracts_url ?>"><?cs var:row.contracts ?></a></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs if:Pager.next || Pager.previous ?>
<nav class="pager" aria-label="<?cs var:Lang.pager.title ?>">
  <?cs if:Pager.previous ?><a class="button" rel="prev" href="<?cs var:Pager.previous ?>"><?cs var:Lang.pager.previous ?></a><?cs /if ?>
  <?cs if:Pager.next ?><a class="button" rel="next" href="<?cs var:Pager.next ?>"><?cs var:Lang.pager.next ?></a><?cs /if ?>
</nav>
<?cs /if ?>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
