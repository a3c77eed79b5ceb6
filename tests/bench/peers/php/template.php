<!DOCTYPE html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Verträge – Supportlevel</title>
<link rel="stylesheet" href="/static/style.css">
<link rel="stylesheet" href="/static/print.css" media="print">
<link rel="icon" href="/static/icons/favicon.svg" type="image/svg+xml">
<script src="/static/script.js" defer></script>
</head>
<body>
<a class="skip-link" href="#content">Zum Inhalt springen</a>
<header class="site-head">
  <a class="brand" href="/">Supportlevel</a>
  <nav class="site-nav" aria-label="Hauptnavigation">
    <a href="/">Übersicht</a>
    <a href="/entitlement">Anspruch</a>
    <a href="/requests">Anfragen</a>
    <a href="/contracts" aria-current="page">Verträge</a>
    <a href="/customers">Kunden</a>
    <a href="/levels">Supportlevel</a>
    <a href="/reports/levels">Bericht</a>
    <a href="/views">Ansichten</a>
  </nav>
  <div class="site-user">
    <form class="language" method="post" action="/settings/language" aria-label="Sprache">
      <input type="hidden" name="csrf" value="<?= h($csrf) ?>"><input type="hidden" name="to" value="<?= h($address) ?>">
      <button name="language" value="de" lang="de" aria-pressed="true">Deutsch</button>
      <button name="language" value="en" lang="en" aria-pressed="false">English</button>
    </form>
    <span class="who"><span class="visually-hidden">Angemeldet als </span><?= h($user['name']) ?> <small><?= h($user['role']) ?></small></span>
    <a class="link-button" href="/settings/tokens">Token</a>
    <form method="post" action="/logout"><input type="hidden" name="csrf" value="<?= h($csrf) ?>"><button class="link-button" type="submit">Abmelden</button></form>
  </div>
</header>
<main id="content" tabindex="-1">
<p class="print-only print-head"><strong>Supportlevel</strong> <span>Stand <?= h($today) ?></span></p>
<div class="page-head"><h1>Verträge</h1></div>
<div class="list-layout">
<details class="filter-panel" open>
<summary>Auswahl</summary>
<form class="filter" method="get" action="/contracts">
  <div class="filter-field">
    <label for="q">Suche</label>
    <input id="q" name="q" type="search" value="" maxlength="200">
  </div>
  <div class="filter-field">
    <label for="level">Supportlevel</label>
    <select id="level" name="level" multiple size="<?= h(count($levels)) ?>" aria-describedby="level-help">
      <?php foreach ($levels as $level) { ?><option value="<?= h($level['code']) ?>"<?php if ($level['selected']) { ?> selected<?php } ?>><?= h($level['text']) ?> (<?= h($level['count']) ?>)</option><?php } ?>
    </select>
    <p class="form-help" id="level-help">Mehrere mit Strg oder Umschalt; nichts markiert: alle.</p>
  </div>
  <fieldset>
    <legend>Status</legend>
    <div class="choices-two"><?php foreach ($statuses as $status) { ?><label class="choice"><input type="checkbox" name="status" value="<?= h($status['name']) ?>"<?php if ($status['selected']) { ?> checked<?php } ?>> <span><?= h($status['text']) ?></span></label><?php } ?></div>
  </fieldset>
  <fieldset>
    <legend>Vertragsart</legend>
    <?php foreach ($types as $type) { ?><label class="choice"><input type="checkbox" name="type" value="<?= h($type['code']) ?>"> <span><?= h($type['name']) ?></span></label><?php } ?>
  </fieldset>
  <?php foreach ($ranges as $range) { ?>
  <fieldset class="range">
    <legend><?= h($range['text']) ?></legend>
    <label><span>von</span> <input name="<?= h($range['name']) ?>_from" value="" size="11" autocomplete="off"></label>
    <label><span>bis</span> <input name="<?= h($range['name']) ?>_to" value="" size="11" autocomplete="off"></label>
  </fieldset>
  <?php } ?>
  <p class="form-help filter-help" id="day-help">Datum wie 31.12.2026, oder beweglich: today, +90d, -1m, +1y.</p>
  <div class="filter-field">
    <label for="customer">Kundennummer</label>
    <input id="customer" name="customer" value="" maxlength="40">
  </div>
  <div class="filter-field">
    <label for="responsible">Verantwortlich</label>
    <select id="responsible" name="responsible">
      <option value="">alle</option><option value="me">ich</option><option value="none">— ohne —</option><?php foreach ($users as $other) { ?><option value="<?= h($other['name']) ?>"><?= h($other['display_name']) ?></option><?php } ?>
    </select>
  </div>
  <div class="filter-field">
    <label for="on">In Kraft am</label>
    <input id="on" name="on" value="" size="11" autocomplete="off" aria-describedby="day-help">
  </div>
  <div class="filter-field">
    <label for="per">Zeilen je Seite</label>
    <select id="per" name="per"><option value="25">25</option><option value="50" selected>50</option><option value="100">100</option><option value="200">200</option></select>
  </div>
  <input type="hidden" name="sort" value="number">
  <div class="filter-actions">
    <button class="button button-primary" type="submit">Anzeigen</button>
    <a class="button" href="/contracts">Zurücksetzen</a>
  </div>
