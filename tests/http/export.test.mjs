// Files of a selection: CSV (RFC 4180), CSV for Excel, XLSX, JSON.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { createContract, manyContracts, selection } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';
import { dayOfNumber, readWorkbook } from '../support/xlsx.mjs';

const stack = sharedStack();
manyContracts(stack);
const editor = await signedIn(stack, 'editor');
// What has a meaning in a file; made before the first test reads anything.
await createContract(editor, { title: 'a "quoted"; thing, indeed', note: 'line 1\nline 2; more', reference: '=1+1', amount: '1234567,89', ends_on: '2026-12-31', renewal_months: '12', notice_period: '3m', notice_to: 'term' });
await createContract(editor, { title: '@SUM(1)', note: '-2+3', reference: '_x0041_', starts_on: '1899-12-31' });
const FIELDS = ['number', 'title', 'customer_number', 'customer_name', 'type', 'level', 'starts_on', 'ends_on', 'renewal_months', 'notice_period', 'notice_to',
  'cancelled_on', 'cancelled_to', 'amount', 'billing_months', 'currency', 'responsible', 'reference', 'note'];

/** RFC 4180, strictly: CRLF between records, quotes doubled. */
function parseCsv(text, separator = ',') {
  const records = [];
  let at = 0;
  while (at < text.length) {
    const record = [];
    for (;;) {
      let value = '';
      if (text[at] === '"') {
        for (at += 1; ; at += 1) {
          assert.ok(at < text.length, 'a closing quote');
          if (text[at] === '"' && text[at + 1] === '"') at += 1;
          else if (text[at] === '"') break;
          value += text[at];
        }
        at += 1;
      } else {
        const end = (separator === ',' ? /[,\r\n"]|$/ : /[;\r\n"]|$/).exec(text.slice(at)).index + at;
        value = text.slice(at, end);
        at = end;
      }
      record.push(value);
      if (text[at] !== separator) break;
      at += 1;
    }
    assert.equal(text.slice(at, at + 2), '\r\n', `a record's end after ${record[0]}`);
    at += 2;
    records.push(record);
  }
  return records;
}

