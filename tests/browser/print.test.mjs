// What lies on paper: A4, heads on each page, no row torn apart, no controls, the selection in words, date and page numbers.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, describe, test } from 'node:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, signedInPage, stack, using } from '../support/browser.mjs';

const directory = mkdtempSync(join(tmpdir(), 'supportlevel-print-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const contract = stack.databaseValue('SELECT MIN(id) FROM contract');

function run(...command) {
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

/** Prints a page: its size, and per sheet its text and its words with their places. */
async function print(page, path) {
  const file = join(directory, `${Math.random().toString(36).slice(2)}.pdf`);
  await page.goto(address(path));
  await page.pdf({ path: file, preferCSSPageSize: true });
  const size = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(run('pdfinfo', file)).slice(1).map((points) => Math.round((Number(points) / 72) * 25.4));
  const layout = run('pdftotext', '-layout', file, '-').split('\f').slice(0, -1);
  const sheets = run('pdftotext', '-bbox', file, '-').split('<page ').slice(1).map((part, at) => ({
    text: layout[at].replace(/[ \u00a0]+/g, ' '),
    words: [...part.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)]
      .map(([, left, top, right, bottom, text]) => ({ left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom), text })),
  }));
  return { size, sheets, text: sheets.map(({ text }) => text).join('\n') };
}

function checkFrame({ sheets, text, size }, wanted) {
  assert.deepEqual(size, wanted);
  sheets.forEach((sheet, at) => assert.match(sheet.text, new RegExp(`Seite ${at + 1} von ${sheets.length}\\s*$`)));
  assert.match(text, /Stand 11\.02\.2026/);
  for (const control of ['Abmelden', 'English', 'Zum Inhalt', 'Bearbeiten', 'Zurücksetzen', 'CSV']) assert.ok(!text.includes(control), control);
}

describe('the contract list', () => {
  test('is A4 on its side, with title, selection in words, date and page numbers, without controls', () => using(signedInPage('viewer'), async (page) => {
    const printed = await print(page, '/contracts?status=active&notice_to=2027-01-31&per=100');
    checkFrame(printed, [297, 210]);
    const [first] = printed.sheets;
    assert.match(first.text, /Verträge/);
    assert.match(first.text, /aktiv/);
    assert.match(first.text, /kündbar bis 31\.01\.2027/);
  }));

  test('repeats the head on each sheet and tears no row apart', () => using(signedInPage('viewer'), async (page) => {
    const { sheets } = await print(page, '/contracts?per=100');
    assert.ok(sheets.length > 2);
    const wanted = new Set(stack.database('SELECT number FROM contract ORDER BY number LIMIT 100').map(([number]) => number));
    let rows = 0;
    for (const { words } of sheets) {
      const numbers = words.filter(({ text }) => wanted.has(text));
      const head = words.find(({ text }) => text === 'Monatswert');
      assert.ok(head && words.some(({ text }) => text === 'Nummer'), 'the head is on each sheet');
      const values = words.filter(({ text, left, top }) => /^(€|[A-Z]{3})$/.test(text) && left > head.left && top > head.bottom);
      const lines = (found) => found.map(({ top }) => Math.round(top)).sort((one, other) => one - other);
      assert.deepEqual(lines(values), lines(numbers), 'number and value of each row on one sheet');
      const body = words.filter(({ top, text }) => top > head.bottom && text !== 'Seite');
      assert.ok(Math.min(...body.map(({ top }) => top)) > Math.min(...numbers.map(({ top }) => top)) - 4, 'no rest of a row at the top');
      rows += numbers.length;
    }
    assert.equal(rows, wanted.size);
  }));

  test('says that it is a part, and the whole does not', () => using(signedInPage('viewer'), async (page) => {
    const total = stack.databaseValue('SELECT COUNT(*) FROM contract');
    assert.match((await print(page, '/contracts?per=25')).text, new RegExp(`Vertrag 1–25 von ${total}`));
    await page.click('.pager [rel="next"]');
    await page.waitForURL(/after=/);
    assert.match((await print(page, page.url().slice(stack.baseUrl.length))).text, new RegExp(`25 von ${total} Verträgen, eine spätere Seite`));
    assert.ok(!(await print(page, '/contracts?level=none&type=MIETE')).text.includes(' von ' + total));
  }));
});

test("a contract's sheet is one upright A4 sheet", () => using(signedInPage('admin'), async (page) => {
  const printed = await print(page, `/contracts/${contract}`);
  checkFrame(printed, [210, 297]);
  assert.equal(printed.sheets.length, 1);
  const [[number, title]] = stack.database(`SELECT number, title FROM contract WHERE id = ${contract}`);
  assert.ok(printed.text.includes(number) && printed.text.includes(title));
  assert.ok(!printed.text.includes('löschen'));
}));

test('the levels lie side by side on one sheet', () => using(signedInPage('viewer'), async (page) => {
  const printed = await print(page, '/levels');
  checkFrame(printed, [297, 210]);
  assert.equal(printed.sheets.length, 1);
  for (const [code] of stack.database('SELECT code FROM support_level')) assert.ok(printed.text.includes(code), code);
}));

test('the overview is upright A4', () => using(signedInPage('viewer'), async (page) => {
  const printed = await print(page, '/');
  checkFrame(printed, [210, 297]);
  assert.match(printed.text, /%/);
}));

test('in English the page numbers are English', () => using(signedInPage('viewer', { locale: 'en-GB' }), async (page) => {
  const { sheets } = await print(page, '/contracts?level=L1&per=25&lang=en');
  sheets.forEach((sheet, at) => assert.match(sheet.text, new RegExp(`Page ${at + 1} of ${sheets.length}\\s*$`)));
}));

test('in English the paper lies as it does in German', () => using(signedInPage('viewer', { locale: 'en-GB' }), async (page) => {
  for (const path of ['/contracts?per=25&lang=en', '/reports/levels?by=type&lang=en', '/levels/compare?lang=en']) {
    assert.deepEqual((await print(page, path)).size, [297, 210], path);
  }
}));

describe('the level report', () => {
  test('is A4 on its side, with day, selection in words and page numbers, without controls', () => using(signedInPage('viewer'), async (page) => {
    const printed = await print(page, '/reports/levels?level=L1&level=none&by=type&on=2026-01-31');
    checkFrame(printed, [297, 210]);
    const [first] = printed.sheets;
    assert.match(first.text, /am 31\.01\.2026/);
    assert.match(first.text, /Supportlevel L1 oder ohne/);
    assert.ok(!printed.text.includes('XLSX'));
  }));

  test('repeats the head where its rows go on, and prints chart and months', () => using(signedInPage('viewer'), async (page) => {
    const { sheets, text } = await print(page, '/reports/levels?by=customer');
    const heads = sheets.filter((sheet) => /Monatswert/.test(sheet.text) && /Kunden/.test(sheet.text));
    assert.ok(heads.length > 1);
    for (const { words } of heads) {
      const head = words.find((word) => word.text === 'Monatswert');
      const values = words.filter((word) => /^€$/.test(word.text));
      assert.ok(values.every((word) => word.top > head.bottom), 'no row above the head');
    }
    for (const month of ['28.02.2025', '31.01.2026']) assert.ok(text.includes(month), month);
  }));

  for (const by of ['type', 'status', 'responsible', 'customer']) {
    test(`no level stands at the foot of a sheet without its parts: by ${by}`, () => using(signedInPage('viewer'), async (page) => {
      const { sheets } = await print(page, `/reports/levels?by=${by}`);
      for (const { text } of sheets.slice(0, -1)) {
        const rows = text.split('\n').filter((line) => /%/.test(line));
        assert.doesNotMatch(rows.at(-1) ?? '', /^ *(L\d|— ohne —)/, text);
      }
    }));
  }
});

test('the comparison is for a customer: one sheet, every level, no number of contracts', () => using(signedInPage('viewer'), async (page) => {
  const printed = await print(page, '/levels/compare');
  checkFrame(printed, [297, 210]);
  assert.equal(printed.sheets.length, 1);
  for (const [code] of stack.database('SELECT code FROM support_level')) assert.ok(printed.text.includes(code), code);
  assert.ok(!/Verträge/.test(printed.text));
}));
