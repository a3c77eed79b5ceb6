<?cs include:"macros.cs" ?>
<?cs def:entitlement_time(text, iso) ?><time datetime="<?cs var:iso ?>"><?cs var:text ?></time><?cs /def ?>
<?cs def:entitlement_state(level) ?><?cs if:level.state == "open" ?><span class="service-state service-open"><?cs var:Lang.service.open ?></span><?cs if:level.closes_at ?> <span class="service-until"><?cs var:Lang.service.until ?> <?cs call:entitlement_time(level.closes_at, level.closes_at_iso) ?></span><?cs /if ?><?cs elif:level.state == "closed" ?><span class="service-state service-closed"><?cs var:Lang.service.closed ?></span><?cs if:level.opens_at ?> <span class="service-until"><?cs var:Lang.service.opens ?> <?cs call:entitlement_time(level.opens_at, level.opens_at_iso) ?></span><?cs /if ?><?cs else ?><?cs var:Lang.service.unknown ?><?cs /if ?><?cs /def ?>
<?cs def:entitlement_respond(level) ?><?cs if:level.respond_by ?><?cs call:entitlement_time(level.respond_by, level.respond_by_iso) ?><?cs elif:level.no_response ?><?cs var:Lang.level.no_promise ?><?cs else ?><?cs var:Lang.service.unknown ?><?cs /if ?><?cs /def ?>
<?cs def:entitlement_restore(level) ?><?cs if:level.restore_by ?><?cs call:entitlement_time(level.restore_by, level.restore_by_iso) ?><?cs elif:level.no_restore ?><?cs var:Lang.level.no_promise ?><?cs else ?><?cs var:Lang.service.unknown ?><?cs /if ?><?cs /def ?>
<?cs def:entitlement_best() ?>
<dl class="cards entitlement-cards">
  <div class="card"><dt><?cs var:Lang.entitlement.best ?></dt><dd><span class="badge badge-level"><?cs var:Best.code ?></span> <?cs var:Best.name ?></dd></div>
  <div class="card"><dt><?cs var:Lang.entitlement.now ?></dt><dd><?cs call:entitlement_state(Best) ?></dd></div>
  <div class="card"><dt><?cs var:Lang.entitlement.respond_by ?></dt><dd><?cs call:entitlement_respond(Best) ?></dd></div>
  <div class="card"><dt><?cs var:Lang.entitlement.restore_by ?></dt><dd><?cs call:entitlement_restore(Best) ?></dd></div>
</dl>
<dl class="facts">
  <?cs if:Best.scope ?><div class="fact fact-scope"><dt><?cs var:Lang.field.scope ?></dt><dd><?cs var:Best.scope ?></dd></div><?cs /if ?>
  <?cs if:Best.channels ?><div class="fact"><dt><?cs var:Lang.field.channels ?></dt><dd><?cs var:Best.channels ?></dd></div><?cs /if ?>
  <div class="fact"><dt><?cs var:Lang.field.service_hours ?></dt><dd><?cs if:Best.hours ?><?cs var:Best.hours ?><?cs elif:Best.service_hours ?><?cs var:Best.service_hours ?><?cs else ?>–<?cs /if ?></dd></div>
