<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><?cs var:Page.title ?></h1>
  <div class="actions">
    <a class="button" href="<?cs var:Record.history ?>"><?cs var:Lang.history.link ?></a>
    <a class="button" href="<?cs var:Customer.entitlement ?>"><?cs var:Lang.entitlement.link ?></a>
    <a class="button" href="<?cs var:Customer.requests ?>"><?cs var:Lang.request.contract_link ?></a>
    <a class="button" href="<?cs var:Customer.contracts ?>"><?cs var:Lang.customer.contracts ?></a>
    <?cs if:Page.can.edit ?><a class="button" href="<?cs var:Customer.new_contract ?>"><?cs var:Lang.contract.new ?></a> <a class="button button-primary" href="<?cs var:Record.edit ?>"><?cs var:Lang.common.edit ?></a><?cs /if ?>
  </div>
</div>
<dl class="facts"><?cs each:fact = Fact ?><?cs if:fact.text ?><div class="fact fact-<?cs var:fact.name ?>"><dt><?cs var:fact.label ?></dt><dd><?cs var:fact.text ?></dd></div><?cs /if ?><?cs /each ?></dl>
<p class="changed"><?cs var:Lang.common.changed ?> <?cs var:Record.updated ?></p>
<?cs if:Page.can.admin ?>
<details class="danger-zone">
  <summary><?cs var:Lang.customer.delete ?></summary>
  <form method="post" action="<?cs var:Record.delete ?>">
    <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="version" value="<?cs var:Record.version ?>">
    <p><?cs var:Lang.customer.delete_sure ?></p>
    <button class="button button-danger" type="submit"><?cs var:Lang.customer.delete_yes ?></button>
  </form>
</details>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
