<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <div>
    <h1><?cs var:Lang.history.title ?></h1>
    <p class="subtitle"><?cs var:History.title ?></p>
  </div>
  <?cs if:?History.record ?><div class="actions"><a class="button" href="<?cs var:History.record ?>"><?cs var:Lang.history.current ?></a></div><?cs /if ?>
</div>
<?cs if:?History.deleted ?><div class="notice notice-warning"><p><?cs var:Lang.history.is_deleted ?></p></div><?cs /if ?>
<?cs if:subcount(Entry) == 0 ?>
<div class="empty"><p><strong><?cs var:Lang.history.empty ?></strong></p></div>
<?cs else ?>
<section class="table-region" aria-labelledby="history-caption" tabindex="0">
<table class="list history">
  <caption id="history-caption" class="visually-hidden"><?cs var:Page.title ?></caption>
  <thead><tr><th scope="col"><?cs var:Lang.history.when ?></th><th scope="col"><?cs var:Lang.history.who ?></th><th scope="col"><?cs var:Lang.history.what ?></th></tr></thead>
  <tbody>
  <?cs each:entry = Entry ?><tr>
    <th scope="row" class="date" data-label="<?cs var:Lang.history.when ?>"><?cs if:entry.url ?><a href="<?cs var:entry.url ?>"><time datetime="<?cs var:entry.at_iso ?>"><?cs var:entry.at ?></time></a><?cs else ?><time datetime="<?cs var:entry.at_iso ?>"><?cs var:entry.at ?></time><?cs /if ?></th>
    <td data-label="<?cs var:Lang.history.who ?>"><?cs if:entry.by ?><?cs var:entry.by ?><?cs else ?>–<?cs /if ?></td>
    <td data-label="<?cs var:Lang.history.what ?>"><div class="history-what"><strong><?cs var:Lang.history.event[entry.event] ?></strong><?cs if:subcount(entry.Change) > 0 ?>
      <ul><?cs each:change = entry.Change ?><li><span class="history-field"><?cs var:change.label ?>:</span> <?cs if:?change.before ?><del><span class="visually-hidden"><?cs var:Lang.history.before ?> </span><?cs var:change.before ?></del> <span aria-hidden="true">→</span> <ins><span class="visually-hidden"><?cs var:Lang.history.after ?> </span><?cs var:change.after ?></ins><?cs else ?><span class="history-value"><?cs var:change.after ?></span><?cs /if ?></li><?cs /each ?></ul><?cs /if ?></div></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs /if ?>
<p class="changed"><?cs var:Lang.history.time_zone ?> <?cs var:History.time_zone ?></p>
<?cs if:Pager.newest || Pager.older ?>
<nav class="pager" aria-label="<?cs var:Lang.pager.title ?>">
  <?cs if:Pager.newest ?><a class="button" rel="prev" href="<?cs var:Pager.newest ?>"><?cs var:Lang.history.newest ?></a><?cs /if ?>
  <?cs if:Pager.older ?><a class="button" rel="next" href="<?cs var:Pager.older ?>"><?cs var:Lang.history.older ?></a><?cs /if ?>
</nav>
<?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
