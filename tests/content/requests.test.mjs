// Support requests: taken in, their deadlines, their steps, their queues, their report, their reminders. "Now" is Wednesday, 2026-02-11, 10:15 in Berlin.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { formFields as fieldsOf, signedIn } from '../support/client.mjs';
import { createContract, newNumber } from '../support/contracts.mjs';
import { newBox } from '../support/mailbox.mjs';
import { program } from '../support/program.mjs';
import { NOW, build, root, startStack, TODAY } from '../support/stack.mjs';

// A stack of its own: levels are changed and retired here, and queues are to hold these requests only.
const stack = await startStack();
after(() => stack.stop());
stack.database("INSERT INTO user (name, display_name, role) VALUES ('second', 'Zweite Person', 'editor'); INSERT INTO user_password SELECT LAST_INSERT_ID(), hash FROM user_password JOIN user ON user.id = user_id WHERE name = 'editor'");
stack.logins.second = stack.logins.editor;
const viewer = await signedIn(stack, 'viewer');
const editor = await signedIn(stack, 'editor');
const second = await signedIn(stack, 'second');
const admin = await signedIn(stack, 'admin');

const words = (element) => element?.textContent.replace(/\s+/g, ' ').trim();
const local = (location) => location.replace(new URL(stack.baseUrl).pathname.replace(/\/$/, ''), '').replace(/^https?:\/\/[^/]+/, '');
const FORM = 'form[data-guard]';
const formFields = (form) => Object.fromEntries(fieldsOf(form));

async function newContract(level = 'L2', more = {}) {
  const number = newNumber('A');
  assert.ok((await createContract(editor, { number, level, ...more })).id);
  return number;
}

/** Takes a request in and gives its address. */
async function takeIn(fields = {}, client = editor) {
  const contract = fields.contract ?? await newContract();
  const answer = await client.submit('/requests/new', { contract, subject: 'Drucker druckt nicht', caller: 'Frau Muster', text: 'Seit heute.', ...fields }, FORM);
  assert.equal(answer.status, 303, answer.text?.slice(0, 2000));
  return local(answer.location);
}
const json = async (address) => (await viewer.get(`${address}.json`)).json();
const step = (address, changes, client = editor) => client.submit(address, changes, FORM);
async function steps(address, ...all) {
  for (const changes of all) assert.equal((await step(address, changes)).status, 303, JSON.stringify(changes));
}
const quick = (client, address, name) => client.submit(address, { step: name }, `form:has(button[value="${name}"]):not([data-guard])`);
const cards = (page) => Object.fromEntries([...page.document.querySelectorAll('.request-cards .card')].map((card) => [words(card.querySelector('dt')), words(card.querySelector('dd'))]));
const rows = (page) => [...page.document.querySelectorAll('.request-list tbody tr th')].map(words);
const numberOf = (address) => address.split('/').pop();

// ---- taking in ----

test('what the contract promises is fixed, and the page says by when', async () => {
  const contract = await newContract('L2');
  const form = await editor.get(`/requests/new?contract=${encodeURIComponent(contract)}`);
  assert.match(words(form.document.querySelector('.entitlement-cards')), /L2 Technischer Support.*heute 14:15.*Freitag 16:15/);
  const address = await takeIn({ contract });
  const request = await json(address);
  assert.deepEqual({ ...request, id: 0, customer_number: '', customer_name: '' }, {
    id: 0, subject: 'Drucker druckt nicht', caller: 'Frau Muster', text: 'Seit heute.', contract, customer_number: '', customer_name: '', queue: 'L1', user: null, state: 'open', level: 'L2',
    response_minutes: 240, restore_minutes: 1440, taken_at: `${NOW}:00+01:00`, respond_by: '2026-02-11T14:15:00+01:00', responded_at: null, restore_by: '2026-02-13T16:15:00+01:00', solved_at: null, version: 1,
  });
  const page = await viewer.get(address);
  assert.deepEqual(cards(page), { Status: 'offen', Anrufer: 'Frau Muster', 'Reaktion bis': 'heute 14:15', 'Wiederherstellung bis': 'Freitag 16:15', Warteschlange: 'L1 Help Desk', 'Bearbeitet von': 'noch niemand' });
  assert.equal(page.document.querySelector('form[data-guard]'), null, 'a viewer only looks');
  assert.match(words(page.document.querySelector('.step')), /Aufgenommen.*Frau Muster.*Seit heute\./);
});

test('in English', async () => {
  const page = await viewer.get(await takeIn(), { 'accept-language': 'en' });
  assert.match(words(page.document.querySelector('.request-cards')), /Respond by ?today 14:15.*Restore by ?Friday 16:15/);
  assert.match((await viewer.get('/requests?lang=en')).text, /Support requests/);
});

test('a contract without a level is helped too, without a deadline', async () => {
  const address = await takeIn({ contract: await newContract('') });
  const request = await json(address);
  assert.deepEqual([request.level, request.respond_by, request.restore_by], [null, null, null]);
  assert.match((await viewer.get(address)).text, /keine Frist/);
});

