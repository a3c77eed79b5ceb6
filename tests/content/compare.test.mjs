// The support levels side by side, for a customer who is choosing one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { newNumber } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const viewer = await signedIn(stack, 'viewer');
const admin = await signedIn(stack, 'admin');
const columns = (page) => [...page.document.querySelectorAll('.compare thead .badge')].map((badge) => badge.textContent);
const rows = (page) => Object.fromEntries([...page.document.querySelectorAll('.compare tbody tr')].map((row) => [row.querySelector('th').textContent, [...row.querySelectorAll('td')].map((cell) => cell.textContent)]));
const offered = () => stack.database('SELECT code, name, scope, channels, service_hours FROM support_level WHERE NOT retired ORDER BY level_rank, id');

test('one column for each level that is offered, from the lowest to the highest', async () => {
  const page = await viewer.get('/levels/compare');
  assert.equal(page.status, 200);
  const levels = offered();
  assert.deepEqual(columns(page), levels.map(([code]) => code));
  const cells = rows(page);
  assert.deepEqual(Object.keys(cells), ['Leistungsumfang', 'Wege', 'Servicezeiten', 'Fristen laufen', 'Reaktionszeit', 'Wiederherstellung', 'Nächsthöherer Level']);
  for (const [row, place] of [['Leistungsumfang', 2], ['Wege', 3], ['Servicezeiten', 4]]) assert.deepEqual(cells[row], levels.map((level) => level[place] || '–'));
  assert.deepEqual(cells['Fristen laufen'].slice(0, 2), ['rund um die Uhr, an allen Tagen', 'Mo–Fr 08:00–17:00; nicht an Feiertagen (Deutschland bundesweit)']);
  assert.deepEqual(cells.Reaktionszeit.slice(0, 2), ['keine Zusage', '8 Stunden']);
  assert.equal(cells['Nächsthöherer Level'][0], 'L1 Help Desk');
  assert.equal(cells['Nächsthöherer Level'].at(-1), 'keiner');
});

test('levels are chosen by the address, and ticked in the form', async () => {
  const page = await viewer.get('/levels/compare?level=L3&level=L1&level=L3');
  assert.deepEqual(columns(page), ['L1', 'L3']);
  assert.deepEqual([...page.document.querySelectorAll('[name="level"][checked]')].map((box) => box.getAttribute('value')), ['L1', 'L3']);
  assert.equal(page.document.querySelectorAll('[name="level"]').length, offered().length);
  assert.equal(page.document.querySelector('.compare-choice').getAttribute('method'), 'get');
});

test('a level that cannot be shown is named, the form stays', async () => {
  for (const [query, said] of [['level=L1&level=L9', /„L9“ gibt es nicht/], ['level=none', /„none“ gibt es nicht/]]) {
    const page = await viewer.get(`/levels/compare?${query}`);
    assert.equal(page.status, 400, query);
    assert.match(page.document.querySelector('[role="alert"]').textContent, said);
    assert.ok(page.document.querySelector('[name="level"]'));
  }
  assert.equal((await viewer.get('/levels/compare?colour=blue')).status, 400);
});

test('a retired level is left out and cannot be asked for', async () => {
  const code = newNumber('C').slice(0, 20);
  assert.equal((await admin.submit('/levels/new', { code, name: 'Auslaufend', rank: '91' }, 'form:has([name="code"])')).status, 303);
  assert.ok(columns(await viewer.get('/levels/compare')).includes(code));
  assert.equal((await admin.post(`/levels/${code}/retire`, { csrf: await admin.token(), version: '1', retired: '1' })).status, 303);
  const page = await viewer.get('/levels/compare');
  assert.ok(!columns(page).includes(code));
  assert.equal(page.document.querySelector(`[name="level"][value="${code}"]`), null);
  const asked = await viewer.get(`/levels/compare?level=${code}`);
  assert.equal(asked.status, 400);
  assert.match(asked.document.querySelector('[role="alert"]').textContent, /nicht mehr angeboten/);
  stack.database(`DELETE FROM support_level WHERE code = '${code}'`);
});

test('no figures of the company, but the day', async () => {
  const page = await viewer.get('/levels/compare');
  const main = page.document.querySelector('main');
  assert.doesNotMatch(main.textContent, /Verträge|\bKunden\b|€/);
  assert.equal(main.querySelector('a[href*="/contracts"], a[href*="/customers"]'), null);
  assert.match(main.querySelector('.print-head').textContent, /11\.02\.2026/);
});

test('it is reached from the catalogue, and no level can take its address', async () => {
  const link = [...(await viewer.get('/levels')).document.querySelectorAll('a')].find((element) => element.getAttribute('href').endsWith('/levels/compare'));
  assert.ok(link);
  for (const code of ['compare', 'new', 'none']) {
    const answer = await admin.submit('/levels/new', { code, name: 'Name', rank: '50' }, 'form:has([name="code"])');
    assert.equal(answer.status, 422, code);
    assert.match(answer.document.getElementById('code-error').textContent, new RegExp(`„${code}“ ist als Kürzel nicht möglich`));
  }
});

test('in English', async () => {
  const page = await viewer.get('/levels/compare?lang=en');
  assert.equal(page.document.querySelector('h1').textContent, 'Support levels compared');
  assert.ok('Response time' in rows(page));
});