</dl>
<?cs /def ?>
<?cs def:entitlement_contracts() ?>
<h3 id="contracts"><?cs var:Lang.entitlement.contracts ?></h3>
<section class="table-region" aria-labelledby="contracts" tabindex="0">
<table class="list entitlement-list">
  <thead><tr><th scope="col"><?cs var:Lang.column.level ?></th><th scope="col"><?cs var:Lang.field.number ?></th><th scope="col"><?cs var:Lang.field.title ?></th><th scope="col"><?cs var:Lang.column.type ?></th><th scope="col"><?cs var:Lang.entitlement.now ?></th><th scope="col"><?cs var:Lang.entitlement.respond_by ?></th><th scope="col"><?cs var:Lang.entitlement.restore_by ?></th><th scope="col"><?cs var:Lang.field.term_ends_on ?></th><?cs if:Page.can.edit ?><th scope="col"><span class="visually-hidden"><?cs var:Lang.request.new ?></span></th><?cs /if ?></tr></thead>
  <tbody>
  <?cs each:contract = Contract ?><?cs if:contract.number ?><tr>
    <td data-label="<?cs var:Lang.column.level ?>"><?cs if:contract.Level.code ?><span class="badge badge-level"><?cs var:contract.Level.code ?></span> <?cs var:contract.Level.name ?><?cs else ?><span class="badge badge-none"><?cs var:Lang.common.no_level ?></span><?cs /if ?></td>
    <th scope="row" data-label="<?cs var:Lang.field.number ?>"><a href="<?cs var:contract.url ?>"><?cs var:contract.number ?></a></th>
    <td data-label="<?cs var:Lang.field.title ?>"><?cs var:contract.title ?><?cs if:contract.status == "cancelled" ?> <span class="badge badge-status-cancelled"><?cs var:Lang.status.cancelled ?></span><?cs /if ?></td>
    <td data-label="<?cs var:Lang.column.type ?>"><?cs var:contract.type ?></td>
    <?cs if:contract.Level.code ?>
    <td data-label="<?cs var:Lang.entitlement.now ?>"><?cs call:entitlement_state(contract.Level) ?></td>
    <td data-label="<?cs var:Lang.entitlement.respond_by ?>"><?cs call:entitlement_respond(contract.Level) ?></td>
    <td data-label="<?cs var:Lang.entitlement.restore_by ?>"><?cs call:entitlement_restore(contract.Level) ?></td>
    <?cs else ?>
    <td data-label="<?cs var:Lang.entitlement.now ?>">–</td><td data-label="<?cs var:Lang.entitlement.respond_by ?>">–</td><td data-label="<?cs var:Lang.entitlement.restore_by ?>">–</td>
    <?cs /if ?>
    <td data-label="<?cs var:Lang.field.term_ends_on ?>"><?cs var:contract.ends_on ?></td>
    <?cs if:Page.can.edit ?><td><a class="button" href="<?cs var:contract.request ?>"><?cs var:Lang.request.new ?><span class="visually-hidden"> <?cs var:contract.number ?></span></a></td><?cs /if ?>
  </tr><?cs /if ?><?cs /each ?>
  </tbody>
</table>
</section>
<?cs if:Contract.more ?><p><?cs var:Contract.more ?></p><?cs /if ?>
<?cs /def ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.entitlement.title ?></h1></div>
<form class="search-line entitlement-search" method="get" action="<?cs var:Search.action ?>" role="search">
  <label for="customer"><?cs var:Lang.customers.search ?></label>
  <input id="customer" name="customer" type="search" value="<?cs var:Search.typed ?>" maxlength="200" autocomplete="off" autofocus<?cs if:Search.nobody ?> aria-describedby="nobody"<?cs /if ?>>
  <button class="button button-primary" type="submit"><?cs var:Lang.filter.apply ?></button>
  <?cs call:search_key() ?>
</form>
<?cs if:!Search.typed ?><p class="entitlement-explain"><?cs var:Lang.entitlement.explain ?></p><?cs /if ?>
<?cs if:Search.nobody ?><div class="notice notice-error" role="alert"><p id="nobody"><?cs var:Search.nobody ?></p></div><?cs /if ?>
<?cs if:subcount(Choice) > 0 ?>
<h2 id="choices"><?cs var:Lang.entitlement.which ?></h2>
<ul class="entitlement-choices" aria-labelledby="choices"><?cs each:choice = Choice ?><li><a href="<?cs var:choice.url ?>"><strong><?cs var:choice.name ?></strong> <span><?cs var:choice.number ?><?cs if:choice.city ?>, <?cs var:choice.city ?><?cs /if ?></span></a></li><?cs /each ?></ul>
<?cs if:More.text ?><p><?cs var:More.text ?></p><?cs /if ?>
<?cs /if ?>
<?cs if:?Customer.name ?>
<section class="entitlement" aria-labelledby="customer-name">
<div class="page-head">
  <div><h2 id="customer-name"><a href="<?cs var:Customer.url ?>"><?cs var:Customer.name ?></a></h2><p class="subtitle"><?cs var:Customer.number ?> · <?cs var:Lang.entitlement.at ?> <?cs var:Customer.now ?></p></div>
  <div class="actions"><a class="button" href="<?cs var:Customer.requests ?>"><?cs var:Lang.request.contract_link ?><?cs if:?Customer.unsolved ?> (<?cs var:Customer.unsolved ?>)<?cs /if ?></a> <a class="button" href="<?cs var:Customer.contracts ?>"><?cs var:Lang.customer.contracts ?></a></div>
</div>
<?cs if:?None.text ?>
<div class="notice notice-warning entitlement-none" role="status"><h3><?cs var:None.text ?></h3><?cs if:?None.ended ?><p><?cs var:None.ended ?></p><?cs /if ?><?cs if:?None.begins ?><p><?cs var:None.begins ?></p><?cs /if ?></div>
<?cs else ?>
<?cs if:?Best.code ?><?cs call:entitlement_best() ?><?cs else ?><div class="notice notice-warning entitlement-none" role="status"><h3><?cs var:Lang.entitlement.no_level ?></h3><p><?cs var:Lang.entitlement.no_level_explain ?></p></div><?cs /if ?>
<?cs call:entitlement_contracts() ?>
<?cs /if ?>
</section>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
