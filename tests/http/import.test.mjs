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

function importFile(bytes) {
  files += 1;
  const file = join(directory, `${files}.csv`);
  writeFileSync(file, bytes);
  return stack.tool(['import', file]);
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
