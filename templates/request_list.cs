<?cs include:"macros.cs" ?>
<?cs include:"request.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <div><h1><?cs var:Page.title ?></h1><?cs if:?Selection.text ?><p class="subtitle"><?cs var:Selection.text ?></p><?cs /if ?></div>
  <div class="actions"><a class="button" href="<?cs var:Report.url ?>"><?cs var:Lang.request_report.link ?></a><?cs if:Page.can.edit ?> <a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.request.new ?></a><?cs /if ?></div>
</div>
<?cs call:filter_errors() ?>
<nav class="tabs" aria-label="<?cs var:Lang.requests.queues ?>"><ul>
  <?cs each:tab = Tab ?><li><a href="<?cs var:tab.url ?>"<?cs if:tab.current ?> aria-current="page"<?cs /if ?><?cs if:?tab.explain ?> title="<?cs var:tab.explain ?>"<?cs /if ?>><?cs var:tab.text ?><?cs if:?tab.count ?> <span class="tab-count"><?cs var:tab.count ?></span><?cs /if ?><?cs if:?tab.overdue ?> <span class="badge badge-late"><?cs var:tab.overdue ?> <?cs var:Lang.requests.overdue ?></span><?cs /if ?></a></li><?cs /each ?>
</ul></nav>
<?cs if:?Figure.report ?><p class="request-figure"><a href="<?cs var:Figure.report ?>"><?cs var:Lang.requests.to_report ?></a></p><?cs else ?>
<form class="request-filter" method="get" action="<?cs var:Filter.action ?>" role="search" aria-label="<?cs var:Lang.requests.filter ?>">
  <?cs if:Filter.contract ?><input type="hidden" name="contract" value="<?cs var:Filter.contract ?>"><?cs /if ?>
  <div><label for="level"><?cs var:Lang.field.queue ?></label> <select id="level" name="level"><option value=""><?cs var:Lang.requests.any_queue ?></option><?cs each:option = Filter.queue ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?></select></div>
  <div><label for="state"><?cs var:Lang.requests.state_label ?></label> <select id="state" name="state"><?cs each:option = Filter.state ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?></select></div>
  <div><label for="user"><?cs var:Lang.requests.user_label ?></label> <select id="user" name="user"><option value=""><?cs var:Lang.requests.anybody ?></option><option value="me"<?cs if:Filter.mine ?> selected<?cs /if ?>><?cs var:Lang.requests.me ?></option><option value="none"<?cs if:Filter.free ?> selected<?cs /if ?>><?cs var:Lang.requests.nobody ?></option><?cs each:option = Filter.person ?><option value="<?cs var:option.value ?>"<?cs if:option.selected ?> selected<?cs /if ?>><?cs var:option.text ?></option><?cs /each ?></select></div>
  <div><label for="customer"><?cs var:Lang.field.customer_number ?></label> <input id="customer" name="customer" value="<?cs var:Filter.customer ?>" maxlength="40" size="12" autocomplete="off"></div>
  <div><label for="number"><?cs var:Lang.requests.number ?></label> <input id="number" name="number" maxlength="10" size="6" inputmode="numeric" autocomplete="off"></div>
  <button class="button" type="submit"><?cs var:Lang.filter.apply ?></button>
</form>
<?cs /if ?>
<?cs if:subcount(FilterError) == 0 ?>
<?cs if:subcount(Row) == 0 ?><div class="empty"><p><strong><?cs if:?Missing.text ?><?cs var:Missing.text ?><?cs else ?><?cs var:Lang.requests.empty ?><?cs /if ?></strong></p><?cs if:?Solved.url ?><p><a href="<?cs var:Solved.url ?>"><?cs var:Lang.requests.show_solved ?></a></p><?cs /if ?><?cs if:Page.can.edit ?><p><a href="<?cs var:New.url ?>"><?cs var:Lang.requests.empty_explain ?></a></p><?cs /if ?></div>
<?cs else ?>
<section class="table-region" aria-labelledby="requests-caption" tabindex="0">
<table class="list request-list">
  <caption id="requests-caption" class="visually-hidden"><?cs var:Page.title ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.requests.next_deadline ?></th><th scope="col"><?cs var:Lang.requests.number ?></th><th scope="col"><?cs var:Lang.field.subject ?></th><th scope="col"><?cs var:Lang.field.customer_name ?></th><th scope="col"><?cs var:Lang.request.promised ?></th><th scope="col"><?cs var:Lang.field.queue ?></th><th scope="col"><?cs var:Lang.request.user ?></th><th scope="col"><?cs var:Lang.request.taken_at ?></th></tr></thead>
  <tbody>
  <?cs each:row = Row ?><tr<?cs if:row.overdue ?> class="is-late"<?cs /if ?>>
    <td data-label="<?cs var:Lang.requests.next_deadline ?>"><div><?cs call:request_due(row) ?></div></td>
    <th scope="row" data-label="<?cs var:Lang.requests.number ?>"><a href="<?cs var:row.url ?>"><?cs var:row.number ?></a></th>
    <td data-label="<?cs var:Lang.field.subject ?>"><a href="<?cs var:row.url ?>"><?cs var:row.subject ?></a></td>
    <td data-label="<?cs var:Lang.field.customer_name ?>"><a href="<?cs var:row.customer_url ?>"><?cs var:row.customer ?></a></td>
    <td data-label="<?cs var:Lang.request.promised ?>"><?cs call:request_promised(row) ?></td>
    <td data-label="<?cs var:Lang.field.queue ?>"><span class="badge badge-level"><?cs var:row.level ?></span></td>
    <td data-label="<?cs var:Lang.request.user ?>"><?cs if:?row.user ?><?cs var:row.user ?><?cs else ?>–<?cs /if ?></td>
    <td data-label="<?cs var:Lang.request.taken_at ?>"><time datetime="<?cs var:row.taken_at_iso ?>"><?cs var:row.taken_at ?></time></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs if:Pager.first || Pager.next ?><nav class="pager" aria-label="<?cs var:Lang.pager.title ?>"><?cs if:Pager.first ?><a class="button" href="<?cs var:Pager.first ?>"><?cs var:Lang.requests.first_page ?></a><?cs /if ?><?cs if:Pager.next ?><a class="button" rel="next" href="<?cs var:Pager.next ?>"><?cs var:Lang.requests.next_page ?></a><?cs /if ?></nav><?cs /if ?>
<?cs /if ?><?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
