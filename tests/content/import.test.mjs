// `supportlevel import`: the CSV of product.md's contract headers, as spreadsheets write it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { newNumber } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const viewer = await signedIn(stack, 'viewer');
const directory = mkdtempSync('/tmp/supportlevel-import-');
after(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;

function importFile(bytes, ...options) {
  files += 1;
  const file = join(directory, `${files}.csv`);
  writeFileSync(file, bytes);
  return stack.tool(['import', ...options, file]);
}

const contracts = () => Number(stack.databaseValue('SELECT COUNT(*) FROM contract'));
const stored = async (number) => (await viewer.get(`/contracts.json?q=${encodeURIComponent(number)}`)).json().contracts.find((contract) => contract.number === number);

function accepted(run, expected) {
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout.trim().split('\n').at(-1), expected);
}

/** Nothing was imported, and each of the expected lines was named with field and reason. */
function refused(run, before, ...expected) {
  assert.notEqual(run.status, 0, run.stdout);
  for (const pattern of expected) assert.match(run.stderr, pattern);
  assert.equal(contracts(), before);
}

const HEAD = 'number,title,customer_number,customer_name,type,level,starts_on';

test('comma, ISO, field names; the customer is created on the way', async () => {
  const number = newNumber('I');
  accepted(importFile(`${HEAD},ends_on,amount\r\n${number},Anlage Süd,IK-${number},Neukunde Müller,WARTUNG,L2,2026-01-01,2026-12-31,1234.50\r\n`), /: 1 new, 0 changed, 0 unchanged; 1 new customers/);
  const contract = await stored(number);
  assert.equal(contract.title, 'Anlage Süd');
  assert.equal(contract.customer_name, 'Neukunde Müller');
  assert.equal(contract.level, 'L2');
  assert.equal(contract.amount, '1234.50');
  assert.equal(contract.currency, 'EUR');
  assert.equal(contract.renewal_months, 0);
});

describe('as German Excel writes it', () => {
  const rows = (number) => `Vertragsnummer;Bezeichnung;Kundennummer;Kunde;Vertragsart;Supportlevel;Beginn;Ende;Verlängerung (Monate);Kündigungsfrist;Kündigung zum;Betrag;Abrechnung (Monate)\r\n` +
    `${number};"Prüfung; groß";IK-${number};Größl & Söhne;Wartungsvertrag;;01.02.2024;31.01.2026;12;3 Monate;Laufzeitende;"1.234,56";vierteljährlich\r\n`;
  const windows = (text) => Buffer.from(text, 'latin1');
  for (const [name, encode] of [['UTF-8', (text) => text], ['UTF-8 with its mark', (text) => `\ufeff${text}`], ['Windows-1252', windows]]) {
    test(name, async () => {
      const number = newNumber('I');
      accepted(importFile(encode(rows(number))), /: 1 new, 0 changed, 0 unchanged/);
      const contract = await stored(number);
      assert.equal(contract.title, 'Prüfung; groß');
      assert.equal(contract.customer_name, 'Größl & Söhne');
      assert.equal(contract.type, 'WARTUNG');
      assert.equal(contract.level, null);
      assert.equal(contract.starts_on, '2024-02-01');
      assert.equal(contract.notice_period, '3m');
      assert.equal(contract.notice_to, 'term');
      assert.equal(contract.amount, '1234.56');
      assert.equal(contract.billing_months, 3);
    });
  }

  test('the euro sign and quotes of Windows-1252', async () => {
    const number = newNumber('I');
    const bytes = Buffer.concat([Buffer.from(`${HEAD}\r\n${number},`), Buffer.from([0x84, 0x47, 0x75, 0x74, 0x93, 0x20, 0x80]), Buffer.from(`,IK-${number},Kunde,MIETE,L1,2026-01-01\r\n`)]);
    accepted(importFile(bytes), /: 1 new/);
    assert.equal((await stored(number)).title, '„Gut“ €');
  });
});

test('a known number is changed where the file has a column, and only there', async () => {
  const number = newNumber('I');
  accepted(importFile(`${HEAD},reference,amount\n${number},Alt,IK-${number},Kunde,MIETE,L1,2026-01-01,R-1,10\n`), /: 1 new/);
  accepted(importFile(`${HEAD}\n${number},Neu,IK-${number},Kunde,MIETE,,2026-01-01\n`), /: 0 new, 1 changed, 0 unchanged/);
  const contract = await stored(number);
  assert.equal(contract.title, 'Neu');
  assert.equal(contract.level, null, 'an empty cell is a value');
  assert.equal(contract.reference, 'R-1', 'no column: kept');
  assert.equal(contract.amount, '10.00');
  assert.equal(contract.version, 2);
  accepted(importFile(`${HEAD}\n${number},Neu,IK-${number},Kunde,MIETE,,2026-01-01\n`), /: 0 new, 0 changed, 1 unchanged/);
  assert.equal((await stored(number)).version, 2);
});