test('CSV: header in the field names, every contract of the selection, in its order', async () => {
  const answer = await editor.get('/contracts.csv?level=L1&level=none&sort=-value');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/csv; *charset=utf-8/i);
  assert.match(answer.headers.get('content-disposition'), /^attachment; *filename="?[\w.-]+\.csv"?/);
  const [header, ...records] = parseCsv(answer.text.replace(/^\ufeff/, ''));
  for (const field of FIELDS) assert.ok(header.includes(field), field);
  const contracts = await selection(editor, 'level=L1&level=none&sort=-value&per=200');
  const number = header.indexOf('number');
  assert.deepEqual(records.map((record) => record[number]), contracts.map((contract) => contract.number));
  assert.ok(records.every((record) => record.length === header.length));
  for (const [at, record] of records.entries()) {
    for (const field of ['title', 'customer_name', 'starts_on', 'amount', 'note']) {
      assert.equal(record[header.indexOf(field)].replace(/^'(?=[=+\-@])/, ''), contracts[at][field] ?? '', `${contracts[at].number} ${field}`);
    }
  }
});

test('CSV: quotes, commas, line breaks and formulas', async () => {
  const { fields } = await createContract(editor, { title: 'a "quoted", thing', note: 'line 1\nline 2', reference: '=1+1' });
  const answer = await editor.get(`/contracts.csv?q=${fields.number}`);
  const [header, ...records] = parseCsv(answer.text.replace(/^\ufeff/, ''));
  const record = records.find((one) => one[header.indexOf('number')] === fields.number);
  assert.equal(record[header.indexOf('title')], 'a "quoted", thing');
  assert.match(record[header.indexOf('note')], /^line 1\r?\nline 2$/);
});

// ---- for Excel ----

const GERMAN = ['Vertragsnummer', 'Bezeichnung', 'Kundennummer', 'Kunde', 'Vertragsart', 'Supportlevel', 'Beginn', 'Ende', 'Verlängerung (Monate)', 'Kündigungsfrist',
  'Kündigung zum', 'Gekündigt am', 'Gekündigt zum', 'Betrag', 'Abrechnung (Monate)', 'Währung', 'Verantwortlich', 'Referenz', 'Notiz', 'Status', 'Laufzeit endet', 'Kündbar bis', 'Monatswert'];
const DAYS = ['starts_on', 'ends_on', 'cancelled_on', 'cancelled_to', 'term_ends_on', 'notice_by'];
const MONEY = ['amount', 'monthly_value'];
const COLUMNS = [...FIELDS, 'status', 'term_ends_on', 'notice_by', 'monthly_value'];
const STATUS = { upcoming: 'künftig', active: 'aktiv', cancelled: 'gekündigt', ended: 'beendet' };
const germanDay = (iso) => iso.split('-').reverse().join('.');

/** Exported and imported again: nothing is new, nothing changes. */
function unchangedByImport(text) {
  const directory = mkdtempSync(join(tmpdir(), 'supportlevel-export-'));
  const file = join(directory, 'contracts.csv');
  writeFileSync(file, text);
  const run = stack.tool(['import', file]);
  rmSync(directory, { recursive: true });
  assert.equal(run.status, 0, run.stderr);
  const [, unchanged] = /: 0 new, 0 changed, (\d+) unchanged/.exec(run.stdout.trim().split('\n').at(-1)) ?? assert.fail(run.stdout);
  assert.equal(Number(unchanged), Number(stack.databaseValue('SELECT COUNT(*) FROM contract')));
}

test('CSV for Excel: German names, semicolons, days and decimals as Germans write them', async () => {
  const answer = await editor.get('/contracts.csv?sort=-value&format=excel');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/csv; *charset=utf-8/i);
  assert.ok(answer.text.startsWith('\ufeff'), 'the mark by which Excel knows UTF-8');
  const [header, ...records] = parseCsv(answer.text.slice(1), ';');
  assert.deepEqual(header, GERMAN);
  const contracts = await selection(editor, 'sort=-value&per=200');
  assert.equal(records.length, contracts.length);
  for (const [at, record] of records.entries()) {
    for (const [place, field] of COLUMNS.entries()) {
      const value = String(contracts[at][field] ?? '');
      const expected = DAYS.includes(field) ? germanDay(value) : MONEY.includes(field) ? value.replace('.', ',') : field === 'status' ? STATUS[value] : value;
      if (field !== 'notice_to') assert.equal(record[place].replace(/^'(?=[=+\-@])/, ''), expected, `${contracts[at].number} ${field}`);
    }
  }
});

test('CSV for Excel is the same for whoever reads English', async () => {
  const german = await editor.get('/contracts.csv?level=L1&format=excel');
  const english = await editor.get('/contracts.csv?level=L1&lang=en&format=excel');
  assert.equal(english.text, german.text);
});

test('CSV can be imported again and changes nothing', async () => unchangedByImport((await editor.get('/contracts.csv')).text));

test('CSV for Excel can be imported again and changes nothing', async () => unchangedByImport((await editor.get('/contracts.csv?format=excel')).text));

test('format is a parameter of the CSV alone, with one value, once', async () => {
  for (const path of ['/contracts.csv?format=word', '/contracts.csv?format=excel&format=excel', '/contracts.json?format=excel', '/contracts.xlsx?format=excel', '/contracts?format=excel']) {
    const answer = await editor.get(path);
    assert.equal(answer.status, 400, path);
    assert.match(answer.text, /format/, path);
  }
  assert.equal((await editor.get('/contracts.csv?level=L1&format=')).text, (await editor.get('/contracts.csv?level=L1')).text);
});

// ---- workbooks ----

async function workbook(query) {
  const answer = await editor.get(`/contracts.xlsx${query}`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-disposition'), /^attachment; *filename="contracts\.xlsx"/);
  return readWorkbook(answer.bytes);
}

test('XLSX: the whole selection in its order, days and numbers as such', async () => {
  const { sheets: [sheet, ...others] } = await workbook('?sort=-value');
  const contracts = await selection(editor, 'sort=-value&per=200');
  assert.deepEqual(others, []);
  assert.equal(sheet.name, 'Verträge');
  const [head, ...rows] = sheet.rows;
  assert.equal(rows.length, contracts.length);
  assert.equal(head.length, COLUMNS.length);
  for (const [at, row] of rows.entries()) {
    for (const [place, field] of COLUMNS.entries()) {
      const what = `${contracts[at].number} ${field}`;
      const value = contracts[at][field];
      const cell = row[place];
      if (value === null || value === '') assert.equal(cell, undefined, what);
      else if (DAYS.includes(field) && value >= '1900') assert.deepEqual([dayOfNumber(cell.number), cell.format], [value, 'dd\\.mm\\.yyyy'], what);
      else if (MONEY.includes(field)) assert.deepEqual([cell.number.toFixed(2), cell.format], [value, '#,##0.00'], what);
      else if (typeof value === 'number') assert.equal(cell.number, value, what);
      else if (field === 'status') assert.equal(cell.text, STATUS[value], what);
      else if (field !== 'notice_to') assert.equal(cell.text, value, what);
    }
  }
});

test('XLSX: the head stays in sight, is bold and filters; nothing is a formula', async () => {
  const { sheets: [sheet] } = await workbook('');
  assert.equal(sheet.frozen, 1);
  assert.ok(sheet.rows[0].every((cell) => cell.bold));
  assert.equal(sheet.filter, `A1:W${sheet.rows.length}`);
  assert.ok(sheet.rows.flat().every((cell) => !cell || cell.formula === undefined));
  assert.ok(sheet.rows.some((row) => row.some((cell) => cell?.text === '=1+1')));
});

test('XLSX of nothing has its head', async () => {
  const { sheets: [sheet] } = await workbook('?customer=no-such-customer');
  assert.equal(sheet.rows.length, 1);
});

for (const [language, name] of [['de', 'Verträge'], ['en', 'Contracts']]) {
  test(`XLSX in ${language}: what it holds can be imported again and changes nothing`, async () => {
    const { sheets: [sheet] } = await workbook(`?lang=${language}`);
    assert.equal(sheet.name, name);
    const text = (cell) => (cell === undefined ? '' : cell.text ?? (/yyyy/.test(cell.format) ? dayOfNumber(cell.number) : cell.format === 'General' ? String(cell.number) : cell.number.toFixed(2)));
    const quoted = (value) => `"${value.replaceAll('"', '""')}"`;
    const width = sheet.rows[0].length;
    unchangedByImport(sheet.rows.map((row) => Array.from({ length: width }, (_, place) => quoted(text(row[place]))).join(',')).join('\r\n') + '\r\n');
  });
}

test('HEAD of a file says what it is and sends nothing', async () => {
  for (const [path, type] of [['/contracts.csv', /^text\/csv/], ['/contracts.xlsx', /spreadsheetml/]]) {
    const answer = await editor.request(path, { method: 'HEAD' });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), type);
    assert.equal(answer.text, '');
  }
});

test('the page offers every file of its selection', async () => {
  const page = await editor.get('/contracts?level=L1&status=active');
  const query = 'level=L1&status=active';
  const links = [...page.document.querySelectorAll('.export-menu a')].map((link) => link.getAttribute('href'));
  assert.deepEqual(links.map((link) => link.replace(/^.*\/(contracts|settings\/calendars)/, '')),
    [`.csv?${query}`, `.csv?${query}&format=excel`, `.xlsx?${query}`, `.json?${query}`, `.ics?${query}`, `/new?${query}`]);
  for (const link of links) assert.equal((await editor.get(link)).status, 200, link);
});

// ---- chosen columns ----

const CHOSEN = 'cols=updated,status,title,notice_by,monthly_value,number';
/** What `updated` is on the wall in Berlin, as Germans write it. */
const onTheWall = (iso) => new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)).replace(',', '');

