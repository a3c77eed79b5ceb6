<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<p class="lead"><?cs var:Lang.import.explain ?></p>
<?cs call:form_notices() ?>
<form class="form" method="post" action="<?cs var:Form.action ?>" enctype="multipart/form-data">
  <?cs call:form_hidden() ?>
  <div class="form-section"><?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?></div>
  <div class="form-actions"><button class="button button-primary" type="submit"><?cs var:Lang.import.upload ?></button></div>
</form>
<h2 class="bulk-title"><?cs var:Lang.import.made ?></h2>
<?cs if:subcount(Row) == 0 ?>
<div class="empty"><p><strong><?cs var:Lang.import.empty ?></strong></p></div>
<?cs else ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.import.made ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.import.file ?></th><th scope="col"><?cs var:Lang.bulk.when ?></th><th scope="col"><?cs var:Lang.bulk.who ?></th><th scope="col"><?cs var:Lang.import.state.title ?></th><th scope="col" class="number"><?cs var:Lang.import.created ?></th><th scope="col" class="number"><?cs var:Lang.import.changed ?></th><th scope="col" class="number"><?cs var:Lang.import.rejected ?></th></tr></thead>
  <tbody>
  <?cs each:row = Row ?><tr>
    <th scope="row" data-label="<?cs var:Lang.import.file ?>"><a href="<?cs var:row.url ?>"><?cs var:row.file ?></a></th>
    <td data-label="<?cs var:Lang.bulk.when ?>"><?cs var:row.at ?></td>
    <td data-label="<?cs var:Lang.bulk.who ?>"><?cs var:row.user ?></td>
    <td data-label="<?cs var:Lang.import.state.title ?>"><?cs var:row.state ?></td>
    <td class="number" data-label="<?cs var:Lang.import.created ?>"><?cs var:row.created ?></td>
    <td class="number" data-label="<?cs var:Lang.import.changed ?>"><?cs var:row.changed ?></td>
    <td class="number" data-label="<?cs var:Lang.import.rejected ?>"><?cs var:row.rejected ?></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs if:?List.bounded ?><p class="changed"><?cs var:List.bounded ?></p><?cs /if ?>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
