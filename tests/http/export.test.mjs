// CSV (RFC 4180) and JSON of a selection.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { createContract, manyContracts, selection } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
manyContracts(stack);
const editor = await signedIn(stack, 'editor');
const FIELDS = ['number', 'title', 'customer_number', 'customer_name', 'type', 'level', 'starts_on', 'ends_on', 'renewal_months', 'notice_period', 'notice_to',
  'cancelled_on', 'cancelled_to', 'amount', 'billing_months', 'currency', 'responsible', 'reference', 'note'];

/** RFC 4180, strictly: CRLF between records, quotes doubled. */
function parseCsv(text) {
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
        const end = /[,\r\n"]|$/.exec(text.slice(at)).index + at;
        value = text.slice(at, end);
        at = end;
      }
      record.push(value);
      if (text[at] !== ',') break;
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

test('what is exported can be imported again and changes nothing', async () => {
  const answer = await editor.get('/contracts.csv');
  const directory = mkdtempSync(join(tmpdir(), 'supportlevel-export-'));
  const file = join(directory, 'contracts.csv');
  writeFileSync(file, answer.text);
  const run = stack.tool(['import', file]);
  rmSync(directory, { recursive: true });
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout.trim().split('\n').at(-1), /: 0 new, 0 changed, \d+ unchanged/);
});

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
