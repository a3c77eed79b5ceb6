<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<p class="lead"><?cs var:Lang.import.explain ?></p>
<?cs if:Form.problem ?>
<div class="notice notice-error" role="alert" tabindex="-1" id="errors">
  <h2><?cs var:Lang.form.errors ?></h2>
  <ul><li><a href="#file"><?cs var:Lang.import.file ?></a>: <?cs var:Form.problem ?></li></ul>
</div>
<?cs /if ?>
<form class="form" method="post" action="<?cs var:Form.action ?>" enctype="multipart/form-data">
  <input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>">
  <div class="form-section">
    <div class="form-field<?cs if:Form.problem ?> has-error<?cs /if ?>">
      <label for="file"><?cs var:Lang.import.file ?> <span class="required"><?cs var:Lang.form.required ?></span></label>
      <input id="file" name="file" type="file" accept=".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" aria-required="true" aria-describedby="<?cs if:Form.problem ?>file-error <?cs /if ?>file-help"<?cs if:Form.problem ?> aria-invalid="true"<?cs /if ?>>
      <p class="form-help" id="file-help"><?cs var:Lang.import.file_help ?> <?cs var:Form.limit ?>.</p>
      <?cs if:Form.problem ?><p class="form-error" id="file-error"><?cs var:Form.problem ?></p><?cs /if ?>
    </div>
  </div>
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
