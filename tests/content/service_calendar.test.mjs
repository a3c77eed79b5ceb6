// Service calendars: made, shown with their holidays, changed, used by levels, deleted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { newNumber } from '../support/contracts.mjs';
import { sharedStack, TODAY } from '../support/stack.mjs';

const stack = sharedStack();
const viewer = await signedIn(stack, 'viewer');
const admin = await signedIn(stack, 'admin');
const BASE = '/settings/service-calendars';
const FORM = 'form:has([name="monday"])';
const words = (element) => element?.textContent.replace(/\s+/g, ' ').trim();
const facts = (page) => Object.fromEntries([...page.document.querySelectorAll('.service-week .fact')].map((fact) => [words(fact.querySelector('dt')), words(fact.querySelector('dd'))]));
const value = (page, name) => page.document.querySelector(`[name="${name}"]`).getAttribute('value') ?? '';

async function make(fields) {
  const code = newNumber('K');
  const answer = await admin.submit(`${BASE}/new`, { code, name: 'Prüfkalender', ...fields }, FORM);
  return { code, answer };
}
const remove = (code) => stack.database(`DELETE FROM service_calendar WHERE code = '${code}'`);

test('typed as people type it, stored in one spelling, shown again in the language', async () => {
  const { code, answer } = await make({ monday: '8-12 Uhr und 13 bis 17.30 Uhr', tuesday: 'rund um die Uhr', wednesday: 'geschlossen', region: 'de_sn', own_days: '24.12. Heiligabend\n31.12.2026 8-12 Silvester' });
  assert.equal(answer.status, 303);
  const page = await viewer.get(`${BASE}/${code}`);
  assert.equal(facts(page).Montag, '08:00–12:00, 13:00–17:30');
  assert.equal(facts(page).Dienstag, '00:00–24:00');
  assert.equal(facts(page).Mittwoch, 'Geschlossen');
  assert.deepEqual([...page.document.querySelectorAll('.list tbody tr')].map((row) => [...row.children].map(words)), [['24.12. jedes Jahr', 'Heiligabend', 'Geschlossen'], ['31.12.2026', 'Silvester', '08:00–12:00']]);
  assert.equal(stack.databaseValue(`SELECT REPLACE(own_days, '\n', '|') FROM service_calendar WHERE code = '${code}'`), '*-12-24 Heiligabend|2026-12-31 08:00–12:00 Silvester');
  const german = await admin.get(`${BASE}/${code}/edit`);
  assert.equal(value(german, 'monday'), '08:00–12:00, 13:00–17:30');
  assert.equal(german.document.querySelector('[name="own_days"]').textContent.trim(), '24.12. Heiligabend\n31.12.2026 08:00–12:00 Silvester');
  const english = await admin.get(`${BASE}/${code}/edit?lang=en`);
  assert.equal(english.document.querySelector('[name="own_days"]').textContent.trim(), '24 Dec Heiligabend\n31 Dec 2026 08:00–12:00 Silvester');
  // Saved unchanged, nothing changes.
  assert.equal((await admin.submit(`${BASE}/${code}/edit?lang=en`, {}, FORM)).status, 303);
  assert.equal(stack.databaseValue(`SELECT REPLACE(own_days, '\n', '|') FROM service_calendar WHERE code = '${code}'`), '*-12-24 Heiligabend|2026-12-31 08:00–12:00 Silvester');
  remove(code);
});

test("this year's and next year's holidays of the region", async () => {
  const { code } = await make({ monday: '8-17', region: 'de_sn' });
  const page = await viewer.get(`${BASE}/${code}`);
  const year = Number(TODAY.slice(0, 4));
  assert.deepEqual([...page.document.querySelectorAll('.service-years h3')].map(words), [String(year), String(year + 1)]);
  const days = [...page.document.querySelectorAll('.service-holidays li')].map(words);
  for (const day of ['03.04.2026 Freitag Karfreitag', '18.11.2026 Mittwoch Buß- und Bettag', '17.11.2027 Mittwoch Buß- und Bettag', '31.10.2026 Samstag Reformationstag']) assert.ok(days.includes(day), day);
  assert.ok(!days.some((day) => /Fronleichnam/.test(day)));
  assert.ok([...(await viewer.get(`${BASE}/${code}?lang=en`)).document.querySelectorAll('.service-holidays li')].map(words).includes('3 Apr 2026 Friday Good Friday'));
  assert.match(words((await viewer.get(`${BASE}/24x7`)).document.querySelector('main')), /An Feiertagen gelten die Zeiten der Woche/);
  remove(code);
});

test('every region has a name in both languages', async () => {
  for (const language of ['de', 'en']) {
    const page = await admin.get(`${BASE}/new?lang=${language}`);
    const options = [...page.document.querySelectorAll('[name="region"] option')].filter((option) => option.getAttribute('value') !== '');
    assert.equal(options.length, 47);
    for (const option of options) assert.doesNotMatch(option.textContent, /region\./);
  }
});

