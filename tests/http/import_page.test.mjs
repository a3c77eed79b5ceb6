// The import in the browser: recognised, mapped, looked at, imported, recorded and taken back.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { formFields, signedIn } from '../support/client.mjs';
import { newNumber } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';
import { parts, workbook, zip } from '../support/workbook.mjs';

const stack = sharedStack();
const admin = await signedIn(stack, 'admin');
const csrf = await admin.token();

const upload = (bytes, name = 'Verträge.csv') => admin.upload('/import', { csrf }, [{ field: 'file', name, bytes }]);
const fields = (page) => formFields(page.document.querySelector('main form[action^="/import/"]'));
const cards = (page) => [...page.document.querySelectorAll('.card dd')].map((one) => one.textContent);
const rows = (page) => [...page.document.querySelectorAll('main table tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent.trim()));
const contracts = () => stack.databaseValue('SELECT COUNT(*) FROM contract');
const contract = (number) => stack.database(`SELECT title, amount, starts_on, version FROM contract WHERE number = '${number}'`)[0];

/** Uploads, says what the columns mean, and comes to the preview. */
async function checked(bytes, changes = {}, name = 'Verträge.csv') {
  const sent = await upload(bytes, name);
  assert.equal(sent.status, 303, sent.text.slice(0, 3000));
  const address = sent.location;
  const page = await admin.get(address);
  assert.equal(page.status, 200);
  const form = fields(page);
  for (const [field, value] of Object.entries(changes)) form.set(field, value);
  const answer = await admin.post(address, [...form, ['step', 'check']]);
  return { address, page, answer, preview: answer.status === 303 ? await admin.get(answer.location) : answer };
}

const step = (address, name) => admin.post(address, { csrf, step: name });
const GERMAN = 'Vertragsnummer;Bezeichnung;Kundennummer;Kunde;Vertragsart;Supportlevel;Beginn;Betrag';
const german = (number, title = 'Anlage', level = 'L2') => `${number};${title};IP-${number};Größl;Wartungsvertrag;${level};01.02.2024;1.234\r\n`;

test('a file as German Excel writes it: recognised, looked at, imported whole, undone', async () => {
  const [one, two] = [newNumber('P'), newNumber('P')];
  const before = contracts();
  const { address, page, preview } = await checked(Buffer.from(`${GERMAN}\r\n${german(one)}${german(two, 'Groß')}`, 'latin1'));
  assert.equal(page.document.querySelector('[name="separator"] [selected]').getAttribute('value'), 'semicolon');
  assert.equal(page.document.querySelector('[name="encoding"] [selected]').getAttribute('value'), 'WINDOWS-1252');
  assert.equal(page.document.querySelector('[name="decimal"] [selected]').getAttribute('value'), 'comma');
  assert.match(rows(page)[3][2], /Größl/);
  assert.deepEqual(cards(preview), ['2', '0', '0', '0', '2']);
  assert.equal(contracts(), before, 'a preview changes nothing');
  const run = await step(address, 'run');
  assert.equal(run.status, 303);
  assert.deepEqual(contract(one), ['Anlage', '1234.00', '2024-02-01', '1'], 'a comma separates decimals here, so a point separates thousands');
  const record = await admin.get(run.location);
  assert.deepEqual(cards(record), ['2', '0', '0', '0', '2']);
  assert.equal((await step(address, 'run')).status, 303, 'a second click imports nothing twice');
  assert.equal(Number(contracts()), Number(before) + 2);
  assert.equal((await admin.submit(address, {}, 'form[action$="/undo"]')).status, 303);
  assert.equal(contracts(), before);
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM customer WHERE number = 'IP-${one}'`), '0');
  const again = await admin.post(`${address}/undo`, { csrf });
  assert.equal(again.status, 409);
  assert.match((await admin.get('/import')).text, /rückgängig gemacht/);
});

test('what was changed gets back what it had, unless somebody touched it since', async () => {
  const [one, two] = [newNumber('P'), newNumber('P')];
  const first = await checked(`${GERMAN}\r\n${german(one, 'Alt')}${german(two, 'Alt', '')}`);
  await step(first.address, 'run');
  const second = await checked(`${GERMAN}\r\n${german(one, 'Neu', 'L1')}${german(two, 'Alt', '')}`);
  assert.deepEqual(cards(second.preview), ['0', '1', '1', '0', '0']);
  await step(second.address, 'run');
  assert.deepEqual(contract(one).slice(0, 1), ['Neu']);
  assert.equal((await admin.post(`${first.address}/undo`, { csrf })).status, 409, 'the second import touched it');
  assert.equal((await admin.post(`${second.address}/undo`, { csrf })).status, 303);
  const restored = (await admin.get(`/contracts.json?q=${one}`)).json().contracts[0];
  assert.deepEqual([restored.title, restored.level, restored.amount, restored.customer_name, restored.version], ['Alt', 'L2', '1234.00', 'Größl', 3]);
  const touched = await admin.post(`${first.address}/undo`, { csrf });
  assert.equal(touched.status, 409);
  assert.match(touched.document.querySelector('#errors').textContent, new RegExp(one));
});

test('a new contract with support requests stays', async () => {
  const number = newNumber('P');
  const { address } = await checked(`${GERMAN}\r\n${german(number, 'Mit Anfrage')}`);
  await step(address, 'run');
  assert.equal((await admin.submit('/requests/new', { contract: number, subject: 'hängt daran' }, 'form[data-guard]')).status, 303);
  const undo = await admin.post(`${address}/undo`, { csrf });
  assert.equal(undo.status, 409);
  assert.match(undo.document.querySelector('#errors').textContent, new RegExp(`Supportanfragen[^]*${number}`));
  stack.database("DELETE FROM request WHERE subject = 'hängt daran'");
  assert.equal((await admin.post(`${address}/undo`, { csrf })).status, 303);
});

test('every problem by line and field; the good lines only by choice; the rejected ones as a file to mend', async () => {
  const [good, bad] = [newNumber('P'), newNumber('P')];
  const before = contracts();
  const { address, preview } = await checked(`${GERMAN}\n${german(good)}${bad};;IP-${bad};K;Wartungsvertrag;L2;31.02.2024;abc\n${german(good, 'noch einmal')}`);
  assert.deepEqual(cards(preview).slice(0, 4), ['1', '0', '0', '2']);
  assert.deepEqual(rows(preview).map(([line, field]) => `${line} ${field}`).sort(), ['3 Beginn', '3 Betrag', '3 Bezeichnung', '4 Nummer']);
  assert.equal((await step(address, 'run')).status, 303);
  assert.equal(contracts(), before, 'all or nothing');
  const csv = await admin.get(`${address}/rejected.csv`);
  assert.match(csv.headers.get('content-type'), /^text\/csv/);
  const lines = csv.text.trim().split('\r\n');
  assert.equal(lines.length, 3);
  assert.match(lines[1], new RegExp(`^${bad},,IP-${bad},.*title: `));
  assert.equal((await admin.get(`${address}/problems.csv`)).text.trim().split('\r\n').length, 5);
  assert.equal((await step(address, 'run_good')).status, 303);
  assert.equal(Number(contracts()), Number(before) + 1);
  assert.equal(contract(bad), undefined);
  const mended = lines[1].replace(`${bad},,`, `${bad},Titel,`).replace('31.02.2024', '28.02.2024').replace('abc', '5');
  const again = await checked(`${lines[0]}\r\n${mended}\r\n`);
  assert.deepEqual(cards(again.preview), ['1', '0', '0', '0', '1'], 'the column of problems is passed over');
});

test('heads that nobody knows are mapped once and remembered', async () => {
  const [one, two] = [newNumber('P'), newNumber('P')];
  const head = `Kennung ${one};Was;Wer Nr;Wer;Sorte;Ab`;
  const line = (number) => `${number};Titel;IP-${number};Kunde;MIETE;2024-01-01\n`;
  const unmapped = await checked(`${head}\n${line(one)}`);
  assert.equal(unmapped.answer.status, 422);
  assert.match(unmapped.answer.document.querySelector('#errors').textContent, /Pflichtfeld/);
  const mapping = { column_0: 'number', column_1: 'title', column_2: 'customer_number', column_3: 'customer_name', column_4: 'type', column_5: 'starts_on' };
  assert.deepEqual(cards((await checked(`${head}\n${line(one)}`, mapping)).preview).slice(0, 4), ['1', '0', '0', '0']);
  assert.deepEqual(cards((await checked(`${head}\n${line(two)}`)).preview).slice(0, 4), ['1', '0', '0', '0']);
  const twice = await checked(`${head}\n${line(two)}`, { column_1: 'number' });
  assert.equal(twice.answer.status, 422);
  const file = `/tmp/supportlevel-${two}.csv`;
  spawnSync('tee', [file], { input: `${head}\n${line(two)}` });
  const run = stack.tool(['import', '--dry-run', file]);
  assert.match(run.stdout, /would be 1 new/, run.stderr);
  spawnSync('rm', ['-f', file]);
});

test('unknown levels, types and people are mapped, created or left out', async () => {
  const number = newNumber('P');
  const file = `number,title,customer_number,customer_name,type,level,responsible,starts_on\n${number},t,IP-${number},K,Sorte ${number},Gold ${number},Frau Nirgends,2024-01-01\n`;
  const { address, answer } = await checked(file);
  assert.equal(answer.status, 200, 'it asks');
  const form = fields(answer);
  const asked = [...answer.document.querySelectorAll('#words select')];
  assert.equal(asked.length, 3);
  for (const select of asked) form.set(select.getAttribute('name'), select.querySelector('[value="+"]') ? '+' : '-');
  const before = stack.databaseValue('SELECT COUNT(*) FROM support_level');
  const preview = await admin.get((await admin.post(address, [...form, ['step', 'check']])).location);
  assert.deepEqual(cards(preview), ['1', '0', '0', '0', '1'], JSON.stringify(rows(preview)));
  assert.equal(stack.databaseValue('SELECT COUNT(*) FROM support_level'), before, 'a preview creates nothing');
  await step(address, 'run');
  assert.deepEqual(stack.database(`SELECT support_level.name, contract_type.name, responsible_id FROM contract JOIN support_level ON support_level.id = level_id
    JOIN contract_type ON contract_type.id = type_id WHERE number = '${number}'`)[0], [`Gold ${number}`, `Sorte ${number}`, null]);
  assert.equal((await admin.post(`${address}/undo`, { csrf })).status, 303);
  stack.database(`DELETE FROM support_level WHERE name = 'Gold ${number}'; DELETE FROM contract_type WHERE name = 'Sorte ${number}'`);
});

test('undecided words reject their lines', async () => {
  const number = newNumber('P');
  const { address, answer } = await checked(`number,title,customer_number,customer_name,type,level,starts_on\n${number},t,IP-${number},K,MIETE,Platin ${number},2024-01-01\n`);
  const preview = await admin.get((await admin.post(address, [...fields(answer), ['step', 'check']])).location);
  assert.deepEqual(rows(preview).map(([line, field]) => [line, field]), [['2', 'Supportlevel']]);
});

test('separator, numbers and days can be told otherwise', async () => {
  const number = newNumber('P');
  const sent = await upload(`number|title|customer_number|customer_name|type|starts_on|amount\n${number}|a, b; c, d|IP-${number}|K|MIETE|12/31/2024|1,234.50\n`);
  const page = await admin.get(sent.location);
  assert.equal(page.document.querySelector('[name="separator"] [selected]').getAttribute('value'), 'bar');
  assert.equal(page.document.querySelector('[name="days"] [selected]').getAttribute('value'), 'month');
  assert.equal(page.document.querySelector('[name="decimal"] [selected]').getAttribute('value'), 'point');
  const other = fields(page);
  other.set('separator', 'comma');
  assert.equal((await admin.post(sent.location, [...other, ['step', 'read']])).status, 303);
  assert.ok(rows(await admin.get(sent.location)).length < 7);
  const back = fields(await admin.get(sent.location));
  back.set('separator', 'bar');
  await admin.post(sent.location, [...back, ['step', 'read']]);
  const form = fields(await admin.get(sent.location));
  const preview = await admin.get((await admin.post(sent.location, [...form, ['step', 'check']])).location);
  assert.deepEqual(cards(preview).slice(0, 4), ['1', '0', '0', '0']);
  await step(sent.location, 'run');
  assert.deepEqual(contract(number).slice(1, 3), ['1234.50', '2024-12-31']);
});

test('discarded: nothing is left of it', async () => {
  const { address } = await checked(`${GERMAN}\n${german(newNumber('P'))}`);
  assert.equal((await step(address, 'discard')).location, '/import');
  assert.equal((await admin.get(address)).status, 404);
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM import_piece WHERE import_job_id = ${address.split('/').at(-1)}`), '0');
});

