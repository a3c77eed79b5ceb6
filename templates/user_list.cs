<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <h1><?cs var:Lang.user.list ?></h1>
  <div class="actions"><a class="button button-primary" href="<?cs var:New.url ?>"><?cs var:Lang.user.new ?></a></div>
</div>
<p class="lead"><?cs var:Lang.user.explain ?></p>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.user.list ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.field.display_name ?></th><th scope="col"><?cs var:Lang.field.username ?></th><th scope="col"><?cs var:Lang.field.role ?></th><th scope="col"><?cs var:Lang.field.email ?></th><th scope="col"><?cs var:Lang.user.signed_in ?></th></tr></thead>
  <tbody><?cs each:row = Row ?><tr<?cs if:row.disabled ?> class="retired"<?cs /if ?>>
    <th scope="row" data-label="<?cs var:Lang.field.display_name ?>"><a href="<?cs var:row.url ?>"><?cs var:row.display_name ?></a><?cs if:row.disabled ?> <span class="badge badge-none"><?cs var:Lang.user.is_disabled ?></span><?cs elif:row.no_password ?> <span class="badge badge-none"><?cs var:Lang.user.no_password ?></span><?cs /if ?></th>
    <td data-label="<?cs var:Lang.field.username ?>"><?cs var:row.name ?></td>
    <td data-label="<?cs var:Lang.field.role ?>"><?cs var:row.role ?></td>
    <td data-label="<?cs var:Lang.field.email ?>"><?cs if:row.email ?><?cs var:row.email ?><?cs else ?>–<?cs /if ?></td>
    <td data-label="<?cs var:Lang.user.signed_in ?>" class="date"><?cs var:row.signed_in ?></td>
  </tr><?cs /each ?></tbody>
</table>
</section>
<?cs /def ?>
<?cs include:"layout.cs" ?>