</form>
</details>
<section class="list-main" aria-labelledby="selection-title">
  <nav class="level-choices" aria-label="Nach Supportlevel wählen"><ul>
    <?php foreach ($levels as $level) { ?><li><a href="<?= h($level['url']) ?>"<?php if ($level['selected']) { ?> aria-current="true"<?php } ?>><?= h($level['short']) ?> <span class="count"><?= h($level['count']) ?></span></a></li><?php } ?>
  </ul></nav>
  <div class="selection">
    <h2 id="selection-title" class="visually-hidden">Auswahl</h2>
    <p class="total" role="status"><?= h($total) ?> Verträge</p>
    <ul class="selection-parts">
      <?php foreach ($parts as $part) { ?><li><a class="selection-part" href="<?= h($part['url']) ?>"><span><?= h($part['text']) ?></span> <span aria-hidden="true" class="remove">×</span><span class="visually-hidden"> entfernen</span></a></li><?php } ?>
    </ul>
    <p class="part">Vertrag 1–<?= h(count($rows)) ?> von <?= h($total) ?></p>
    <div class="exports">
      <a href="/contracts/columns?<?= h($query) ?>">Spalten</a>
      <a href="/views/new?<?= h($query) ?>">Ansicht speichern</a>
      <details class="export-menu">
        <summary>Ausgeben</summary>
        <ul>
          <li><a href="/contracts.csv?<?= h($query) ?>"><strong>CSV</strong> <span>Die ganze Auswahl ohne Grenze, für Programme und den Import (RFC 4180)</span></a></li>
          <li><a href="/contracts.csv?<?= h($query) ?>&amp;format=excel"><strong>CSV für Excel</strong> <span>Die ganze Auswahl ohne Grenze, für Excel auf Deutsch: Semikolon, 1234,50 und 31.12.2026</span></a></li>
          <li><a href="/contracts.xlsx?<?= h($query) ?>"><strong>XLSX</strong> <span>Excel-Arbeitsmappe, mit Datum und Zahlen; bis etwa 500.000 Verträge</span></a></li>
          <li><a href="/contracts.json?<?= h($query) ?>"><strong>JSON</strong> <span>Für Programme: je Seite 50 Verträge, mit der Adresse der nächsten Seite</span></a></li>
          <li><a href="/contracts.ics?<?= h($query) ?>"><strong>iCalendar</strong> <span>Fristen und Vertragsenden der Auswahl, einmalig für ein Kalenderprogramm</span></a></li>
          <li><a href="/settings/calendars/new?<?= h($query) ?>"><strong>Kalender abonnieren</strong> <span>Dieselben Tage, vom Kalenderprogramm selbst aktuell gehalten</span></a></li>
        </ul>
      </details>
    </div>
  </div>
  <section class="table-region" aria-labelledby="list-caption" tabindex="0">
  <table class="list contracts">
    <caption id="list-caption" class="visually-hidden">Verträge: <?= h($total) ?> Verträge</caption>
    <thead><tr>
      <?php foreach ($columns as $column) { ?><th scope="col" class="column-<?= h($column['class']) ?>"<?php if ($column['sorted']) { ?> aria-sort="ascending"<?php } ?>><a href="/contracts?<?= h($query) ?>&amp;sort=<?= h($column['sort']) ?>"><?= h($column['text']) ?></a></th><?php } ?>
    </tr></thead>
    <tbody>
    <?php foreach ($rows as $row) { ?><tr>
      <th scope="row" class="key" data-label="Nummer"><a href="/contracts/<?= h($row['id']) ?>"><?= h($row['number']) ?></a></th>
      <td class="title" data-label="Bezeichnung"><?= h($row['title']) ?></td>
      <td class="customer" data-label="Kunde"><a href="/customers/<?= h($row['customer_id']) ?>"><?= h($row['customer_name']) ?></a></td>
      <td data-label="Level"><span class="badge badge-level" title="<?= h($row['level_name']) ?>"><?= h($row['level']) ?></span></td>
      <td data-label="Art"><?= h($row['type']) ?></td>
      <td class="status" data-label="Status"><span class="badge badge-status-<?= h($row['status']) ?>"><?= h($row['status_text']) ?></span></td>
      <td class="date" data-label="Beginn"><?= h($row['starts_on']) ?></td>
      <td class="date" data-label="Ende"><?= h($row['term_ends_on']) ?></td>
      <td class="date" data-label="Kündbar bis"><?= h($row['notice_by']) ?></td>
      <td class="number" data-label="Monatswert"><?= h($row['monthly_value']) ?></td>
      </tr><?php } ?>
    </tbody>
  </table>
  </section>
  <?php if ($next) { ?><nav class="pager" aria-label="Seiten">
    <a class="per-most" href="/contracts?<?= h($query) ?>&amp;per=200">200 Zeilen je Seite</a>
    <a class="button" rel="next" href="/contracts?<?= h($query) ?>&amp;after=<?= h($next) ?>">Weiter</a>
  </nav><?php } ?>
</section>
</div>
</main>
</body>
</html>
