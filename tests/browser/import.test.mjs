// An import by hand: upload, columns and words, preview, import, undo; with the keyboard alone, on a telephone, in the dark, and for a screen reader.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityProblems, address, NARROW, overflow, pathOf, signedInPage, stack, texts, using } from '../support/browser.mjs';
import { newNumber } from '../support/contracts.mjs';

const HEAD = 'Nr. des Vertrags;Bezeichnung;Kundennummer;Kunde;Vertragsart;Supportlevel;Beginn;Betrag';
const file = (text) => ({ name: 'Verträge aus dem alten Programm.csv', mimeType: 'text/csv', buffer: Buffer.from(`${HEAD}\r\n${text}`, 'latin1') });
const line = (number, level = 'L1', day = '01.02.2026') => `${number};Wartung für Müller;BI-${number};Müller & Söhne;Wartungsvertrag;${level};${day};1.234,50\r\n`;
const contracts = () => Number(stack.databaseValue('SELECT COUNT(*) FROM contract'));
// A narrow window names the column too.
const field = (page, head) => page.getByRole('combobox', { name: head });

async function upload(page, text) {
  await page.goto(address('/import'));
  await page.setInputFiles('#file', file(text));
  await page.getByRole('button', { name: 'Hochladen und prüfen' }).press('Enter');
  await page.waitForURL(/\/import\/\d+$/);
}

/** What every page of the import has to be in this window. */
async function isInOrder(page) {
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.ok((await overflow(page)) <= 0, `${pathOf(page)} is wider than its window`);
}

test('from a file with words of another program to contracts, and back, without a mouse', () => using(signedInPage('admin'), async (page) => {
  const [number, other] = [newNumber('B'), newNumber('B')];
  const before = contracts();
  await upload(page, line(number, `Gold ${number}`) + line(other, 'L2', '31.02.2026'));
  assert.equal(await page.getByLabel('Trennzeichen').inputValue(), 'semicolon');
  assert.match((await texts(page, '.import-samples')).join(' '), /Müller & Söhne/);
  await field(page, 'Nr. des Vertrags').selectOption({ label: 'Nummer' });
  await page.getByRole('button', { name: 'Weiter zur Vorschau' }).press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByRole('combobox', { name: `Gold ${number}` }).selectOption('=L3');
  await page.getByRole('button', { name: 'Weiter zur Vorschau' }).press('Enter');
  await page.getByRole('heading', { name: 'Import: Vorschau' }).waitFor();
  assert.deepEqual(await texts(page, '.card dd'), ['1', '0', '0', '1', '1']);
  assert.match((await texts(page, 'main table tbody')).join(' '), /3 Beginn/);
  assert.equal(contracts(), before);
  await page.getByRole('button', { name: /fehlerfreien/ }).press('Enter');
  await page.getByRole('heading', { name: 'Import', exact: true }).waitFor();
  assert.equal(contracts(), before + 1);
  assert.equal(stack.databaseValue(`SELECT code FROM contract JOIN support_level ON support_level.id = level_id WHERE contract.number = '${number}'`), 'L3');
  await page.getByRole('button', { name: 'Rückgängig machen' }).press('Enter');
  await page.getByText('Rückgängig gemacht').first().waitFor();
  assert.equal(contracts(), before);
}));

for (const [window, options] of [['wide', {}], ['a telephone', { viewport: NARROW }], ['dark', { colorScheme: 'dark' }]]) {
  test(`its pages are in order: ${window}`, () => using(signedInPage('admin', options), async (page) => {
    const number = newNumber('B');
    await page.goto(address('/import'));
    await isInOrder(page);
    await upload(page, line(number, `Silber ${number}`) + line(`${number}-2`, 'L2', 'bald'));
    await field(page, 'Nr. des Vertrags').selectOption({ label: 'Nummer' });
    await isInOrder(page);
    await page.getByRole('button', { name: 'Weiter zur Vorschau' }).click();
    await page.getByRole('alert').waitFor();
    await isInOrder(page);
    await page.getByRole('button', { name: 'Weiter zur Vorschau' }).click();
    await page.getByRole('heading', { name: 'Import: Vorschau' }).waitFor();
    await isInOrder(page);
    await page.getByRole('link', { name: 'Spalten ändern' }).click();
    await page.getByRole('button', { name: 'Verwerfen' }).click();
    await page.getByRole('heading', { name: 'Importe' }).waitFor();
    await isInOrder(page);
  }));
}
