// Who changed what, when, from what to what: by form, import, foreign key or straight in the database; and a contract as it was.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { createContract, newNumber } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const viewer = await signedIn(stack, 'viewer');
const editor = await signedIn(stack, 'editor');
const admin = await signedIn(stack, 'admin');
const text = (element) => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';

/** The entries of a history's page, newest first. */
async function history(path, client = viewer) {
  const answer = await client.get(path);
  assert.equal(answer.status, 200, path);
  return [...answer.document.querySelectorAll('table.history tbody tr')].map((row) => ({
    at: row.querySelector('time').getAttribute('datetime'),
    by: text(row.querySelectorAll('td')[0]),
    event: text(row.querySelector('strong')),
    changes: Object.fromEntries([...row.querySelectorAll('li')].map((item) => [text(item.querySelector('.history-field')),
      [text(item.querySelector('del')).replace(/^vorher |^before /, ''), text(item.querySelector('ins') ?? item.querySelector('.history-value')).replace(/^nachher |^after /, '')]])),
  }));
}
const change = async (client, id, fields) => assert.equal((await client.submit(`/contracts/${id}/edit`, fields, 'form:has([name="number"])')).status, 303);

describe('a change by form', () => {
  test('says who, and of each changed field what it was and what it is', async () => {
    const { id } = await createContract(editor, { title: 'Alt', level: '', amount: '1234,50', starts_on: '2026-01-01', ends_on: '' });
    await change(admin, id, { title: 'Neu', level: 'L2', amount: '2000', ends_on: '2026-12-31' });
    const [last, first, ...more] = await history(`/contracts/${id}/history`);
    assert.deepEqual(more, []);
    assert.equal(first.event, 'angelegt');
    assert.equal(first.by, 'editor');
    assert.deepEqual(first.changes['Bezeichnung:'], ['', 'Alt']);
    assert.equal(last.event, 'geändert');
    assert.equal(last.by, 'admin');
    assert.deepEqual(last.changes, {
      'Bezeichnung:': ['Alt', 'Neu'], 'Supportlevel:': ['— ohne —', 'L2 Technischer Support'], 'Ende der ersten Laufzeit:': ['(leer)', '31.12.2026'], 'Betrag:': ['1.234,50 €', '2.000,00 €'],
    });
    const [english] = await history(`/contracts/${id}/history?lang=en`);
    assert.equal(english.event, 'changed');
    assert.deepEqual(english.changes['Amount:'], ['€1,234.50', '€2,000.00']);
    assert.ok((await viewer.get(`/contracts/${id}`)).document.querySelector(`a[href$="/contracts/${id}/history"]`));
  });

  test('a save without a change is none', async () => {
    const { id } = await createContract(editor);
    await change(editor, id, {});
    assert.equal((await history(`/contracts/${id}/history`)).length, 1);
  });
});

test('a change by import is the command\'s', async () => {
  const { id, fields } = await createContract(editor, { title: 'Vor dem Import' });
  const file = join(stack.directory, 'history.csv');
  writeFileSync(file, `number,title,customer_number,type,starts_on\n${fields.number},Nach dem Import,${fields.customer_number},${fields.type},${fields.starts_on}\n`);
  const done = stack.tool(['import', file]);
  assert.equal(done.status, 0, done.stderr);
  const [last] = await history(`/contracts/${id}/history`);
  assert.match(last.by, /^import \(\S+\)$/);
  assert.deepEqual(last.changes, { 'Bezeichnung:': ['Vor dem Import', 'Nach dem Import'] });
});

test('a change straight in the database is the account\'s, and an open form learns of it', async () => {
  const { id } = await createContract(editor, { title: 'Vorher' });
  stack.database(`UPDATE contract SET title = 'Von Hand' WHERE id = ${id}`);
  const [last] = await history(`/contracts/${id}/history`);
  assert.equal(last.by, stack.databaseValue('SELECT USER()'));
  assert.deepEqual(last.changes, { 'Bezeichnung:': ['Vorher', 'Von Hand'] });
  assert.equal((await editor.get(`/contracts/${id}.json`)).json().version, 2);
});