for (const [what, fields, field] of [
  ['an unknown contract', { contract: 'NO-SUCH' }, 'contract'], ['no contract', { contract: '' }, 'contract'], ['no subject', { subject: ' ' }, 'subject'], ['a long subject', { subject: 'x'.repeat(201) }, 'subject'],
  ['a level that there isn’t', { queue: 'L9' }, 'queue'],
]) {
  test(`refused beside the field: ${what}`, async () => {
    const before = stack.databaseValue('SELECT COUNT(*) FROM request');
    const answer = await editor.submit('/requests/new', { contract: await newContract(), subject: 'Betreff', text: 'bleibt stehen', ...fields }, FORM);
    assert.equal(answer.status, 422);
    assert.ok(answer.document.querySelector(`#${field}-error`), 'beside the field');
    assert.equal(answer.document.querySelector('#text').textContent.trim(), 'bleibt stehen');
    assert.equal(stack.databaseValue('SELECT COUNT(*) FROM request'), before);
  });
}

test('only under a contract in force', async () => {
  for (const [days, reason] of [[{ starts_on: '2020-01-01', ends_on: '2025-12-31' }, 'beendet'], [{ starts_on: '2027-01-01' }, 'noch nicht begonnen']]) {
    const answer = await editor.submit('/requests/new', { contract: await newContract('L2', days), subject: 'Betreff' }, FORM);
    assert.equal(answer.status, 422);
    assert.match(words(answer.document.querySelector('#contract-error')), new RegExp(reason));
  }
});

test('a form that is sent twice takes in once', async () => {
  const form = await editor.get('/requests/new');
  const fields = { ...formFields(form.document.querySelector(FORM)), contract: await newContract(), subject: 'zweimal' };
  const [one, other] = await Promise.all([editor.post('/requests', fields), editor.post('/requests', fields)]);
  assert.deepEqual([one.status, other.status], [303, 303]);
  assert.equal(one.location, other.location);
  assert.equal(stack.databaseValue("SELECT COUNT(*) FROM request WHERE subject = 'zweimal'"), '1');
  // Changed before it was sent again: the first one is not taken for this one.
  const changed = await editor.post('/requests', { ...fields, text: 'jetzt mit Text' });
  assert.equal(changed.status, 422);
  assert.match(words(changed.document.querySelector('#subject-error')), new RegExp(`als Nummer ${numberOf(local(one.location))} aufgenommen`));
  assert.equal((await editor.post('/requests', { ...fields, text: 'jetzt mit Text', once: formFields(changed.document.querySelector(FORM)).once })).status, 303);
  assert.equal((await editor.post('/requests', { ...fields, once: 'x' })).status, 400);
});

test('programs take requests in and read them', async () => {
  const telephone = await program(editor, 'editor');
  const call = { contract: await newContract(), subject: 'vom Telefon', once: '0123456789abcdef'.repeat(2) };
  const answer = await telephone.send('/requests.json', call);
  assert.equal(answer.status, 201, answer.text);
  assert.equal((await telephone.send('/requests.json', call)).json().id, answer.json().id, 'sent again it is the same one');
  assert.equal(answer.json().queue, 'L1');
  assert.deepEqual((await viewer.get(local(answer.headers.get('location')))).json(), answer.json());
});

// ---- steps ----

