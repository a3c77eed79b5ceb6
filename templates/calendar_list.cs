<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.calendar.list ?></h1></div>
<?cs if:Secret.url ?>
<section class="notice notice-warning" aria-labelledby="secret-title">
  <h2 id="secret-title"><?cs var:Lang.calendar.secret ?></h2>
  <p class="calendar-address"><a href="<?cs var:Secret.url ?>"><?cs var:Secret.url ?></a></p>
  <?cs if:Secret.webcal ?><p><a class="button" href="<?cs var:Secret.webcal ?>"><?cs var:Lang.calendar.open ?></a></p><?cs /if ?>
  <p><?cs var:Lang.calendar.secret_explain ?></p>
  <p><?cs var:Lang.calendar.hint ?></p>
</section>
<?cs /if ?>
<p class="lead"><?cs var:Lang.calendar.list_explain ?></p>
<?cs if:subcount(Row) == 0 ?>
<div class="empty"><p><strong><?cs var:Lang.calendar.none ?></strong></p><p><a class="button" href="<?cs var:Contracts.url ?>"><?cs var:Lang.contracts.title ?></a></p></div>
<?cs else ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list calendars">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.calendar.list ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.field.calendar_name ?></th><th scope="col"><?cs var:Lang.selection.title ?></th><th scope="col"><?cs var:Lang.calendar.made ?></th><th scope="col"><?cs var:Lang.calendar.used ?></th><th scope="col"><span class="visually-hidden"><?cs var:Lang.calendar.revoke ?></span></th></tr></thead>
  <tbody>
  <?cs each:row = Row ?><tr>
    <th scope="row" data-label="<?cs var:Lang.field.calendar_name ?>"><a href="<?cs var:row.url ?>"><?cs var:row.name ?></a></th>
    <td data-label="<?cs var:Lang.selection.title ?>"><?cs if:row.broken ?><?cs var:Lang.calendar.broken ?> <?cs /if ?><?cs var:row.selection ?></td>
    <td data-label="<?cs var:Lang.calendar.made ?>"><?cs var:row.created ?></td>
    <td data-label="<?cs var:Lang.calendar.used ?>"><?cs if:row.used ?><?cs var:row.used ?><?cs else ?>–<?cs /if ?></td>
    <td data-label="<?cs var:Lang.calendar.revoke ?>"><form method="post" action="<?cs var:row.revoke ?>"><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><button class="button" type="submit" aria-label="<?cs var:Lang.calendar.revoke ?>: <?cs var:row.name ?>"><?cs var:Lang.calendar.revoke ?></button></form></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