test('every bad line is named with its number, field and reason, and nothing is imported', () => {
  const before = contracts();
  const [a, b, c, d, e] = Array.from({ length: 5 }, () => newNumber('I'));
  const run = importFile(`${HEAD},ends_on,amount\n${a},gut,IK-${a},K,MIETE,L1,2026-01-01,,5\n${b},,IK-${a},K,MIETE,L1,2026-01-01,,\n${c},t,IK-${a},K,OTHER,L9,2026-02-30,,x\n` +
    `"${d}","zwei\nZeilen",IK-${a},K,MIETE,L1,2026-01-01,2025-01-01,\n${e},t,IK-${a},K,MIETE,L1,morgen,,\n`);
  refused(run, before, /:3: title: \S/, /:4: type: .*OTHER/, /:4: level: .*L9/, /:4: starts_on: \S/, /:4: amount: \S/, /:5: title: \S/, /:5: ends_on: \S/, /:7: starts_on: \S/, /nothing was imported: 8 problems/);
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM customer WHERE number = 'IK-${a}'`), '0', 'nor a customer');
});

test('the same number twice, in one piece and far apart', () => {
  const before = contracts();
  const number = newNumber('I');
  const line = (one) => `${one},t,IK-${number},K,MIETE,L1,2026-01-01\n`;
  refused(importFile(`${HEAD}\n${line(number)}${line(number.toLowerCase())}`), before, /:3: number: /);
  const many = Array.from({ length: 600 }, (_, at) => line(`${number}-${at}`)).join('');
  refused(importFile(`${HEAD}\n${line(number)}${many}${line(number)}`), before, /:603: number: /);
});

describe('refused as a whole', () => {
  const good = 'X-1,t,IK-X,K,MIETE,L1,2026-01-01';
  const CASES = [
    ['an empty file', '', /leer|empty/],
    ['no head', 'a,b,c\n1,2,3\n', /:1: /],
    ['an unknown column', `${HEAD},colour\n${good},blue\n`, /colour/],
    ['a column twice', `${HEAD},title\n${good},x\n`, /title/],
    ['a required column missing', 'number,title\nX-1,t\n', /customer_number/],
    ['too few cells', `${HEAD}\nX-1,t\n`, /:2: /],
    ['too many cells', `${HEAD}\n${good},more\n`, /:2: /],
    ['a quote never closed', `${HEAD}\n"X-1,t,IK-X,K,MIETE,L1,2026-01-01\n`, /:2: /],
    ['NUL bytes', `${HEAD}\nX-1\0,t,IK-X,K,MIETE,L1,2026-01-01\n`, /:2: |NUL/],
    ['UTF-16', Buffer.from(`\ufeff${HEAD}\n`, 'utf16le'), /:1: /],
    ['10,000 columns', `${Array.from({ length: 10000 }, (_, at) => `c${at}`).join(',')}\n`, /:1: /],
    ['a cell of 3 MB', `${HEAD}\nX-1,${'x'.repeat(3 << 20)},IK-X,K,MIETE,L1,2026-01-01\n`, /:2: /],
    ['another name for a known customer', () => `${HEAD}\nX-1,t,${stack.databaseValue('SELECT number FROM customer ORDER BY id LIMIT 1')},Ganz anders,MIETE,L1,2026-01-01\n`, /:2: customer_name: /],
    ['a new customer without a name', `${HEAD}\nX-1,t,IK-NAMELESS,,MIETE,L1,2026-01-01\n`, /:2: customer_name: /],
    ['an open-ended contract with notice to its term', `${HEAD},notice_period,notice_to\n${good},3m,term\n`, /:2: notice_to: /],
  ];
  for (const [what, content, reason] of CASES) {
    test(what, () => {
      const before = contracts();
      refused(importFile(typeof content === 'function' ? content() : content), before, reason);
    });
  }

  test('a file that is not there', () => {
    const run = stack.tool(['import', join(directory, 'no-such-file.csv')]);
    assert.notEqual(run.status, 0);
    assert.equal(run.stderr.trim().split('\n').length, 1);
  });
});

test('what looks like a formula is imported as it stands', async () => {
  const number = newNumber('I');
  accepted(importFile(`${HEAD}\n${number},=1+1,IK-${number},@Kunde,MIETE,L1,2026-01-01\n`), /: 1 new/);
  assert.equal((await stored(number)).title, '=1+1');
});

// ---- what the columns and words of another program mean ----

const FOREIGN = 'Vertrags-Nr;Betreff;Debitor;Firma;Art;Paket;ab;Gebühr;Bearbeiter;intern';
const foreign = (number, level = 'Gold', type = 'Vollwartung', day = '03/31/2026') => `${number};t;IK-${number};Kunde;${type};${level};${day};1.234;Frau Meier;x\n`;
const COLUMNS = ['Vertrags-Nr=number', 'betreff=title', 'Debitor=customer_number', 'Firma=customer_name', 'Art=type', 'Paket=Supportlevel', 'ab=starts_on', 'Gebühr=amount', 'Bearbeiter=responsible',
  'intern='].flatMap((pair) => ['--column', pair]);
