<?cs # what several pages show alike ?>
<?cs # the script shows this: a key of one character must be one that can be switched off (WCAG 2.1.4) ?>
<?cs def:search_key() ?><label class="choice search-key" hidden><input type="checkbox" data-search-key> <span><?cs var:Lang.filter.search_key ?></span></label><?cs /def ?>

<?cs # what of a selection was not understood ?>
<?cs def:filter_errors() ?>
<?cs if:?FilterError.0.text ?>
<div class="notice notice-error" role="alert" tabindex="-1" id="filter-errors">
  <h2><?cs var:Lang.filter.not_understood ?></h2>
  <ul><?cs each:problem = FilterError ?><li><code><?cs var:problem.parameter ?></code>: <?cs var:problem.text ?></li><?cs /each ?></ul>
</div>
<?cs /if ?>
<?cs /def ?>

<?cs # why many contracts were not put back, and which of them stand in the way ?>
<?cs def:undo_refused() ?>
<?cs if:?Refused.text ?>
<div class="notice notice-error" role="alert" tabindex="-1" id="errors">
  <h2><?cs var:Lang.bulk.undo_refused ?></h2>
  <p><?cs var:Refused.text ?></p>
  <?cs if:subcount(Touched) > 0 ?><ul><?cs each:row = Touched ?><li><?cs if:row.url ?><a href="<?cs var:row.url ?>"><?cs var:row.number ?></a> <?cs /if ?><?cs var:row.title ?></li><?cs /each ?></ul><?cs /if ?>
  <?cs if:?Refused.more ?><p><?cs var:Refused.more ?></p><?cs /if ?>
</div>
<?cs /if ?>
<?cs /def ?>