describe('a workbook', () => {
  const HEAD = ['Vertragsnummer', 'Bezeichnung', 'Kundennummer', 'Kunde', 'Vertragsart', 'Beginn', 'Betrag', 'Notiz'];
  test('shared and inline texts, days, numbers, gaps and calculated formulas', async () => {
    const number = newNumber('P');
    const file = workbook([HEAD, [number, { inline: 'Größe & <Zahl>' }, 4711, 'Kunde', 'MIETE', { day: 45323 }, { formula: '1000+234.5', value: 1234.5 }, { formula: 'A1&"x"', value: '=cmd|x' }],
      [], [`${number}-2`, 'ohne Betrag', 4711, '', 'MIETE', '31.1.2024', null, null]]);
    const { address, page, preview } = await checked(file, {}, 'Verträge.xlsx');
    assert.equal(page.document.querySelector('[name="sheet"] option').textContent, 'Verträge');
    assert.deepEqual(cards(preview).slice(0, 4), ['2', '0', '0', '0']);
    await step(address, 'run');
    assert.deepEqual(contract(number).slice(0, 3), ['Größe & <Zahl>', '1234.50', '2024-02-01']);
    assert.equal(stack.databaseValue(`SELECT note FROM contract WHERE number = '${number}'`), '=cmd|x', 'as text');
    assert.equal(contract(`${number}-2`)[2], '2024-01-31');
    await admin.post(`${address}/undo`, { csrf });
  });

  const good = () => [HEAD, [newNumber('P'), 't', 'IP-X', 'K', 'MIETE', '2024-01-01']];
  const DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
  const HOSTILE = [
    ['no workbook inside', () => zip({ 'a.txt': 'x' }), /Arbeitsmappe/],
    ['cut off', () => workbook(good()).subarray(0, 900), /Arbeitsmappe/],
    ['an old one', () => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(1000)]), /XLS/],
    ['broken XML', () => workbook(good(), { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c></row>' }), /Arbeitsmappe/],
    ['entities', () => { const all = parts(good()); return zip({ ...all, 'xl/worksheets/sheet1.xml': all['xl/worksheets/sheet1.xml'].replace(/<\?xml.*?\?>/, DOCTYPE) }); }, /Arbeitsmappe/],
    ['elements within elements', () => workbook(good(), { 'xl/worksheets/sheet1.xml': `${'<a>'.repeat(100000)}` }), /Arbeitsmappe/],
    ['a bomb of shared texts', () => workbook(good(), { 'xl/sharedStrings.xml': `<sst><si><t>${'x'.repeat(60 << 20)}</t></si></sst>` }), /zu groß/],
    ['a bomb of a sheet', () => workbook(good(), { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${' '.repeat(100 << 20)}</sheetData></worksheet>` }), /zu groß/],
    ['10,000 columns', () => workbook([Array.from({ length: 10000 }, (_, at) => ({ inline: `c${at}` }))].map((row) => row.slice(0, 600))), /Spalten/],
    ['a formula in the head that nobody calculated', () => workbook([[{ formula: 'NOW()' }, 'x']]), /Formel/],
  ];
  for (const [what, make, reason] of HOSTILE) {
    test(what, async () => {
      const before = contracts();
      const answer = await upload(make(), 'x.xlsx');
      assert.equal(answer.status, 422);
      assert.match(answer.document.querySelector('#file-error').textContent, reason);
      assert.equal(contracts(), before);
    });
  }

  test('a formula further down that nobody calculated', async () => {
    const { preview } = await checked(workbook([...good(), [newNumber('P'), 't', 'IP-X', 'K', 'MIETE', '2024-01-01', { formula: 'NOW()' }]]), {}, 'x.xlsx');
    assert.match(rows(preview)[0].join(' '), /^3 – .*Formel/);
    assert.equal(preview.document.querySelector('[value="run"], [value="run_good"]'), null, 'what could not be read to its end is not imported');
  });
});

describe('hostile text files: a clear error, nothing changed', () => {
  const number = newNumber('P');
  const AT_ONCE = [
    ['nothing', '', /leer/],
    ['NUL bytes', `${GERMAN}\n\0\0\0`, /NUL/],
    ['UTF-16', Buffer.from(`\ufeff${GERMAN}\n`, 'utf16le'), /Text/],
    ['10,000 columns', `${Array.from({ length: 10000 }, (_, at) => `c${at}`).join(',')}\n`, /Spalten/],
    ['one line of 20 MB', Buffer.alloc(20 << 20, 'x'), /zu lang/],
    ['a quote never closed', `"${GERMAN}\n`, /Anführungszeichen/],
  ];
  for (const [what, bytes, reason] of AT_ONCE) {
    test(what, async () => {
      const answer = await upload(bytes);
      assert.equal(answer.status, 422);
      assert.match(answer.document.querySelector('#file-error').textContent, reason);
    });
  }

  const FURTHER_DOWN = [
    ['NUL bytes', `${GERMAN}\n${german(number)}`.padEnd(70000, '\n') + '\0', /NUL/],
    ['a quote never closed', `${GERMAN}\n${german(number)}"x\n`, /Anführungszeichen/],
  ];
  for (const [what, bytes, reason] of FURTHER_DOWN) {
    test(`${what}, further down`, async () => {
      const before = contracts();
      const { address, preview } = await checked(bytes);
      assert.match(rows(preview)[0].join(' '), reason);
      await step(address, 'run_good');
      assert.equal(contracts(), before);
    });
  }

  test('no file, a form that is none, and one that is too large', async () => {
    assert.equal((await admin.upload('/import', { csrf }, [])).status, 422);
    assert.equal((await admin.post('/import', { csrf })).status, 422);
    assert.equal((await admin.upload('/import', { csrf: 'wrong' }, [{ field: 'file', name: 'x', bytes: 'x' }])).status, 403);
    assert.equal((await admin.request('/import', { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=x' } })).status, 400);
    assert.equal((await admin.upload('/contracts', { csrf }, [{ field: 'file', name: 'x', bytes: 'x' }])).status, 415);
    const limit = 64 << 20;
    assert.equal((await admin.request('/import', { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(limit + 1) } }).catch(() => ({ status: 413 }))).status, 413);
  });
});

test('a long one shows how far it is, without any script, and leads to its result', async () => {
  const number = newNumber('P');
  const lines = Array.from({ length: 14000 }, (_, at) => `${number}-${at};Bezeichnung einer Anlage ${at};IP-${number};Kunde ${number};MIETE;L1;01.02.2024;12,50\r\n`).join('');
  const { address, answer } = await checked(`${GERMAN}\r\n${lines}`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('refresh'), `0; url=${address}`);
  assert.match(answer.document.querySelector('[role="log"]').textContent, /fertig/);
  assert.deepEqual(cards(await admin.get(address)), ['14.000', '0', '0', '0', '1']);
  const run = await step(address, 'run');
  assert.match(run.document.querySelector('[role="log"]').textContent, /\d % – [\d.]+ Zeilen\n[^]*fertig/);
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM contract WHERE number LIKE '${number}-%'`), '14000');
  const undo = await admin.post(`${address}/undo`, { csrf });
  assert.match(undo.document.querySelector('[role="log"]').textContent, /fertig/);
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM contract WHERE number LIKE '${number}-%'`), '0');
});

test('the command records too, takes the good lines by choice, and takes back', () => {
  const [good, bad] = [newNumber('P'), newNumber('P')];
  const file = `/tmp/supportlevel-${good}.csv`;
  const rejected = `/tmp/supportlevel-${good}-rejected.csv`;
  spawnSync('tee', [file], { input: `${GERMAN}\n${german(good).replace('1.234', '5')}${bad};;;;;;;\n` });
  const before = contracts();
  const dry = stack.tool(['import', '--dry-run', '--good-lines', file]);
  assert.match(dry.stdout, /would be 1 new, .*1 lines rejected/);
  assert.notEqual(stack.tool(['import', file]).status, 0);
  assert.equal(contracts(), before);
  const run = stack.tool(['import', '--good-lines', '--rejected', rejected, file]);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(Number(contracts()), Number(before) + 1);
  assert.match(spawnSync('cat', [rejected], { encoding: 'utf8' }).stdout, new RegExp(`problem\\r\\n${bad},`));
  const undo = stack.tool(['import', '--undo', /import (\d+)/.exec(run.stdout)[1]]);
  assert.equal(undo.status, 0, undo.stderr);
  assert.equal(contracts(), before);
  spawnSync('rm', ['-f', file, rejected]);
});
