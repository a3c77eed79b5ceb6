<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head">
  <div>
    <h1><?cs var:Page.title ?></h1>
    <p class="subtitle"><?cs var:Import.file ?></p>
  </div>
</div>
<p><?cs var:Lang.import.stay ?></p>
<?cs # whoever sends the page replaces the word between by lines, as they come ?>
<pre class="import-progress" role="log" aria-live="polite" aria-label="<?cs var:Page.title ?>">@PROGRESS@</pre>
<p><a class="button" href="<?cs var:Import.url ?>"><?cs var:Lang.import.result ?></a></p>
<?cs /def ?>
<?cs include:"layout.cs" ?>