test('the daily roll leaves no history, and takes nobody\'s change over', async () => {
  const { id } = await createContract(editor, { ends_on: '2026-06-30' });
  const versions = () => stack.database(`SELECT changed_by, row_start FROM contract FOR SYSTEM_TIME ALL WHERE id = ${id}`);
  const before = versions();
  const rolled = stack.tool(['roll'], '', { SUPPORTLEVEL_TODAY: '2026-08-01' });
  assert.equal(rolled.status, 0, rolled.stderr);
  assert.equal(stack.databaseValue(`SELECT status FROM contract WHERE id = ${id}`), '3');
  assert.equal(stack.tool(['roll']).status, 0);
  assert.deepEqual(versions(), before);
  assert.equal(before.length, 1);
});

test('a customer\'s new name is a change of the contracts too, by who gave it', async () => {
  const number = newNumber('C');
  assert.equal((await editor.submit('/customers/new', { number, name: 'Vorname AG' }, 'form:has([name="number"])')).status, 303);
  const customer = stack.databaseValue(`SELECT id FROM customer WHERE number = '${number}'`);
  const { id } = await createContract(editor, { customer_number: number });
  assert.equal((await admin.submit(`/customers/${customer}/edit`, { name: 'Nachname AG' }, 'form:has([name="number"])')).status, 303);
  const [ofContract] = await history(`/contracts/${id}/history`);
  const [ofCustomer] = await history(`/customers/${customer}/history`);
  assert.equal(ofContract.by, 'admin');
  assert.deepEqual(ofContract.changes, { 'Kunde:': ['Vorname AG', 'Nachname AG'] });
  assert.equal(ofCustomer.by, 'admin');
  assert.deepEqual(ofCustomer.changes, { 'Name:': ['Vorname AG', 'Nachname AG'] });
  assert.equal(ofContract.at, ofCustomer.at);
});

test('a level\'s changes, and its history after it was deleted', async () => {
  const code = newNumber('H').slice(0, 20);
  assert.equal((await admin.submit('/levels/new', { code, name: 'Eins', rank: '91' }, 'form:has([name="code"])')).status, 303);
  assert.equal((await admin.submit(`/levels/${code}/edit`, { name: 'Zwei' }, 'form:has([name="code"])')).status, 303);
  assert.equal((await admin.post(`/levels/${code}/retire`, { csrf: await admin.token(), version: '2', retired: '1' })).status, 303);
  assert.equal((await admin.post(`/levels/${code}/delete`, { csrf: await admin.token(), version: '3' })).status, 303);
  const entries = await history(`/levels/${code}/history`);
  assert.deepEqual(entries.map(({ event }) => event), ['gelöscht', 'geändert', 'geändert', 'angelegt']);
  assert.deepEqual(entries[1].changes, { 'Stillgelegt:': ['nein', 'ja'] });
  assert.deepEqual(entries[2].changes, { 'Name:': ['Eins', 'Zwei'] });
  assert.deepEqual(new Set(entries.map(({ by }) => by)), new Set(['admin']));
});

