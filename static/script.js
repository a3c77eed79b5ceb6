// Makes the pages a little nicer; every page does its work without it.
'use strict';

(() => {
  // A browser may refuse storage: then a setting lasts as long as the page.
  const recall = (store, key) => {
    try { return window[store].getItem(key); } catch { return null; }
  };
  const keep = (store, key, value) => {
    try { window[store].setItem(key, value); } catch { /* not kept */ }
  };

  // What went wrong is read first.
  const problem = document.querySelector('#errors, #conflict, #filter-errors');
  if (problem) {
    if (!problem.hasAttribute('tabindex')) problem.tabIndex = -1;
    problem.focus();
  }

  // Warn before leaving a form whose entries are not saved.
  for (const form of document.querySelectorAll('form[data-guard]')) {
    const entries = () => JSON.stringify([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
    const saved = problem ? '' : entries(); // sent back with a problem: nothing of it is saved
    let sending = false;
    form.addEventListener('submit', () => { sending = true; });
    window.addEventListener('pageshow', () => { sending = false; });
    window.addEventListener('beforeunload', (event) => {
      if (!sending && entries() !== saved) event.preventDefault();
    });
  }

  // The filter panel: open beside the table on wide screens, closed above it on narrow ones, until somebody decides otherwise.
  const panel = document.querySelector('details.filter-panel');
  if (panel) {
    const wide = window.matchMedia('(min-width: 84em)');
    const key = () => (wide.matches ? 'filter-panel-wide' : 'filter-panel-narrow');
    const arrange = () => {
      const wanted = recall('sessionStorage', key()) ?? (wide.matches ? 'open' : 'closed');
      panel.open = wanted === 'open' || problem !== null;
    };
    arrange();
    wide.addEventListener('change', arrange);
    panel.querySelector('summary').addEventListener('click', () => {
      keep('sessionStorage', key(), panel.open ? 'closed' : 'open'); // the click comes before the change
    });
  }

  // The menu of files lies over the table: a click elsewhere or Escape closes it.
  const exportMenu = document.querySelector('details.export-menu');
  if (exportMenu) {
    document.addEventListener('click', (event) => {
      if (!exportMenu.contains(event.target) || event.target.closest('.export-menu a')) exportMenu.open = false;
    });
    exportMenu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      exportMenu.open = false;
      exportMenu.querySelector('summary').focus();
    });
  }

  // One tick for all rows of the page: full, empty, or in between.
  const page = document.querySelector('[data-tick-page]');
  if (page) {
    const ticks = [...document.querySelectorAll('input[form="bulk"][name="contract"]')];
    const show = () => {
      const ticked = ticks.filter((tick) => tick.checked).length;
      page.checked = ticked > 0 && ticked === ticks.length;
      page.indeterminate = ticked > 0 && ticked < ticks.length;
    };
    page.closest('label').hidden = false;
    show();
    page.addEventListener('change', () => { for (const tick of ticks) tick.checked = page.checked; });
    for (const tick of ticks) tick.addEventListener('change', show);
    window.addEventListener('pageshow', show); // the browser brings ticks back
  }

  // "/" goes to the search field, unless somebody is typing, has switched it off, or has only a touch screen.
  const search = document.getElementById('q');
  const choice = document.querySelector('[data-search-key]');
  if (search && choice && !window.matchMedia('(hover: none) and (pointer: coarse)').matches) {
    const show = () => {
      if (choice.checked) search.setAttribute('aria-keyshortcuts', '/');
      else search.removeAttribute('aria-keyshortcuts');
    };
    choice.checked = recall('localStorage', 'search-key') !== 'off';
    choice.closest('label').hidden = false;
    show();
    choice.addEventListener('change', () => {
      keep('localStorage', 'search-key', choice.checked ? 'on' : 'off');
      show();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !choice.checked) return;
      const at = event.target;
      const typing = at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement || at.isContentEditable
        || (at instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(at.type));
      if (typing) return;
      event.preventDefault();
      if (panel && panel.contains(search)) panel.open = true;
      search.focus();
      search.select();
    });
  }
})();