const REFUSED = [
  ['monday', '8', /keine Zeiten/], ['tuesday', '17-8', /Ende liegt nicht nach dem Anfang/], ['wednesday', '8-12, 11-17', /überschneiden/], ['time_zone', 'Europe/Atlantis', /Europe\/Atlantis/],
  ['time_zone', '/etc/passwd', /gibt es nicht/], ['time_zone', '', /ausfüllen/], ['own_days', '24.12. gut\nUnsinn', /„Unsinn“/], ['region', 'de_xx', /Nicht möglich/], ['code', 'new', /nicht möglich/], ['code', 'a b', /Buchstaben/], ['name', '', /ausfüllen/],
];
test('what cannot be read is named beside its field, and kept as typed', async () => {
  for (const [name, typed, said] of REFUSED) {
    const { answer } = await make({ monday: '8-17', [name]: typed });
    assert.equal(answer.status, 422, `${name}: ${typed}`);
    assert.match(words(answer.document.getElementById(`${name}-error`)) ?? '', said, `${name}: ${typed}`);
    if (!['region', 'own_days'].includes(name)) assert.equal(value(answer, name), typed);
    if (name === 'own_days') assert.equal(answer.document.querySelector('[name="own_days"]').textContent.trim(), typed);
  }
  const never = await make({});
  assert.equal(never.answer.status, 422);
  assert.match(words(never.answer.document.getElementById('monday-error')), /wenigstens einem Tag/);
  const taken = await admin.submit(`${BASE}/new`, { code: 'BUERO', name: 'x', monday: '8-17' }, FORM);
  assert.equal(taken.status, 422);
  assert.match(words(taken.document.getElementById('code-error')), /schon vergeben/);
});

test('two people at once: what only one changed is merged', async () => {
  const { code } = await make({ monday: '8-17' });
  const form = await admin.get(`${BASE}/${code}/edit`);
  assert.equal((await admin.submit(`${BASE}/${code}/edit`, { tuesday: '9-12' }, FORM)).status, 303);
  const fields = Object.fromEntries([...form.document.querySelectorAll(`${FORM} input, ${FORM} textarea`)].map((field) => [field.getAttribute('name'), field.getAttribute('value') ?? '']));
  const conflict = await admin.post(`${BASE}/${code}`, { ...fields, monday: '7-16' });
  assert.equal(conflict.status, 409);
  assert.equal(value(conflict, 'monday'), '07:00–16:00');
  assert.equal(value(conflict, 'tuesday'), '09:00–12:00');
  remove(code);
});

test('a calendar in use cannot be deleted, one that is not can, and its history stays', async () => {
  const used = await viewer.get(`${BASE}/BUERO`);
  assert.ok([...used.document.querySelectorAll('.service-levels a')].map(words).some((text) => text.startsWith('L1')));
  const page = await admin.get(`${BASE}/BUERO`);
  assert.equal(page.document.querySelector('form[action$="/delete"]'), null);
  const version = stack.databaseValue("SELECT version FROM service_calendar WHERE code = 'BUERO'");
  assert.equal((await admin.post(`${BASE}/BUERO/delete`, { csrf: await admin.token(), version })).status, 409);
  const { code } = await make({ monday: '8-17' });
  assert.equal((await admin.submit(`${BASE}/${code}/edit`, { monday: '8-12', own_days: '24.12.' }, FORM)).status, 303);
  assert.equal((await admin.submit(`${BASE}/${code}`, {}, 'form[action$="/delete"]')).status, 303);
  assert.equal((await viewer.get(`${BASE}/${code}`)).status, 404);
  const history = words((await viewer.get(`${BASE}/${code}/history`)).document.querySelector('main'));
  assert.match(history, /gelöscht/);
  assert.match(history, /08:00–17:00.*08:00–12:00/);
  assert.match(history, /admin/);
});

test('a level has its calendar in form, sheet and history', async () => {
  const { code } = await make({ monday: '8-17', friday: '8-15' });
  const level = newNumber('L').slice(0, 20);
  const options = [...(await admin.get('/levels/new')).document.querySelectorAll('[name="service_calendar"] option')].map((option) => option.getAttribute('value'));
  assert.ok(options.includes('') && options.includes(code) && options.includes('24x7'));
  assert.equal((await admin.submit('/levels/new', { code: level, name: 'Stufe', rank: '93', service_calendar: code }, 'form:has([name="code"])')).status, 303);
  const sheet = await viewer.get(`/levels/${level}`);
  assert.match(words(sheet.document.querySelector('.facts')), /Servicekalender ?Prüfkalender ?Mo 08:00–17:00; Fr 08:00–15:00/);
  assert.equal((await admin.submit(`/levels/${level}/edit`, { service_calendar: '24x7' }, 'form:has([name="code"])')).status, 303);
  assert.match(words((await viewer.get(`/levels/${level}/history`)).document.querySelector('main')), new RegExp(`Servicekalender.*${code}.*24x7`));
  const unknown = await admin.post(`/levels/${level}`, { csrf: await admin.token(), version: '2', service_calendar: 'NOSUCH' });
  assert.equal(unknown.status, 422);
  stack.database(`DELETE FROM support_level WHERE code = '${level}'`);
  remove(code);
});