const WORDS = ['--level', 'gold=L1', '--type', 'Vollwartung=WARTUNG', '--responsible', 'Frau Meier=editor', '--decimal', 'comma'];

test('columns and words are mapped by options; what was understood is told', async () => {
  const number = newNumber('I');
  const text = `${FOREIGN}\n${foreign(number)}`;
  const dry = importFile(text, ...COLUMNS, ...WORDS, '--dry-run');
  accepted(dry, /would be 1 new/);
  assert.match(dry.stdout, /separated by ;, UTF-8, numbers as 1\.234,56, days as 12\/31\/2026/);
  assert.match(dry.stdout, /^ {2}Paket: level$/m);
  const run = importFile(text, ...COLUMNS, ...WORDS);
  accepted(run, /: 1 new/);
  assert.match(run.stdout, /^ {2}intern: passed over$/m);
  assert.doesNotMatch(run.stdout, /Paket/);
  const contract = await stored(number);
  assert.deepEqual([contract.level, contract.type, contract.starts_on, contract.responsible, contract.amount], ['L1', 'WARTUNG', '2026-03-31', 'editor', '1234.00']);
});

test('without them nothing is imported, and each column is named', () => {
  refused(importFile(`${FOREIGN}\n${foreign(newNumber('I'))}`), contracts(), /:1: Paket: /, /:1: intern: /, /:1: title: /);
});

test('a word may mean none', async () => {
  const number = newNumber('I');
  accepted(importFile(`${FOREIGN}\n${foreign(number)}`, ...COLUMNS, ...WORDS, '--level', 'Gold=', '--responsible', 'Frau Meier='), /: 1 new/);
  const contract = await stored(number);
  assert.deepEqual([contract.level, contract.responsible], [null, null]);
});

test('unknown levels and types are created when that is asked for, and never otherwise', async () => {
  const number = newNumber('I');
  const text = `${FOREIGN}\n${foreign(number, 'Ganz neu', 'Sonderart')}`;
  const options = [...COLUMNS, '--responsible', 'Frau Meier=', '--decimal', 'comma'];
  refused(importFile(text, ...options), contracts(), /:2: level: .*Ganz neu/, /:2: type: .*Sonderart/);
  accepted(importFile(text, ...options, '--create', '--dry-run'), /would be 1 new/);
  assert.equal(stack.databaseValue("SELECT COUNT(*) FROM support_level WHERE name = 'Ganz neu'"), '0');
  accepted(importFile(text, ...options, '--create'), /: 1 new/);
  assert.deepEqual([(await stored(number)).level, (await stored(number)).type], ['GANZNEU', 'SONDERART']);
  stack.database(`DELETE FROM contract WHERE number = '${number}'; DELETE FROM support_level WHERE code = 'GANZNEU'; DELETE FROM contract_type WHERE code = 'SONDERART'`);
});

test('how the file is written can be said instead of being recognised', async () => {
  const number = newNumber('I');
  const text = `${FOREIGN}\n${foreign(number, 'Gold', 'Vollwartung', '02/03/2026')}`.replace('1.234', '1.23').replaceAll(';', '|');
  accepted(importFile(Buffer.from(text, 'latin1'), ...COLUMNS, ...WORDS, '--separator', '|', '--encoding', 'windows-1252', '--days', 'month-first', '--decimal', 'point'), /: 1 new/);
  const contract = await stored(number);
  assert.deepEqual([contract.starts_on, contract.amount], ['2026-02-03', '1.23']);
});

for (const [option, value, reason] of [['--column', 'Paket=colour', /no such field/], ['--column', 'Paket', /no = in it/], ['--level', 'Gold=L99', /no such code/], ['--type', 'Art=', /has to have one/],
  ['--responsible', 'Meier=nobody-here', /no such code/], ['--separator', 'x', /one of/], ['--encoding', 'EBCDIC', /one of/], ['--decimal', 'dot', /comma or point/], ['--days', 'year', /day-first or month-first/]]) {
  test(`an option that can't be followed is refused: ${option} ${value}`, () => {
    const run = importFile(`${FOREIGN}\n${foreign(newNumber('I'))}`, ...COLUMNS, ...WORDS, option, value);
    assert.equal(run.status, 2, run.stdout);
    assert.match(run.stderr, reason);
  });
}

test('a column that the file does not have is named', () => {
  refused(importFile(`${FOREIGN}\n${foreign(newNumber('I'))}`, ...COLUMNS, ...WORDS, '--column', 'Farbe='), contracts(), /:1: Farbe: /);
});