test('CSV has the chosen columns in their order', async () => {
  const [header, ...records] = parseCsv((await editor.get(`/contracts.csv?sort=-value&${CHOSEN}`)).text);
  const contracts = await selection(editor, 'sort=-value&per=200');
  assert.equal(header.join(), CHOSEN.slice('cols='.length));
  assert.deepEqual(records.map((record) => record.map((cell) => cell.replace(/^'(?=[=+\-@])/, ''))),
    contracts.map((contract) => [contract.updated_at.replace(/^(.{10}).(.{8}).*$/, '$1T$2Z'), contract.status, contract.title, contract.notice_by ?? '', contract.monthly_value, contract.number]));
});

test('CSV for Excel has the chosen columns in their order', async () => {
  const answer = await editor.get(`/contracts.csv?sort=-value&${CHOSEN}&format=excel`);
  const [header, ...records] = parseCsv(answer.text.slice(1), ';');
  const contracts = await selection(editor, 'sort=-value&per=200');
  assert.deepEqual(header, ['Geändert', 'Status', 'Bezeichnung', 'Kündbar bis', 'Monatswert', 'Vertragsnummer']);
  assert.deepEqual(records.map(([updated, , , notice, value, number]) => [updated, notice, value, number]),
    contracts.map((contract) => [onTheWall(contract.updated_at), germanDay(contract.notice_by ?? ''), contract.monthly_value.replace('.', ','), contract.number]));
});

test('XLSX has the chosen columns in their order', async () => {
  const { sheets: [sheet] } = await workbook(`?sort=-value&${CHOSEN}`);
  const contracts = await selection(editor, 'sort=-value&per=200');
  const [head, ...rows] = sheet.rows;
  assert.deepEqual(head.map((cell) => cell.text), ['Geändert', 'Status', 'Bezeichnung', 'Kündbar bis', 'Monatswert', 'Nummer']);
  assert.equal(sheet.filter, `A1:F${sheet.rows.length}`);
  for (const [at, [updated, status, title, , value, number]] of rows.entries()) {
    const contract = contracts[at];
    const moment = new Date(Date.UTC(1899, 11, 30) + Math.round(updated.number * 86400) * 1000).toISOString();
    assert.equal(updated.format, 'dd\\.mm\\.yyyy hh:mm');
    assert.equal(`${germanDay(moment.slice(0, 10))} ${moment.slice(11, 16)}`, onTheWall(contract.updated_at));
    assert.deepEqual([status.text, title.text, value.number.toFixed(2), number.text], [STATUS[contract.status], contract.title, contract.monthly_value, contract.number]);
  }
});

test('a file of one column has a record for every contract', async () => {
  const total = Number(stack.databaseValue('SELECT COUNT(*) FROM contract'));
  for (const column of ['note', 'notice_by', 'ends_on']) {
    assert.equal(parseCsv((await editor.get(`/contracts.csv?cols=${column}`)).text).length, total + 1, column);
    assert.equal(parseCsv((await editor.get(`/contracts.csv?cols=${column}&format=excel`)).text.slice(1), ';').length, total + 1, column);
    assert.doesNotMatch((await editor.get(`/contracts.csv?cols=${column}`)).text, /\r\n\r\n/, 'an empty line is no record');
  }
});

test('whatever columns an export has, the import knows them', async () => {
  const all = [...COLUMNS, 'updated'].reverse().join();
  unchangedByImport((await editor.get(`/contracts.csv?cols=${all}`)).text);
  unchangedByImport((await editor.get(`/contracts.csv?cols=${all}&format=excel`)).text);
});

test('a column that there is not is named', async () => {
  for (const path of ['.csv?cols=colour', '.csv?format=excel&cols=colour', '.xlsx?cols=colour', '.ics?cols=colour']) {
    const answer = await editor.get(`/contracts${path}`);
    assert.equal(answer.status, 400, path);
    assert.match(answer.headers.get('content-type'), /^text\/plain/);
    assert.match(answer.text, /cols.*colour/, path);
  }
});

// ---- JSON ----

test('JSON of the table: the total, every field, the next page', async () => {
  const answer = await editor.get('/contracts.json?per=25');
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  const json = answer.json();
  assert.equal(typeof json.total, 'number');
  assert.equal(json.total_exact, true);
  assert.equal(json.contracts.length, 25);
  assert.match(json.next, /\/contracts\.json\?.*after=/);
  for (const contract of json.contracts) {
    for (const field of ['id', ...FIELDS, 'status', 'term_ends_on', 'notice_by', 'monthly_value', 'version']) assert.ok(field in contract, field);
    assert.equal(typeof contract.amount, 'string');
    assert.match(contract.starts_on, /^\d{4}-\d\d-\d\d$/);
  }
});

test('JSON of one contract is the same object', async () => {
  const [contract] = (await editor.get('/contracts.json?per=25')).json().contracts;
  assert.deepEqual((await editor.get(`/contracts/${contract.id}.json`)).json(), contract);
});

test('errors of JSON addresses are JSON', async () => {
  const missing = await editor.get('/contracts/4000000000.json');
  assert.equal(missing.status, 404);
  assert.equal(missing.headers.get('content-type'), 'application/problem+json', 'RFC 9457');
  const bad = await editor.get('/contracts.json?colour=blue');
  assert.equal(bad.status, 400);
  assert.ok(JSON.stringify(bad.json()).includes('colour'));
});
