// iCalendar (RFC 5545) of a selection, and subscriptions to it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { createContract, manyContracts, selection } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
manyContracts(stack);
const editor = await signedIn(stack, 'editor');
const viewer = await signedIn(stack, 'viewer');
const nobody = () => new Client(stack);

/** Events as maps of name to value, with the alarms' triggers; strict about line ends and lengths. */
function parseCalendar(text) {
  assert.ok(text.endsWith('\r\n'));
  for (const line of text.slice(0, -2).split('\r\n')) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.doesNotMatch(line, /[\r\n]/);
  }
  const lines = text.slice(0, -2).replace(/\r\n /g, '').split('\r\n');
  assert.equal(lines[0], 'BEGIN:VCALENDAR');
  assert.equal(lines.at(-1), 'END:VCALENDAR');
  const head = {};
  const events = [];
  let event = null;
  let alarm = false;
  for (const line of lines.slice(1, -1)) {
    if (line === 'BEGIN:VEVENT') events.push(event = { alarms: [] });
    else if (line === 'END:VEVENT') event = null;
    else if (line === 'BEGIN:VALARM' || line === 'END:VALARM') alarm = line.startsWith('BEGIN');
    else {
      const [, name, value] = /^([^:]+):(.*)$/s.exec(line);
      if (alarm) { if (name.startsWith('TRIGGER')) event.alarms.push(value); }
      else (event ?? head)[name] = value.replace(/\\n/gi, '\n').replace(/\\(.)/g, '$1');
    }
  }
  return { head, events };
}

const compact = (iso) => iso.replaceAll('-', '');
/** "contract-12-notice" and its day, for every event that a contract's derived values call for. */
const expected = (contracts) => contracts.flatMap((contract) => [
  ...(contract.notice_by ? [`contract-${contract.id}-notice ${compact(contract.notice_by)}`] : []),
  ...(contract.term_ends_on ? [`contract-${contract.id}-end ${compact(contract.term_ends_on)}`] : []),
]).sort();
const found = (events) => events.map((event) => `${event.UID.split('@')[0]} ${event['DTSTART;VALUE=DATE']}`).sort();

test('the events are those of the selection', async () => {
  const query = 'level=L1&level=none&status=active&status=cancelled';
  const answer = await viewer.get(`/contracts.ics?${query}`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/calendar; *charset=utf-8$/i);
  const { head, events } = parseCalendar(answer.text);
  assert.equal(head.VERSION, '2.0');
  assert.equal(head.METHOD, undefined);
  assert.match(head['REFRESH-INTERVAL;VALUE=DURATION'], /^PT?\d+[HD]$/);
  assert.equal(head['X-PUBLISHED-TTL'], head['REFRESH-INTERVAL;VALUE=DURATION']);
  const contracts = await selection(viewer, `${query}&per=200`);
  assert.ok(contracts.length > 50);
  assert.deepEqual(found(events), expected(contracts));
  assert.equal(new Set(events.map((event) => event.UID)).size, events.length);
  for (const event of events) {
    assert.match(event.DTSTAMP, /^\d{8}T\d{6}Z$/);
    assert.match(event.URL, new RegExp(`^${stack.baseUrl}/contracts/\\d+$`));
    assert.deepEqual(event.alarms, ['-P30D', '-P7D']);
  }
});

test('what an event says, in both languages, and that its UID stays', async () => {
  const { id, fields } = await createContract(editor, { title: 'Größe; „Straße“, \\ und mehr', starts_on: '2025-01-01', ends_on: '2026-12-31', renewal_months: '12', notice_period: '3m', notice_to: 'term' });
  const german = parseCalendar((await viewer.get(`/contracts.ics?q=${fields.number}`)).text).events;
  const [contract] = await selection(viewer, `q=${fields.number}`);
  const notice = german.find((event) => event.UID.startsWith(`contract-${id}-notice@`));
  const end = german.find((event) => event.UID.startsWith(`contract-${id}-end@`));
  assert.equal(german.length, 2);
  assert.ok(notice.SUMMARY.includes(fields.number) && notice.SUMMARY.includes(contract.title), notice.SUMMARY);
  assert.match(notice.DESCRIPTION, /Kündigung zum 31\.12\.2026.*31\.12\.2027/);
  assert.match(end.DESCRIPTION, /31\.12\.2027/);
  const english = parseCalendar((await viewer.get(`/contracts.ics?q=${fields.number}&lang=en`)).text).events;
  assert.deepEqual(english.map((event) => event.UID).sort(), german.map((event) => event.UID).sort());
  assert.ok(english.some((event) => /notice to 31 Dec 2026/.test(event.DESCRIPTION)));
  await editor.submit(`/contracts/${id}/edit`, { ends_on: '2026-11-30' });
  const moved = parseCalendar((await viewer.get(`/contracts.ics?q=${fields.number}`)).text).events;
  assert.deepEqual(moved.map((event) => event.UID).sort(), german.map((event) => event.UID).sort());
  assert.ok(moved.every((event) => Number(event.SEQUENCE) > Number(notice.SEQUENCE)));
});

test('cancelled and ended contracts have no notice deadline, ended ones no alarm', async () => {
  for (const status of ['cancelled', 'ended']) {
    const { events } = parseCalendar((await viewer.get(`/contracts.ics?status=${status}`)).text);
    assert.ok(events.length > 0);
    assert.ok(events.every((event) => /-end@/.test(event.UID)), status);
    assert.ok(events.every((event) => (event.alarms.length === 0) === (status === 'ended')), status);
  }
});

test('an empty selection is a calendar without events, a bad one is refused in words', async () => {
  assert.deepEqual(parseCalendar((await viewer.get('/contracts.ics?q=nosuchwordanywhere')).text).events, []);
  const bad = await viewer.get('/contracts.ics?level=L99');
  assert.equal(bad.status, 400);
  assert.match(bad.text, /L99/);
});

