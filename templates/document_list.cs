<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <div>
    <h1><?cs var:Lang.documents.title ?></h1>
    <p class="subtitle"><?cs var:Contract.number ?> · <?cs var:Contract.title ?></p>
  </div>
  <div class="actions"><a class="button" href="<?cs var:Contract.url ?>"><?cs var:Lang.documents.contract ?></a></div>
</div>
<?cs call:form_notices() ?>
<?cs if:subcount(Document) == 0 ?>
<div class="empty"><p><strong><?cs var:Lang.documents.empty ?></strong></p><?cs if:Page.can.edit ?><p><?cs var:Lang.documents.empty_help ?></p><?cs /if ?></div>
<?cs else ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list document-table">
  <caption id="list-caption" class="visually-hidden"><?cs var:Page.title ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.documents.name ?></th><th scope="col"><?cs var:Lang.documents.kind ?></th><th scope="col" class="number"><?cs var:Lang.documents.size ?></th><th scope="col"><?cs var:Lang.documents.by ?></th><th scope="col"><?cs var:Lang.documents.at ?></th><?cs if:Page.can.edit ?><th scope="col"><span class="visually-hidden"><?cs var:Lang.documents.remove ?></span></th><?cs /if ?></tr></thead>
  <tbody>
  <?cs each:document = Document ?><tr>
    <th scope="row" data-label="<?cs var:Lang.documents.name ?>"><a href="<?cs var:document.url ?>"><?cs var:document.name ?></a></th>
    <td data-label="<?cs var:Lang.documents.kind ?>"><?cs var:document.type ?></td>
    <td data-label="<?cs var:Lang.documents.size ?>" class="number"><?cs var:document.size ?></td>
    <td data-label="<?cs var:Lang.documents.by ?>"><?cs var:document.by ?></td>
    <td data-label="<?cs var:Lang.documents.at ?>" class="date"><?cs var:document.at ?></td>
    <?cs if:Page.can.edit ?><td class="document-remove"><details>
      <summary><?cs var:Lang.documents.remove ?><span class="visually-hidden"> <?cs var:document.name ?></span></summary>
      <form method="post" action="<?cs var:document.remove ?>">
        <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
        <p><?cs var:Lang.documents.remove_sure ?></p>
        <button class="button button-danger" type="submit"><?cs var:Lang.documents.remove_yes ?><span class="visually-hidden"> <?cs var:document.name ?></span></button>
      </form>
    </details></td><?cs /if ?>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs /if ?>
<?cs if:Page.can.edit ?>
<form class="form document-form" method="post" action="<?cs var:Documents.page ?>" enctype="multipart/form-data" aria-labelledby="document-form">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <div class="section-head"><h2 id="document-form"><?cs var:Lang.documents.add ?></h2></div>
  <div class="form-section form-grid">
    <?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?>
  </div>
  <div class="form-actions"><button class="button button-primary" type="submit"><?cs var:Lang.documents.add_yes ?></button></div>
</form>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