test('of two who take a request at once one gets it, and the other is told', async () => {
  const address = await takeIn();
  const pages = await Promise.all([editor.get(address), second.get(address)]);
  const fields = pages.map((page) => ({ ...formFields(page.document.querySelector('form:has(button[value="taken"])')), step: 'taken' }));
  const answers = await Promise.all([editor.post(address, fields[0]), second.post(address, fields[1])]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
  const loser = answers.find(({ status }) => status === 409);
  const winner = answers[0].status === 303 ? 'editor' : 'second';
  assert.match(words(loser.document.querySelector('#conflict')), winner === 'editor' ? /editor hat die Anfrage übernommen/ : /Zweite Person hat die Anfrage übernommen/);
  assert.equal((await json(address)).user, winner);
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM request_step WHERE request_id = ${numberOf(address)} AND kind = 1`), '1');
});

test('what was typed is kept when somebody was faster', async () => {
  const address = await takeIn();
  const page = await second.get(address);
  assert.equal((await quick(editor, address, 'taken')).status, 303);
  const late = await second.post(address, { ...formFields(page.document.querySelector(FORM)), step: 'passed_on', level: 'L3', text: 'mein langer Grund' });
  assert.equal(late.status, 409);
  assert.equal(late.document.querySelector('#text').textContent.trim(), 'mein langer Grund');
  assert.equal(late.document.querySelector('#level option[selected]').getAttribute('value'), 'L3');
  assert.equal((await json(address)).queue, 'L1');
});

test('the first answer is the response; a question stops the clock and names since when', async () => {
  const address = await takeIn();
  assert.equal((await step(address, { step: 'asked', text: 'Welcher Drucker?' })).status, 303);
  const page = await viewer.get(address);
  assert.match(cards(page).Status, /wartet auf den Kunden.*heute 10:15/);
  assert.match(cards(page)['Reaktion bis'], /eingehalten/);
  assert.equal(cards(page)['Wiederherstellung bis'], '24 Stunden Servicezeit übrig');
  const waiting = await json(address);
  assert.deepEqual([waiting.state, waiting.restore_by, waiting.responded_at, waiting.user], ['waiting', null, `${NOW}:00+01:00`, 'editor']);
  // It was taken in at 8:15 and asked at 9:15: the clock stood still for an hour.
  stack.database(`UPDATE request SET taken_at = '2026-02-11 07:15' WHERE id = ${numberOf(address)}; UPDATE request_step SET at = '2026-02-11 08:15' WHERE request_id = ${numberOf(address)} AND kind = 4`);
  assert.equal((await step(address, { step: 'resumed', text: 'Der am Fenster.' })).status, 303);
  const running = await json(address);
  assert.deepEqual([running.state, running.restore_by], ['open', '2026-02-13T15:15:00+01:00']);
});

test('solved, and reopened', async () => {
  const address = await takeIn();
  const wordless = await step(address, { step: 'solved', text: '' });
  assert.equal(wordless.status, 422);
  assert.match(words(wordless.document.querySelector('#text-error')), /was geholfen hat/);
  await steps(address, { step: 'solved', text: 'Papier war leer.' });
  const solved = await json(address);
  assert.deepEqual([solved.state, solved.solved_at, solved.user], ['solved', `${NOW}:00+01:00`, 'editor']);
  const page = await editor.get(address);
  assert.equal(page.document.querySelector('button[value="answered"]'), null);
  assert.equal((await step(address, { step: 'reopened', text: '' })).status, 422);
  await steps(address, { step: 'reopened', text: 'Geht wieder nicht.' });
  assert.equal((await json(address)).state, 'open');
  assert.deepEqual([...(await viewer.get(address)).document.querySelectorAll('.step-head strong')].map(words), ['Aufgenommen', 'Gelöst', 'Wieder geöffnet']);
});

test('passed on with a reason to the next level of the catalogue, and handed back', async () => {
  const address = await takeIn();
  const form = await editor.get(address);
  assert.equal(form.document.querySelector('#level option[selected]').getAttribute('value'), 'L2');
  assert.equal((await step(address, { step: 'passed_on', text: '' })).status, 422, 'without a reason it stays');
  await quick(editor, address, 'taken');
  await steps(address, { step: 'passed_on', text: 'Treiber' });
  let request = await json(address);
  assert.deepEqual([request.queue, request.user, request.level, request.respond_by], ['L2', null, 'L2', '2026-02-11T14:15:00+01:00']);
  await steps(address, { step: 'handed_back', text: 'Bitte erst die Version erfragen' });
  request = await json(address);
  assert.equal(request.queue, 'L1');
  assert.match(words((await viewer.get(address)).document.querySelector('.step-handed_back')), /Zurückgegeben L2 → L1.*Version erfragen/);
  assert.equal((await step(address, { step: 'passed_on', text: 'weil', level: 'L1' })).status, 422, 'it stands there already');
  assert.equal((await step(address, { step: 'passed_on', text: 'weil', level: 'L9' })).status, 422);
});

describe('what a level lacks is a clear choice', () => {
  after(() => stack.database("UPDATE support_level SET retired = FALSE; DELETE FROM level_staff"));
  const why = async (address) => words((await editor.get(address)).document.querySelector('#level-why'));
  const proposed = async (address) => (await editor.get(address)).document.querySelector('#level option[selected]')?.getAttribute('value') ?? '';

  test('no higher one', async () => {
    const address = await takeIn({ queue: 'L4' });
    assert.match(await why(address), /L4 hat keinen nächsthöheren Level/);
    assert.equal(await proposed(address), '');
    const answer = await step(address, { step: 'passed_on', text: 'weiß nicht weiter' });
    assert.equal(answer.status, 422);
    assert.ok(answer.document.querySelector('#level-error'));
    await steps(address, { step: 'passed_on', text: 'weiß nicht weiter', level: 'L3' });
    assert.equal((await json(address)).queue, 'L3');
  });

  test('the next one is retired: it is not offered, nor taken', async () => {
    const address = await takeIn({ queue: 'L2' });
    stack.database("UPDATE support_level SET retired = TRUE WHERE code = 'L3'");
    assert.match(await why(address), /Der nächsthöhere Level L3 ist stillgelegt/);
    assert.equal((await editor.get(address)).document.querySelector('#level option[value="L3"]'), null);
    assert.equal((await step(address, { step: 'passed_on', text: 'weil', level: 'L4' })).status, 303);
    const other = await takeIn({ queue: 'L2' });
    const fields = formFields((await editor.get(other)).document.querySelector(FORM));
    assert.equal((await editor.post(other, { ...fields, step: 'passed_on', text: 'weil', level: 'L3' })).status, 422);
    stack.database("UPDATE support_level SET retired = FALSE WHERE code = 'L3'");
  });

  test('nobody works there', async () => {
    const address = await takeIn({ queue: 'L2' });
    assert.equal(await proposed(address), 'L3', 'where staffing is not kept it says nothing');
    const users = [...(await admin.get('/levels/L4/staff')).document.querySelectorAll('input[name="user"]')];
    assert.ok(users.length >= 4);
    const saved = await admin.submit('/levels/L4/staff', { user: users[0].getAttribute('value') }, FORM);
    assert.equal(saved.status, 303);
    assert.match(await why(address), /L3 ist niemand zugeordnet/);
    assert.equal(await proposed(address), '');
    assert.deepEqual([...(await editor.get(address)).document.querySelectorAll('#level option')].map(words).filter((text) => /^L[34]/.test(text)), ['L3 Expertensupport (niemand zugeordnet)', 'L4 Spezialisten und Hersteller (1 Person)']);
    assert.equal((await step(address, { step: 'passed_on', text: 'trotzdem', level: 'L3' })).status, 303);
  });
});

test('a request never sits in no queue: its level stays while it is there, and a retired level’s queue can be seen', async () => {
  const made = await admin.submit('/levels/new', { code: 'LX', name: 'Vorübergehend', rank: '9' }, 'form:has([name="code"])');
  assert.equal(made.status, 303);
  const address = await takeIn({ queue: 'LX' });
  const gone = await admin.submit('/levels/LX', {}, 'form[action$="/delete"]');
  assert.equal(gone.status, 409);
  await admin.submit('/levels/LX', {}, 'form[action$="/retire"]');
  stack.database("INSERT INTO level_staff SELECT support_level.id, user.id FROM support_level, user WHERE code = 'LX'");
  const tabs = async () => [...(await viewer.get('/requests')).document.querySelectorAll('.tabs a')].map(words);
  assert.ok((await tabs()).some((tab) => /^LX 1/.test(tab)));
  await steps(address, { step: 'passed_on', text: 'Level geht', level: 'L1' });
  assert.ok(!(await tabs()).some((tab) => /^LX/.test(tab)), 'empty and retired: no more');
  stack.database("DELETE FROM request WHERE taken_level_id = (SELECT id FROM support_level WHERE code = 'LX')");
  assert.equal((await admin.submit('/levels/LX', {}, 'form[action$="/delete"]')).status, 303, 'its people don’t keep it');
  assert.equal(stack.databaseValue('SELECT COUNT(*) FROM level_staff'), '0');
  assert.equal(stack.databaseValue('SELECT COUNT(*) FROM request LEFT JOIN support_level ON support_level.id = level_id WHERE support_level.id IS NULL'), '0');
});

test('changing a level’s times changes no running promise; the page shows both', async () => {
  const address = await takeIn();
  const before = await json(address);
  assert.equal((await viewer.get(address)).document.querySelector('.request-promise .notice'), null);
  stack.database("UPDATE support_level SET response_minutes = 15, restore_minutes = 60 WHERE code = 'L2'; UPDATE service_calendar SET friday_hours = '' WHERE code = 'BUERO'");
  try {
    assert.deepEqual(await json(address), before);
    const promise = (await viewer.get(address)).document.querySelector('.request-promise');
    assert.match(words(promise.querySelector('.facts')), /4 Stunden.*24 Stunden.*Mo–Fr 08:00–17:00/);
    assert.match(words(promise.querySelector('.notice')), /15 Minuten.*1 Stunde.*Mo–Do 08:00–17:00/);
    // Nor does a step: Friday was a working day when it was promised.
    await steps(address, { step: 'answered', text: 'wir kümmern uns' });
    assert.equal((await json(address)).restore_by, before.restore_by);
    assert.equal((await json(await takeIn())).respond_by, '2026-02-11T10:30:00+01:00', 'a new one gets the new times');
  } finally {
    stack.database("UPDATE support_level SET response_minutes = 240, restore_minutes = 1440 WHERE code = 'L2'; UPDATE service_calendar SET friday_hours = '08:00–17:00' WHERE code = 'BUERO'");
  }
});

test('steps that there are not', async () => {
  const address = await takeIn();
  const fields = formFields((await editor.get(address)).document.querySelector(FORM));
  for (const wrong of ['taken_in', 'gone', '']) assert.equal((await editor.post(address, { ...fields, step: wrong })).status, 400, wrong);
  assert.equal((await editor.post(address, { ...fields, step: 'answered', text: 'x', colour: 'blue' })).status, 400);
  assert.equal((await editor.post(address, { ...fields, step: 'resumed' })).status, 409, 'it does not wait');
  assert.equal((await editor.get('/requests/4000000000')).status, 404);
});

// ---- queues ----

describe('queues', () => {
  let customer;
  const made = {};
  before(async () => {
    customer = newNumber('Q');
    assert.equal((await editor.submit('/customers/new', { number: customer, name: 'Warteschlange AG' }, 'form:has([name="number"])')).status, 303);
    for (const level of ['L3', 'L2', '', 'L4']) made[level] = await takeIn({ contract: await newContract(level, { customer_number: customer }) });
    made.waiting = await takeIn({ contract: await newContract('L4', { customer_number: customer }) });
    await steps(made.waiting, { step: 'asked', text: 'Was?' });
    made.solved = await takeIn({ contract: await newContract('L4', { customer_number: customer }) });
    await steps(made.solved, { step: 'solved', text: 'geholfen' });
    made.late = await takeIn({ contract: await newContract('L1', { customer_number: customer }) });
    stack.database(`UPDATE request SET respond_by = '2026-02-11 08:00', queue_at = '2026-02-11 08:00' WHERE id = ${numberOf(made.late)}`);
  });
  const numbers = (...names) => names.map((name) => numberOf(made[name]));

  test('the overdue first, then the next deadline, those without one, and those that wait', async () => {
    const page = await viewer.get(`/requests?customer=${customer}`);
    assert.deepEqual(rows(page), numbers('late', 'L4', 'L3', 'L2', '', 'waiting'));
    assert.match(words(page.document.querySelector('.request-list tbody tr')), /überfällig/);
    assert.equal(page.document.querySelectorAll('tr.is-late').length, 1);
    assert.deepEqual(rows(await viewer.get(`/requests?state=overdue&customer=${customer}`)), numbers('late'));
    assert.deepEqual(rows(await viewer.get(`/requests?state=waiting&customer=${customer}`)), numbers('waiting'));
    assert.deepEqual(rows(await viewer.get(`/requests?state=solved&customer=${customer}`)), numbers('solved'));
    assert.deepEqual((await viewer.get(`/requests.json?customer=${customer}`)).json().requests.map(({ id }) => String(id)), rows(page));
  });

  test('a level’s, mine, nobody’s', async () => {
    await steps(made.L2, { step: 'passed_on', text: 'weil', level: 'L2' });
    assert.deepEqual(rows(await viewer.get(`/requests?level=L2&customer=${customer}`)), numbers('L2'));
    await quick(second, made.L3, 'taken');
    assert.deepEqual(rows(await second.get(`/requests?user=me&customer=${customer}`)), numbers('L3'));
    assert.deepEqual(rows(await viewer.get(`/requests?user=second&customer=${customer}`)), numbers('L3'));
    assert.ok(!rows(await viewer.get(`/requests?user=none&customer=${customer}`)).includes(numberOf(made.L3)));
    assert.match(words((await second.get('/requests')).document.querySelector('.tabs')), /Meine [12]/);
    await quick(second, made.L3, 'released');
    assert.deepEqual(rows(await second.get(`/requests?user=me&customer=${customer}`)), []);
  });

  test('the same queue has one address', async () => {
    const redirected = await viewer.get(`/requests?customer=${customer}&level=L1&state=&user=`);
    assert.equal(redirected.status, 303);
    assert.equal(local(redirected.location), `/requests?level=L1&customer=${customer}`);
  });

  test('who knows a number goes straight to it', async () => {
    const there = await viewer.get(`/requests?state=&user=&customer=&number=${numberOf(made.L4)}`);
    assert.equal(there.status, 303);
    assert.equal(local(there.location), made.L4);
  });

  test('what is not understood is named, and the form is still there', async () => {
    for (const [query, parameter] of [['colour=blue', 'colour'], ['number=x', 'number'], ['level=L9', 'level'], ['user=nobody-of-that-name', 'user'], ['state=gone', 'state'], ['after=x', 'after'], ['figure=solved', 'month'], ['month=2026-02', 'figure'],
      ['figure=gone&month=2026-02&level=L1', 'figure'], ['figure=solved&month=2026-13&level=L1', 'month'], ['figure=taken&month=9999-12&level=L1', 'month'], ['figure=solved&month=2026-02&level=L1&user=me', 'user'], ['figure=solved&month=2026-02&level=L1&state=solved', 'state'],
      ['figure=solved&month=2026-02&level=L1&customer=K-10001', 'customer'], ['figure=solved&month=2026-02', 'level'], ['level=L1&level=L2', 'level']]) {
      const answer = await viewer.get(`/requests?${query}`);
      assert.equal(answer.status, 400, query);
      assert.ok(answer.document.querySelector('form.request-filter'));
      assert.ok([...answer.document.querySelectorAll('#filter-errors code')].map(words).includes(parameter), query);
      assert.equal((await viewer.get(`/requests.json?${query}`)).status, 400, query);
    }
    assert.match((await viewer.get('/requests?customer=NO-SUCH')).text, /Die Kundennummer „NO-SUCH“ gibt es nicht/);
    assert.match((await viewer.get('/requests?contract=NO-SUCH')).text, /Die Vertragsnummer „NO-SUCH“ gibt es nicht/);
    assert.deepEqual(rows(await viewer.get('/requests?customer=NO-SUCH')), []);
  });

  test('page by page every request comes once, in order', async () => {
    const id = stack.databaseValue(`SELECT contract_id FROM request WHERE id = ${numberOf(made.L4)}`);
    const many = newNumber('Q');
    await editor.submit('/customers/new', { number: many, name: 'Viele AG' }, 'form:has([name="number"])');
    stack.database(`INSERT INTO request (contract_id, customer_id, subject, taken_at, taken_level_id, level_id, state, queue_at)
      SELECT ${id}, (SELECT id FROM customer WHERE number = '${many}'), CONCAT('n', seq), '2026-02-01', 2, 2, seq % 2, '2026-02-12' + INTERVAL seq % 7 HOUR FROM seq_1_to_170`);
    const seen = [];
    for (let next = `/requests?customer=${many}`; next;) {
      const page = await viewer.get(next);
      seen.push(...rows(page));
      const link = page.document.querySelector('a[rel="next"]')?.getAttribute('href');
      next = link && local(link);
    }
    assert.deepEqual(seen, stack.database(`SELECT request.id FROM request JOIN customer ON customer.id = customer_id WHERE number = '${many}' ORDER BY state, queue_at, request.id`).map(([one]) => one));
    const read = [];
    for (let next = `/requests.json?customer=${many}`; next;) {
      const answer = (await viewer.get(next)).json();
      read.push(...answer.requests.map((request) => String(request.id)));
      next = answer.next && local(answer.next);
    }
    assert.deepEqual(read, seen);
    stack.database("DELETE FROM request WHERE subject LIKE 'n%' AND taken_at = '2026-02-01'");
  });
});

test('contract, customer and entitlement lead to their requests', async () => {
  const contract = await newContract();
  const address = await takeIn({ contract });
  const { customer_number: customer } = await json(address);
  assert.deepEqual(rows(await viewer.get(`/requests?contract=${encodeURIComponent(contract)}`)), [numberOf(address)]);
  const entitlement = await editor.get(`/entitlement?customer=${encodeURIComponent(customer)}`);
  assert.ok(entitlement.document.querySelector(`a[href$="/requests?customer=${encodeURIComponent(customer)}"]`));
  assert.ok(entitlement.document.querySelector(`a[href$="/requests/new?contract=${encodeURIComponent(contract)}"]`));
  assert.equal((await viewer.get(`/entitlement?customer=${encodeURIComponent(customer)}`)).document.querySelector('a[href*="/requests/new"]'), null);
  const id = stack.databaseValue(`SELECT id FROM contract WHERE number = '${contract}'`);
  assert.ok((await editor.get(`/contracts/${id}`)).document.querySelector(`a[href$="/requests/new?contract=${encodeURIComponent(contract)}"]`));
  const refused = await admin.submit(`/contracts/${id}`, {}, 'form[action$="/delete"]');
  assert.equal(refused.status, 409);
  assert.equal((await viewer.get(`/contracts/${id}`)).status, 200, 'a contract with requests stays');
});

// ---- the report ----

describe('the report', () => {
  const figures = async (from, to = from) => (await viewer.get(`/reports/requests.json?from=${from}&to=${to}`)).json().months;

  test('each figure leads to the requests behind it', async () => {
    for (const [month, level] of [['2025-03', 'L2'], ['2025-03', 'L3']]) {
      const contract = stack.databaseValue(`SELECT id FROM contract WHERE number = '${await newContract(level)}'`);
      // Ten solved requests, which took 10, 20, … 100 minutes to be answered and as many hours to be solved; two more without a promise.
      stack.database(`INSERT INTO request (contract_id, customer_id, subject, taken_at, taken_level_id, level_id, state, respond_by, responded_at, response_minutes, response_seconds, restore_by, restore_minutes, restore_seconds, solved_at, queue_at)
        SELECT ${contract}, (SELECT customer_id FROM contract WHERE id = ${contract}), 'gemessen', '${month}-10 09:00', 2, (SELECT id FROM support_level WHERE code = '${level}'), 2,
          IF(seq <= 10, '${month}-10 09:37' - INTERVAL seq MINUTE, NULL), '${month}-10 09:30', IF(seq <= 10, 70, NULL), seq * 600, IF(seq <= 10, '${month}-15 14:00' - INTERVAL seq HOUR, NULL), IF(seq <= 10, 300, NULL), seq * 3600, '${month}-15 09:00', '${month}-15 09:00' FROM seq_1_to_12`);
    }
    const [{ month, levels }] = await figures('2025-03');
    assert.equal(month, '2025-03');
    assert.deepEqual(levels.map(({ level }) => level), ['L1', 'L2', 'L3']);
    assert.deepEqual(levels[0], { level: 'L1', taken: 24, solved: 0, passed_on: 0, response_promised: 0, response_kept: 0, restore_promised: 0, restore_kept: 0, response_median: null, response_ninety: null, restore_median: null, restore_ninety: null });
    assert.deepEqual(levels[1], { level: 'L2', taken: 0, solved: 12, passed_on: 0, response_promised: 10, response_kept: 7, restore_promised: 10, restore_kept: 5, response_median: 3900, response_ninety: 6540, restore_median: 23400, restore_ninety: 39240 });
    const page = await viewer.get('/reports/requests?from=2025-03&to=2025-03');
    const row = page.document.querySelector('.request-report tbody tr:nth-child(2)');
    assert.match(words(row), /L2 Technischer Support 0 12 0 7 von 10 \(70 %\) 3 verfehlt 5 von 10 \(50 %\) 5 verfehlt 1 Stunde 5 Minuten 1 Stunde 49 Minuten 6 Stunden 30 Minuten 10 Stunden 54 Minuten/);
    const counts = {};
    for (const link of page.document.querySelectorAll('.request-report a[href*="figure="]')) {
      const shown = Number(/\d+/.exec(words(link))[0]);
      const list = await viewer.get(local(link.getAttribute('href')));
      assert.equal(list.status, 200, link.getAttribute('href'));
      assert.equal(rows(list).length, shown, link.getAttribute('href'));
      counts[new URL(link.getAttribute('href'), stack.baseUrl).searchParams.get('figure')] = true;
    }
    assert.deepEqual(Object.keys(counts).sort(), ['response_broken', 'response_kept', 'restore_broken', 'restore_kept', 'solved', 'taken']);
  });

  test('this month’s steps are in it', async () => {
    const before = (await figures('2026-02'))[0].levels.find(({ level }) => level === 'L1');
    const address = await takeIn();
    await steps(address, { step: 'passed_on', text: 'weil', level: 'L2' }, { step: 'handed_back', text: 'doch' }, { step: 'passed_on', text: 'weil', level: 'L2' }, { step: 'solved', text: 'geholfen' });
    const [{ levels }] = await figures('2026-02');
    const now = levels.find(({ level }) => level === 'L1');
    assert.equal(now.taken, before.taken + 1);
    assert.equal(now.passed_on, before.passed_on + 1, 'a request that was passed on twice counts once');
    const list = await viewer.get('/requests?level=L1&figure=passed_on&month=2026-02');
    assert.ok(rows(list).includes(numberOf(address)));
    assert.equal(rows(list).length, now.passed_on);
  });

  test('three months unless others are asked for; what cannot be is said', async () => {
    assert.deepEqual((await viewer.get('/reports/requests.json')).json().months.map(({ month }) => month), ['2025-12', '2026-01', '2026-02']);
    for (const query of ['from=2026-13', 'to=9999-12', 'from=x', 'from=2026-03&to=2026-02', 'from=2020-01&to=2026-02']) {
      const answer = await viewer.get(`/reports/requests?${query}`);
      assert.equal(answer.status, 400, query);
      assert.ok(answer.document.querySelector('#filter-errors'));
    }
    assert.equal((await viewer.get('/reports/requests?colour=blue')).status, 400);
    assert.match((await viewer.get('/reports/requests?from=1999-01&to=1999-02')).text, /gab es keine Anfrage/);
  });
});

// ---- reminders ----

describe('reminders', () => {
  const remind = (box, now, args = ['--requests']) => stack.tool(['remind', ...args], '', { SUPPORTLEVEL_SENDMAIL: box.program, SUPPORTLEVEL_MAIL_FROM: 'support@example.org', SUPPORTLEVEL_NOW: now, SUPPORTLEVEL_BASE_URL: 'https://support.example' });
  before(() => stack.database("DELETE FROM request; DELETE FROM level_staff; UPDATE user SET email = CONCAT(name, '@example.org')"));
  const staff = (level, name) => stack.database(`INSERT INTO level_staff SELECT support_level.id, user.id FROM support_level, user WHERE code = '${level}' AND user.name = '${name}'`);

  test('the level’s people are told an hour before, once for each deadline, then whoever works on it', async () => {
    const box = newBox();
    staff('L1', 'second');
    const address = await takeIn();
    assert.equal(remind(box, `${TODAY}T13:14`).status, 0);
    assert.deepEqual(box.mails(), []);
    const run = remind(box, `${TODAY}T13:15`);
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /1 e-mails with 1 support requests sent/);
    remind(box, `${TODAY}T13:20`);
    const [mail, ...others] = box.mails();
    assert.equal(others.length, 0);
    assert.equal(mail.recipient, 'second@example.org');
    assert.match(mail.subject, /Frist einer Anfrage: Mittwoch, 11\.02\.2026, 14:15/);
    assert.match(mail.text, new RegExp(`Guten Tag Zweite Person[^]*Anfrage ${numberOf(address)}: Drucker druckt nicht[^]*Reaktion bis Mittwoch, 11\\.02\\.2026, 14:15[^]*https://support\\.example${address}`));
    await steps(address, { step: 'answered', text: 'kommt' });
    remind(box, '2026-02-13T15:14');
    assert.equal(box.mails().length, 1);
    // Three runs at once: one of them tells.
    const environment = { ...process.env, SUPPORTLEVEL_SENDMAIL: box.program, SUPPORTLEVEL_MAIL_FROM: 'support@example.org', SUPPORTLEVEL_NOW: '2026-02-13T15:15', SUPPORTLEVEL_TODAY: TODAY,
      SUPPORTLEVEL_DATABASE_URL: `mariadb://${userInfo().username}@localhost/supportlevel?socket=${stack.state.database_socket}`, LC_ALL: 'C.UTF-8' };
    const ends = await Promise.all([1, 2, 3].map(() => new Promise((resolve) => { spawn(join(root, build, 'supportlevel'), ['remind', '--requests'], { cwd: root, env: environment, stdio: 'ignore' }).on('exit', resolve); })));
    assert.deepEqual(ends, [0, 0, 0]);
    const later = box.mails().filter((one) => one.recipient === 'editor@example.org');
    assert.equal(later.length, 1);
    assert.match(later[0].text, /Wiederherstellung bis Freitag, 13\.02\.2026, 16:15/);
    assert.equal(box.mails().length, 2);
  });

  test('in service hours, not at midnight', async () => {
    const box = newBox();
    const address = await takeIn({ contract: await newContract('L2') });
    // Its hour before the deadline begins as the office closes.
    stack.database(`UPDATE request SET remind_at = '2026-02-11 16:00' WHERE id = ${numberOf(address)}`);
    for (const closed of [`${TODAY}T17:00`, `${TODAY}T23:59`, '2026-02-12T07:59']) remind(box, closed);
    assert.deepEqual(box.mails(), []);
    remind(box, '2026-02-12T08:00');
    assert.equal(box.mails().length, 1);
    stack.database(`DELETE FROM request WHERE id = ${numberOf(address)}`);
  });

  test('what waits or is solved needs no reminder', async () => {
    const box = newBox();
    await steps(await takeIn(), { step: 'asked', text: 'Was?' });
    await steps(await takeIn(), { step: 'solved', text: 'geholfen' });
    remind(box, '2026-02-20T10:00');
    assert.deepEqual(box.mails(), []);
  });

  test('nobody there: the fallback, or a word of it; refused by sendmail: again', async () => {
    const box = newBox();
    await takeIn({ queue: 'L4' });
    const alone = remind(box, `${TODAY}T14:00`);
    assert.match(alone.stderr, /1 support requests have nobody to remind/);
    const failing = newBox();
    failing.refuse(true);
    const failed = stack.tool(['remind', '--requests'], '', { SUPPORTLEVEL_SENDMAIL: failing.program, SUPPORTLEVEL_NOW: `${TODAY}T14:00`, SUPPORTLEVEL_MAIL_FALLBACK: 'alle@example.org' });
    assert.notEqual(failed.status, 0);
    failing.refuse(false);
    const again = stack.tool(['remind', '--requests'], '', { SUPPORTLEVEL_SENDMAIL: failing.program, SUPPORTLEVEL_NOW: `${TODAY}T14:01`, SUPPORTLEVEL_MAIL_FALLBACK: 'alle@example.org' });
    assert.equal(again.status, 0, again.stderr);
    assert.deepEqual(failing.mails().map(({ recipient }) => recipient), ['alle@example.org']);
  });

  test('an unanswered request is reminded of a second time, before it should be restored', async () => {
    const box = newBox();
    const address = await takeIn();
    for (const now of [`${TODAY}T13:15`, `${TODAY}T16:00`, '2026-02-13T15:15', '2026-02-13T15:20']) remind(box, now);
    assert.deepEqual(box.mails().map(({ text }) => new RegExp(`Anfrage ${numberOf(address)}`).test(text)), [true, true]);
    stack.database(`DELETE FROM request WHERE id = ${numberOf(address)}`);
  });

  test('many that nobody can be told of don’t keep others from being told', async () => {
    const box = newBox();
    const address = await takeIn();
    stack.database(`INSERT INTO request (contract_id, customer_id, subject, taken_at, taken_level_id, level_id, respond_by, response_minutes, queue_at, remind_at)
      SELECT contract_id, customer_id, 'verwaist', taken_at, taken_level_id, (SELECT id FROM support_level WHERE code = 'L4'), '2026-02-11 08:00', 60, '2026-02-11 08:00', '2026-02-11 07:00' FROM request, seq_1_to_700 WHERE request.id = ${numberOf(address)}`);
    const run = remind(box, `${TODAY}T13:15`);
    assert.match(run.stderr, /700 support requests have nobody to remind/);
    assert.deepEqual(box.mails().map(({ recipient }) => recipient), ['second@example.org']);
    stack.database(`DELETE FROM request WHERE subject = 'verwaist' OR id = ${numberOf(address)}`);
  });

  test('a mailbox that two share gets a request once', async () => {
    const box = newBox();
    stack.database("UPDATE user SET email = 'team@example.org' WHERE name IN ('second', 'admin')");
    staff('L1', 'admin');
    const address = await takeIn();
    remind(box, `${TODAY}T14:00`);
    assert.deepEqual(box.mails().map(({ recipient, subject }) => [recipient, /Frist einer Anfrage/.test(subject)]), [['team@example.org', true]]);
    stack.database(`DELETE FROM request WHERE id = ${numberOf(address)}; DELETE FROM level_staff WHERE user_id = (SELECT id FROM user WHERE name = 'admin'); UPDATE user SET email = CONCAT(name, '@example.org')`);
  });

  test('whoever works on it is no longer there: the level’s people are told', async () => {
    const box = newBox();
    const address = await takeIn();
    stack.database(`UPDATE request SET user_id = (SELECT id FROM user WHERE name = 'viewer') WHERE id = ${numberOf(address)}; UPDATE user SET active = FALSE WHERE name = 'viewer'`);
    remind(box, `${TODAY}T14:00`);
    stack.database(`UPDATE user SET active = TRUE WHERE name = 'viewer'`);
    assert.deepEqual(box.mails().map(({ recipient }) => recipient), ['second@example.org']);
    stack.database(`DELETE FROM request WHERE id = ${numberOf(address)}`);
  });

  test('a dry run tells and sends nothing; without --requests the contracts’ deadlines are in it too', async () => {
    const box = newBox();
    const address = await takeIn();
    const dry = remind(box, `${TODAY}T14:00`, ['--dry-run', '--requests']);
    assert.match(dry.stdout, new RegExp(`To: second@example\\.org[^]*Anfrage ${numberOf(address)}[^]*would be sent`));
    assert.deepEqual(box.mails(), []);
    const all = remind(box, `${TODAY}T14:00`, []);
    assert.equal(all.status, 0, all.stderr);
    assert.match(all.stdout, /deadlines sent[^]*support requests sent/);
  });
});