test('a deleted contract: who deleted it; its number can be used again', async () => {
  const { id, fields } = await createContract(editor, { title: 'Nicht mehr da' });
  assert.equal((await admin.post(`/contracts/${id}/delete`, { csrf: await admin.token(), version: '1' })).status, 303);
  const gone = await viewer.get(`/contracts/${id}`);
  assert.equal(gone.status, 404);
  assert.ok(gone.document.querySelector(`a[href$="/contracts/${id}/history"]`), 'which leads to its history');
  const [last, first] = await history(`/contracts/${id}/history`);
  assert.equal(last.event, 'gelöscht');
  assert.equal(last.by, 'admin');
  assert.equal(first.by, 'editor');
  const again = await createContract(editor, { number: fields.number });
  assert.equal(again.answer.status, 303);
  stack.database(`DELETE FROM contract WHERE id = ${again.id}`);
  assert.equal((await history(`/contracts/${again.id}/history`))[0].by, stack.databaseValue('SELECT USER()'));
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM contract_word WHERE contract_id = ${again.id}`), '0');
});

test('what never was has no history', async () => {
  for (const path of ['/contracts/4000000000/history', '/customers/4000000000/history', '/levels/NOSUCH/history']) assert.equal((await viewer.get(path)).status, 404, path);
  assert.equal((await viewer.get('/levels/L1/history?colour=blue')).status, 400);
  assert.equal((await viewer.get('/levels/L1/history?before=yesterday')).status, 400);
});

test('a long history has pages', async () => {
  const { id } = await createContract(editor, { reference: '' });
  const versions = 201;
  stack.database(Array.from({ length: versions }, (_, i) => `UPDATE contract SET reference = 'R-${i}' WHERE id = ${id};`).join('\n'));
  const page = await viewer.get(`/contracts/${id}/history`);
  const next = page.document.querySelector('a[rel="next"]').getAttribute('href');
  const newest = await history(`/contracts/${id}/history`);
  const older = await history(next);
  assert.equal(newest.length + older.length, versions + 1);
  assert.equal(older.at(-1).event, 'angelegt');
  assert.deepEqual(newest.at(-1).changes, { 'Zeichen des Kunden:': ['R-0', 'R-1'] });
  assert.deepEqual(older[0].changes, { 'Zeichen des Kunden:': ['(leer)', 'R-0'] });
});

describe('a contract as it was', () => {
  test('at a moment, as page and as JSON, with what then was called how', async () => {
    const { id } = await createContract(admin, { title: 'Damals', level: 'L1', ends_on: '2026-12-31' });
    const [{ at: created }] = await history(`/contracts/${id}/history`);
    await change(admin, id, { title: 'Heute', level: '' });
    const then = (await viewer.get(`/contracts/${id}.json?as_of=${created}`)).json();
    assert.equal(then.title, 'Damals');
    assert.equal(then.level, 'L1');
    assert.equal(then.version, 1);
    const page = await admin.get(`/contracts/${id}?as_of=${created}`);
    assert.equal(text(page.document.querySelector('h1')), 'Damals');
    assert.match(text(page.document.querySelector('.notice-warning')), /So war dieser Vertrag am .*Europe\/Berlin/);
    assert.ok(page.document.querySelector(`.actions a[href$="/contracts/${id}"]`));
    assert.equal(page.document.querySelector('a[href$="/edit"], form[action$="/delete"]'), null);
    assert.match((await viewer.get(`/contracts/${id}?as_of=${created}&lang=en`)).text, /This is the contract as it was on/);
    assert.equal((await viewer.get(`/contracts/${id}.json`)).json().title, 'Heute');
    const before = new Date(new Date(created).getTime() - 60000).toISOString();
    const refused = await viewer.get(`/contracts/${id}?as_of=${before}`);
    assert.equal(refused.status, 404);
    assert.ok(refused.text.includes('gab es zu diesem Zeitpunkt nicht'));
    assert.equal((await viewer.get(`/contracts/${id}.json?as_of=${before}`)).status, 404);
  });

  test('on a day: as the day ended, terms derived as of it', async () => {
    const { id } = await createContract(editor, { starts_on: '2026-01-01', ends_on: '2026-03-31' });
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date());
    const then = (await viewer.get(`/contracts/${id}.json?as_of=${today}`)).json();
    assert.equal(then.status, today > '2026-03-31' ? 'ended' : 'active');
    assert.equal((await viewer.get(`/contracts/${id}?as_of=2001-12-31`)).status, 404);
  });

  test('a bad moment is named', async () => {
    for (const [value, word] of [['yesterday', 'kein Zeitpunkt'], ['2026-02-30', 'kein Zeitpunkt'], ['2037-01-01', 'Zukunft'], ['', 'kein Zeitpunkt']]) {
      const answer = await viewer.get(`/contracts/1?as_of=${value}`);
      assert.equal(answer.status, 400, value);
      assert.ok(answer.text.includes(word), value);
    }
  });
});
