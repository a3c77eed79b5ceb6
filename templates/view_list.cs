<?cs include:"macros.cs" ?>
<?cs def:start_button(id, text, name) ?><form method="post" action="<?cs var:Start.action ?>"><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><input type="hidden" name="view" value="<?cs var:id ?>"><button class="link-button" type="submit"><?cs var:text ?><span class="visually-hidden">: <?cs var:name ?></span></button></form><?cs /def ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.views.title ?></h1></div>
<p class="lead"><?cs var:Lang.views.explain ?></p>
<?cs if:subcount(Row) == 0 ?>
<div class="empty">
  <p><strong><?cs var:Lang.views.empty ?></strong></p>
  <p><?cs var:Lang.views.empty_help ?></p>
  <p><a class="button button-primary" href="<?cs var:Contracts.url ?>"><?cs var:Lang.views.to_contracts ?></a></p>
</div>
<?cs else ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list views">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.views.title ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.views.view ?></th><th scope="col"><?cs var:Lang.selection.title ?></th><th scope="col"><?cs var:Lang.views.whose ?></th><th scope="col"><?cs var:Lang.views.start ?></th><th scope="col"><?cs var:Lang.views.change ?></th></tr></thead>
  <tbody>
  <?cs each:row = Row ?><tr>
    <th scope="row" data-label="<?cs var:Lang.views.view ?>"><a href="<?cs var:row.url ?>"><?cs var:row.name ?></a></th>
    <td data-label="<?cs var:Lang.selection.title ?>"><?cs if:subcount(row.Problem) > 0 ?><div class="view-broken"><p class="form-error"><?cs var:Lang.views.broken ?></p><ul><?cs each:problem = row.Problem ?><li><code><?cs var:problem.parameter ?></code>: <?cs var:problem.text ?></li><?cs /each ?></ul><p><a href="<?cs var:row.url ?>"><?cs var:Lang.views.mend ?><span class="visually-hidden">: <?cs var:row.name ?></span></a> <?cs var:Lang.views.mend_help ?></p></div><?cs
      elif:subcount(row.Selection) > 0 ?><?cs each:part = row.Selection ?><?cs if:!first(part) ?> · <?cs /if ?><?cs var:part.text ?><?cs /each ?><?cs else ?><?cs var:Lang.selection.all ?><?cs /if ?></td>
    <td data-label="<?cs var:Lang.views.whose ?>"><?cs if:row.owner ?><?cs var:row.owner ?><?cs else ?><?cs var:Lang.views.own ?><?cs /if ?><?cs if:row.shared ?> <span class="badge badge-none"><?cs var:Lang.views.shared ?></span><?cs /if ?></td>
    <td data-label="<?cs var:Lang.views.start ?>"><?cs if:row.start ?><span class="badge badge-level"><?cs var:Lang.views.is_start ?></span> <?cs call:start_button("", Lang.views.no_start, row.name) ?><?cs else ?><?cs call:start_button(row.id, Lang.views.make_start, row.name) ?><?cs /if ?></td>
    <td data-label="<?cs var:Lang.views.change ?>"><?cs if:row.edit ?><a href="<?cs var:row.edit ?>"><?cs var:Lang.common.edit ?><span class="visually-hidden">: <?cs var:row.name ?></span></a><?cs /if ?></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
