// What a customer may expect now: page and JSON. "Now" is Wednesday, 2026-02-11, 10:15 in Berlin.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { createContract, newNumber } from '../support/contracts.mjs';
import { NOW, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const viewer = await signedIn(stack, 'viewer');
const editor = await signedIn(stack, 'editor');
const admin = await signedIn(stack, 'admin');

const OFFSET = '+01:00'; // of Berlin in February
const now = new Date(`${NOW}:00${OFFSET}`);
const iso = (date) => new Date(date.getTime() + 3600000).toISOString().replace('.000Z', OFFSET);

/** Counts minute by minute; `hours` by weekday from Sunday: [[from, to], …] in minutes. */
function deadline(hours, minutes) {
  let at = now.getTime();
  for (let left = minutes; left > 0; at += 60000) {
    const wall = new Date(at + 3600000);
    const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes();
    if (hours[wall.getUTCDay()].some(([from, to]) => minute >= from && minute < to)) left -= 1;
  }
  return iso(new Date(at));
}
const weekdays = (...spans) => [[], spans, spans, spans, spans, spans, []];
const HOURS = { BUERO: weekdays([480, 1020]), LANG: weekdays([420, 1200]), '24x7': Array(7).fill([[0, 1440]]) };

async function newCustomer(name) {
  const number = newNumber('E');
  assert.equal((await editor.submit('/customers/new', { number, name }, 'form:has([name="number"])')).status, 303);
  return number;
}
const ask = (number) => viewer.get(`/entitlement.json?customer=${encodeURIComponent(number)}`);
const show = (typed, more = '') => viewer.get(`/entitlement?customer=${encodeURIComponent(typed)}${more}`);
const words = (element) => element?.textContent.replace(/\s+/g, ' ').trim();
const cards = (page) => Object.fromEntries([...page.document.querySelectorAll('.entitlement-cards .card')].map((card) => [words(card.querySelector('dt')), words(card.querySelector('dd'))]));

test('contracts in force, the best level first, each with its deadlines', async () => {
  const number = await newCustomer('Anspruch Müller GmbH');
  for (const level of ['L1', '', 'L4', 'L3', 'L0', 'L2']) assert.ok((await createContract(editor, { customer_number: number, level })).id);
  await createContract(editor, { customer_number: number, level: 'L4', starts_on: '2020-01-01', ends_on: '2025-12-31' });
  await createContract(editor, { customer_number: number, level: 'L4', starts_on: '2027-01-01' });
  const answer = await ask(number);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  const { at, customer, entitled, level, contracts, more } = answer.json();
  assert.equal(at, iso(now));
  assert.equal(customer.number, number);
  assert.equal(customer.name, 'Anspruch Müller GmbH');
  assert.equal(entitled, true);
  assert.equal(more, false);
  assert.deepEqual(contracts.map((contract) => contract.level?.code ?? null), ['L4', 'L3', 'L2', 'L1', 'L0', null]);
  assert.deepEqual(level, contracts[0].level);
  for (const contract of contracts.filter((one) => one.level)) {
    const [name, response, restore] = stack.database(`SELECT service_calendar.code, response_minutes, restore_minutes FROM support_level JOIN service_calendar ON service_calendar.id = service_calendar_id
      WHERE support_level.code = '${contract.level.code}'`)[0];
    assert.equal(contract.level.calendar, name);
    assert.equal(contract.level.response_minutes, response && Number(response));
    assert.equal(contract.level.respond_by, response && deadline(HOURS[name], Number(response)), contract.level.code);
    assert.equal(contract.level.restore_by, restore && deadline(HOURS[name], Number(restore)), contract.level.code);
    assert.equal(contract.level.open, true);
    assert.equal(contract.level.opens_at, null);
    assert.equal(contract.level.closes_at, name === '24x7' ? null : `2026-02-11T${name === 'LANG' ? 20 : 17}:00:00${OFFSET}`);
  }
  const page = await show(number);
  assert.equal(page.status, 200);
  assert.deepEqual([...page.document.querySelectorAll('.entitlement-list tbody th a')].map(words), contracts.map((contract) => contract.number));
  assert.match(cards(page)['Bester Supportlevel'], /^L4 /);
});

test('the page says it as one says it on the telephone, in both languages', async () => {
  const number = await newCustomer('Sprechweise AG');
  await createContract(editor, { customer_number: number, level: 'L2' });
  await createContract(editor, { customer_number: number, level: 'L1' });
  const german = await show(number);
  assert.deepEqual(cards(german), { 'Bester Supportlevel': 'L2 Technischer Support', Jetzt: 'Jetzt geöffnet bis heute 17:00', 'Reaktion bis': 'heute 14:15', 'Wiederherstellung bis': 'Freitag 16:15' });
  assert.match(words(german.document.querySelector('.entitlement-list tbody tr:nth-child(2)')), /morgen, Donnerstag 09:15/);
  assert.equal(german.document.querySelector('.entitlement-cards time').getAttribute('datetime'), `2026-02-11T17:00:00${OFFSET}`);
  const english = await show(number, '&lang=en');
  assert.equal(cards(english)['Respond by'], 'today 14:15');
  assert.equal(cards(english)['Restore by'], 'Friday 16:15');
  assert.equal(cards(english).Now, 'Open now until today 17:00');
});

test('a level that is closed now opens later, and counts from then', async () => {
  const code = newNumber('S');
  const level = newNumber('L').slice(0, 20);
  const calendar = { code, name: 'Vormittags', wednesday: '8-10', friday: '9-12, 13-17' };
  assert.equal((await admin.submit('/settings/service-calendars/new', calendar, 'form:has([name="monday"])')).status, 303);
  assert.equal((await admin.submit('/levels/new', { code: level, name: 'Vormittags', rank: '90', response_minutes: '240', service_calendar: code }, 'form:has([name="code"])')).status, 303);
  const number = await newCustomer('Geschlossen KG');
  await createContract(editor, { customer_number: number, level });
  const answer = (await ask(number)).json();
  assert.equal(answer.level.open, false);
  assert.equal(answer.level.opens_at, `2026-02-13T09:00:00${OFFSET}`);
  assert.equal(answer.level.closes_at, null);
  assert.equal(answer.level.respond_by, `2026-02-13T14:00:00${OFFSET}`);
  assert.equal(cards(await show(number)).Jetzt, 'Geschlossen öffnet Freitag 09:00');
  // Without a calendar nothing is known, and that is said.
  assert.equal((await admin.submit(`/levels/${level}/edit`, { service_calendar: '' }, 'form:has([name="code"])')).status, 303);
  const without = (await ask(number)).json().level;
  assert.deepEqual([without.calendar, without.open, without.opens_at, without.respond_by], [null, null, null, null]);
  assert.equal(without.response_minutes, 240);
  assert.match(cards(await show(number))['Reaktion bis'], /unbekannt/);
  // A day of one's own, and another time zone.
  assert.equal((await admin.submit(`/settings/service-calendars/${code}/edit`, { own_days: '13.2.2026 zu', time_zone: 'America/New_York', wednesday: '5-6' }, 'form:has([name="monday"])')).status, 303);
  assert.equal((await admin.submit(`/levels/${level}/edit`, { service_calendar: code }, 'form:has([name="code"])')).status, 303);
  assert.equal((await ask(number)).json().level.opens_at, '2026-02-11T05:00:00-05:00');
  stack.database(`DELETE contract FROM contract JOIN support_level ON support_level.id = level_id WHERE support_level.code = '${level}'; DELETE FROM support_level WHERE code = '${level}'; DELETE FROM service_calendar WHERE code = '${code}'`);
});

test('no contract, only ended ones, or none with a level is said plainly', async () => {
  const number = await newCustomer('Ohne Vertrag e. V.');
  const notice = async () => words((await show(number)).document.querySelector('.entitlement-none'));
  assert.match(await notice(), /Dieser Kunde hat keinen Vertrag\./);
  assert.deepEqual((({ entitled, level, contracts, ended_on, begins_on }) => [entitled, level, contracts, ended_on, begins_on])((await ask(number)).json()), [false, null, [], null, null]);
  await createContract(editor, { customer_number: number, starts_on: '2027-03-01' });
  assert.match(await notice(), /Noch läuft kein Vertrag dieses Kunden\. ?Der nächste Vertrag beginnt am 01\.03\.2027\./);
  await createContract(editor, { customer_number: number, starts_on: '2024-01-01', ends_on: '2024-12-31' });
  await createContract(editor, { customer_number: number, starts_on: '2020-01-01', ends_on: '2025-10-31' });
  assert.match(await notice(), /keinen laufenden Vertrag\. ?Der letzte Vertrag endete am 31\.10\.2025\. ?Der nächste Vertrag beginnt am 01\.03\.2027\./);
  const none = (await ask(number)).json();
  assert.deepEqual([none.entitled, none.ended_on, none.begins_on], [false, '2025-10-31', '2027-03-01']);
  await createContract(editor, { customer_number: number, level: '' });
  assert.match(await notice(), /Kein Vertrag dieses Kunden hat einen Supportlevel/);
  const unlevelled = (await ask(number)).json();
  assert.deepEqual([unlevelled.entitled, unlevelled.level, unlevelled.contracts.length], [false, null, 1]);
});

test('a few letters find the customer; several are offered, the exact number is meant', async () => {
  const number = await newCustomer('Xylophon Ä & Söhne');
  const longer = `${number}0`;
  await editor.submit('/customers/new', { number: longer, name: 'Xylophon B' }, 'form:has([name="number"])');
  assert.match(words((await show('xylophon a')).document.querySelector('.entitlement h2')), /Xylophon Ä/);
  const several = await show('xylo');
  assert.equal(several.status, 200);
  const links = [...several.document.querySelectorAll('.entitlement-choices a')];
  assert.deepEqual(links.map((link) => words(link.querySelector('strong'))), ['Xylophon Ä & Söhne', 'Xylophon B']);
  assert.match(words((await viewer.get(links[1].getAttribute('href'))).document.querySelector('.entitlement h2')), /Xylophon B/);
  assert.match(words((await show(number.toLowerCase())).document.querySelector('.entitlement h2')), /Xylophon Ä/);
  const json = await ask('xylo');
  assert.equal(json.status, 300);
  assert.equal(json.json().customer, null);
  assert.deepEqual(json.json().customers.map((customer) => customer.number), [number, longer]);
});

test('nobody found, nothing asked, or something else', async () => {
  const empty = await viewer.get('/entitlement');
  assert.equal(empty.status, 200);
  assert.ok(empty.document.querySelector('input[name="customer"]').hasAttribute('autofocus'));
  for (const typed of ['nosuchcustomer', '%', '_', '<b>']) {
    const page = await show(typed);
    assert.equal(page.status, 404, typed);
    assert.ok(words(page.document.querySelector('[role="alert"]')).includes(typed));
    assert.equal(page.document.querySelector('input[name="customer"]').getAttribute('value'), typed);
    assert.equal((await ask(typed)).status, 404);
  }
  assert.match((await ask('nosuchcustomer')).json().detail, /nosuchcustomer/);
  assert.equal((await viewer.get('/entitlement.json')).status, 400);
  assert.equal((await viewer.get('/entitlement?colour=blue')).status, 400);
});

test('it is reached from the navigation and from the customer', async () => {
  const id = stack.databaseValue('SELECT MIN(id) FROM customer');
  const number = stack.databaseValue('SELECT number FROM customer ORDER BY id LIMIT 1');
  const page = await viewer.get(`/customers/${id}`);
  const link = [...page.document.querySelectorAll('main a')].find((anchor) => anchor.getAttribute('href').includes('/entitlement?customer='));
  assert.ok((await viewer.get(link.getAttribute('href'))).text.includes(number));
  const nav = (await viewer.get('/entitlement')).document.querySelector('.site-nav a[aria-current]');
  assert.ok(nav.getAttribute('href').endsWith('/entitlement'));
});
