<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<?cs call:form_notices() ?>
<form class="form" method="post" action="<?cs var:Form.action ?>" data-guard>
  <?cs call:form_hidden() ?>
  <?cs if:?Customer.new ?>
  <div class="notice">
    <?cs if:subcount(CustomerFound) > 0 ?><p><?cs var:Lang.contract.customer_found ?></p>
    <ul><?cs each:customer = CustomerFound ?><li><code><?cs var:customer.value ?></code> <?cs var:customer.text ?></li><?cs /each ?></ul><?cs /if ?>
    <p><a href="<?cs var:Customer.new ?>" target="_blank"><?cs var:Lang.contract.customer_new ?></a></p>
  </div>
  <?cs /if ?>
  <datalist id="customers"><?cs each:customer = CustomerChoice ?><option value="<?cs var:customer.value ?>"><?cs var:customer.text ?></option><?cs /each ?><?cs each:customer = CustomerFound ?><option value="<?cs var:customer.value ?>"><?cs var:customer.text ?></option><?cs /each ?></datalist>
  <fieldset class="form-section"><legend><?cs var:Lang.contract.section.contract ?></legend><div class="form-grid">
  <?cs each:field = Form.Field ?>
  <?cs if:field.name == "starts_on" ?></div></fieldset><fieldset class="form-section"><legend><?cs var:Lang.contract.section.term ?></legend><div class="form-grid">
  <?cs elif:field.name == "amount" ?></div></fieldset><fieldset class="form-section"><legend><?cs var:Lang.contract.section.billing ?></legend><div class="form-grid">
  <?cs elif:field.name == "responsible" ?></div></fieldset><fieldset class="form-section"><legend><?cs var:Lang.contract.section.care ?></legend><div class="form-grid"><?cs /if ?>
  <?cs call:form_input(field) ?><?cs /each ?>
  </div></fieldset>
  <?cs call:form_buttons() ?>
</form>
<?cs /def ?>
<?cs include:"layout.cs" ?>