/** Subscribes by the form; the address that the page shows once. */
async function subscribe(client, query, name) {
  const list = await client.get(`/contracts?${query}`);
  const link = [...list.document.querySelectorAll('.exports a')].find((anchor) => /calendars/.test(anchor.getAttribute('href'))).getAttribute('href');
  const page = await client.submit(link, { name });
  assert.equal(page.status, 200, page.text.slice(0, 300));
  return page.document.querySelector('.calendar-address a').getAttribute('href');
}
const rowOf = (page, name) => [...page.document.querySelectorAll('table.calendars tbody tr')].find((row) => row.querySelector('th').textContent.trim() === name);

test('a subscription: made, read without a session, seen by nobody else, revoked', async () => {
  const query = 'level=L1&notice_from=today&notice_to=%2B1y';
  const address = await subscribe(viewer, query, 'Meine Fristen ä');
  assert.match(address, /\/calendar\/[A-Za-z0-9_-]{43}\.ics$/);
  const answer = await nobody().get(address);
  assert.equal(answer.status, 200);
  const { head, events } = parseCalendar(answer.text);
  assert.equal(head['X-WR-CALNAME'], 'Meine Fristen ä');
  assert.deepEqual(found(events), expected(await selection(viewer, `${query}&per=200`)));
  const secret = /calendar\/(.*)\.ics/.exec(address)[1];
  assert.deepEqual(stack.database(`SELECT id FROM calendar_subscription WHERE query LIKE '%${secret}%' OR token_hash = '${secret}'`), []);
  assert.equal(stack.databaseValue("SELECT query FROM calendar_subscription WHERE name = 'Meine Fristen ä'"), query, 'relative days stay relative');
  const page = await viewer.get('/settings/calendars');
  assert.ok(!page.text.includes(secret), 'shown only once');
  const revoke = rowOf(page, 'Meine Fristen ä').querySelector('form').getAttribute('action');
  assert.equal(rowOf(await editor.get('/settings/calendars'), 'Meine Fristen ä'), undefined);
  assert.equal((await editor.post(revoke, { csrf: await editor.token() })).status, 404, "nobody revokes another's");
  assert.equal((await nobody().get(address)).status, 200);
  assert.equal((await viewer.post(revoke, { csrf: await viewer.token() })).status, 303);
  assert.equal((await nobody().get(address)).status, 404);
  assert.equal((await viewer.get(address)).status, 404);
  const logged = readFileSync(join(stack.directory, 'log/access.log'), 'utf8');
  assert.match(logged, /GET \S*\/settings\/calendars/);
  assert.ok(!logged.includes(secret), 'the address stands in no log');
});

test('as its user, in the user\'s language, as long as the account is on', async () => {
  assert.equal(stack.tool(['user', 'add', 'subscriber', '--role', 'viewer'], 'a passphrase of four words\n').status, 0);
  const subscriber = nobody();
  await subscriber.signIn('subscriber', 'a passphrase of four words');
  const { id } = await createContract(editor, { responsible: 'subscriber', starts_on: '2025-01-01', ends_on: '2026-12-31' });
  await createContract(editor, { responsible: 'editor', starts_on: '2025-01-01', ends_on: '2026-12-31' });
  const address = await subscribe(subscriber, 'responsible=me', 'Meine');
  stack.database("UPDATE user SET language = 'en' WHERE name = 'subscriber'");
  const { events } = parseCalendar((await nobody().get(address)).text);
  assert.deepEqual(found(events), [`contract-${id}-end 20261231`]);
  assert.match(events[0].SUMMARY, /^Contract ends: /);
  assert.equal(stack.tool(['user', 'disable', 'subscriber']).status, 0);
  assert.equal((await nobody().get(address)).status, 404);
  assert.equal(stack.tool(['user', 'enable', 'subscriber']).status, 0);
  assert.equal((await nobody().get(address)).status, 200);
});

test('unknown secrets, and addresses that only look alike', async () => {
  for (const path of [`/calendar/${'A'.repeat(43)}.ics`, '/calendar/x.ics', '/calendar/.ics', `/calendar/${'A'.repeat(43)}`, '/calendar/%00.ics', `/calendar/${'A'.repeat(300)}.ics`]) {
    assert.ok([400, 404].includes((await nobody().get(path)).status), path);
  }
  assert.equal((await nobody().post(`/calendar/${'A'.repeat(43)}.ics`, {})).status, 405);
});

test('a user has so many and no more; a name is needed', async () => {
  assert.equal(stack.tool(['user', 'add', 'collector', '--role', 'viewer'], 'a passphrase of four words\n').status, 0);
  const collector = nobody();
  await collector.signIn('collector', 'a passphrase of four words');
  assert.equal((await collector.submit('/settings/calendars/new', { name: ' ' })).status, 422);
  const csrf = await collector.token();
  let made = 0;
  let answer;
  for (; made < 100 && (answer = await collector.post('/settings/calendars', { csrf, name: 'x', query: '' })).status === 200;) made += 1;
  assert.equal(answer.status, 422);
  assert.ok(made > 1 && answer.text.includes(String(made)), `${made}`);
  assert.equal((await collector.post('/settings/calendars', { csrf, name: 'x', query: 'colour=blue' })).status, 400);
});

test('the secret is in no log', async () => {
  const address = await subscribe(viewer, 'level=L2', 'Für das Protokoll');
  await nobody().get(address);
  const secret = /calendar\/(.*)\.ics/.exec(address)[1];
  for (const log of ['access.log', 'web.log', 'workers.log']) assert.ok(!readFileSync(join(stack.directory, 'log', log), 'utf8').includes(secret), log);
});
