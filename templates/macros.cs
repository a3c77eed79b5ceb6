<?cs # what several pages show alike ?>
<?cs # the script shows this: a key of one character must be one that can be switched off (WCAG 2.1.4) ?>
<?cs def:search_key() ?><label class="choice search-key" hidden><input type="checkbox" data-search-key> <span><?cs var:Lang.filter.search_key ?></span></label><?cs /def ?>
