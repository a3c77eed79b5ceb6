<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Lang.tokens.title ?></h1></div>
<p class="lead"><?cs var:Lang.tokens.explain ?></p>
<?cs if:Token.new ?>
<div class="notice notice-done token-new" role="status" id="token-new">
  <h2><?cs var:Lang.tokens.made ?></h2>
  <p><?cs var:Lang.tokens.once ?></p>
  <p><label for="token"><?cs var:Lang.tokens.token ?></label> <input id="token" type="text" class="token" value="<?cs var:Token.new ?>" readonly autocomplete="off" spellcheck="false"></p>
</div>
<?cs /if ?>
<?cs call:form_notices() ?>
<?cs if:subcount(Row) == 0 ?>
<div class="empty"><p><strong><?cs var:Lang.tokens.empty ?></strong></p></div>
<?cs else ?>
<section class="table-region" aria-labelledby="list-caption" tabindex="0">
<table class="list tokens">
  <caption id="list-caption" class="visually-hidden"><?cs var:Lang.tokens.own ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.field.name ?></th><th scope="col"><?cs var:Lang.tokens.state.title ?></th><th scope="col"><?cs var:Lang.field.role ?></th><th scope="col"><?cs var:Lang.field.expires_on ?></th><th scope="col"><?cs var:Lang.tokens.used ?></th><th scope="col"><?cs var:Lang.tokens.created ?></th><th scope="col"><span class="visually-hidden"><?cs var:Lang.tokens.revoke ?></span></th></tr></thead>
  <tbody>
  <?cs each:row = Row ?><tr<?cs if:row.state != "good" ?> class="retired"<?cs /if ?>>
    <th scope="row" data-label="<?cs var:Lang.field.name ?>"><?cs var:row.name ?></th>
    <td data-label="<?cs var:Lang.tokens.state.title ?>"><?cs var:row.state_text ?></td>
    <td data-label="<?cs var:Lang.field.role ?>"><?cs var:row.role ?></td>
    <td data-label="<?cs var:Lang.field.expires_on ?>" class="date"><?cs var:row.expires ?></td>
    <td data-label="<?cs var:Lang.tokens.used ?>" class="date"><?cs var:row.used ?></td>
    <td data-label="<?cs var:Lang.tokens.created ?>" class="date"><?cs var:row.created ?></td>
    <td><?cs if:row.revoke ?><form method="post" action="<?cs var:row.revoke ?>"><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><button class="button" type="submit"><?cs var:Lang.tokens.revoke ?><span class="visually-hidden"> <?cs var:row.name ?></span></button></form><?cs /if ?></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs /if ?>
<form class="form token-form" method="post" action="<?cs var:Form.action ?>" aria-labelledby="token-form">
  <?cs call:form_hidden() ?>
  <h2 id="token-form"><?cs var:Lang.tokens.new ?></h2>
  <div class="form-section form-grid"><?cs each:field = Form.Field ?><?cs call:form_input(field) ?><?cs /each ?></div>
  <div class="form-actions"><button class="button button-primary" type="submit"><?cs var:Lang.tokens.make ?></button></div>
</form>
<section class="token-help" aria-labelledby="token-help">
  <h2 id="token-help"><?cs var:Lang.tokens.use ?></h2>
  <p><?cs var:Lang.tokens.use_explain ?></p>
  <pre class="example"><code>curl -H "Authorization: Bearer $TOKEN" \
  "<?cs var:Token.example ?>"</code></pre>
  <p><?cs var:Lang.tokens.answers ?> <a href="<?cs var:Token.description ?>"><?cs var:Lang.tokens.description ?></a>.</p>
</section>
<?cs /def ?>
<?cs include:"layout.cs" ?>
