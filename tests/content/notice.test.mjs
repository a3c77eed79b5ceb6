// Giving notice of a contract and taking it back: the proposed end, how it is explained, what is stored.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formFields, signedIn } from '../support/client.mjs';
import { createContract } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const editor = await signedIn(stack, 'editor');
const viewer = await signedIn(stack, 'viewer');
const FORM = 'form:has([name="cancelled_on"])';
const RENEWING = { starts_on: '2022-01-01', ends_on: '2023-12-31', renewal_months: '12', notice_period: '3m', notice_to: 'term' };
const value = (page, name) => page.document.querySelector(`[name="${name}"]`)?.getAttribute('value');
const words = (page) => page.document.querySelector('main').textContent.replace(/\s+/g, ' ');
const steps = (page) => [...page.document.querySelectorAll('.notice-how li')].map((step) => step.textContent);
const stored = async (id) => (await editor.get(`/contracts/${id}.json`)).json();

async function contract(fields) {
  const { id, answer } = await createContract(editor, fields);
  assert.equal(answer.status, 303);
  return id;
}

test('the proposed end is that of the renewed term, and every step to it is said', async () => {
  const id = await contract(RENEWING);
  const page = await editor.get(`/contracts/${id}/cancel`);
  assert.equal(page.status, 200);
  assert.deepEqual([value(page, 'cancelled_on'), value(page, 'cancelled_to')], ['11.02.2026', '31.12.2026']);
  const [period, term, deadline] = steps(page);
  assert.match(period, /^Heute, 11\.02\.2026, plus 3 Monate Frist: 11\.05\.2026\.$/);
  assert.match(term, /verlängert um je 12 Monate seit 31\.12\.2023.*31\.12\.2026/);
  assert.match(deadline, /Mittwoch, 30\.09\.2026/);
  assert.match(words(page), /verschieben sich nicht.*Wochenende oder einen Feiertag/);
});

describe('the end that is proposed', () => {
  const OPEN = { starts_on: '2025-03-15', notice_period: '3m' };
  const CASES = [
    [{ ...OPEN, notice_to: 'month' }, '2026-01-31', '30.04.2026', /zum Monatsende/],
    [{ ...OPEN, notice_to: 'month' }, '2026-02-01', '31.05.2026', /zum Monatsende/],
    [{ ...OPEN, notice_to: 'quarter', notice_period: '6w' }, '2026-02-17', '31.03.2026', /6 Wochen Frist: 31\.03\.2026/],
    [{ ...OPEN, notice_to: 'quarter', notice_period: '6w' }, '2026-02-18', '30.06.2026', /zum Quartalsende/],
    [{ ...OPEN, notice_to: 'half' }, '2026-02-11', '30.06.2026', /zum Halbjahresende/],
    [{ ...OPEN, notice_to: 'year' }, '2026-02-11', '31.12.2026', /zum Jahresende/],
    [RENEWING, '2026-09-30', '31.12.2026', /Donnerstag, 31\.12\.2026/],
    [RENEWING, '2026-10-01', '31.12.2027', /Zu spät für das Ende der laufenden Laufzeit am 31\.12\.2026: dafür war der 30\.09\.2026 der letzte Kündigungstag\. Diese Kündigung wirkt erst zum 31\.12\.2027/],
    [{ ...RENEWING, starts_on: '2026-01-01', ends_on: '2026-12-31', notice_to: 'quarter' }, '2026-02-11', '31.12.2026', /Die erste Laufzeit geht bis 31\.12\.2026; vorher endet der Vertrag nicht/],
    [{ ...RENEWING, starts_on: '2026-01-01', ends_on: '2026-12-31' }, '2026-02-11', '31.12.2026', /die erste Laufzeit endet am Donnerstag, 31\.12\.2026/],
    [{ ...OPEN, starts_on: '2026-06-15', notice_to: 'month' }, '2026-02-11', '30.06.2026', /Der Vertrag beginnt erst am 15\.06\.2026.*Der Vertrag beginnt am 15\.06\.2026; vorher endet er nicht/],
    [{ ...OPEN, starts_on: '2025-06-01', notice_to: 'month', notice_period: '1m' }, '2026-02-28', '31.03.2026', /Letzter Arbeitstag davor: Freitag, 27\.02\.2026/],
  ];
  for (const [fields, day, end, said] of CASES) {
    test(`${fields.notice_period} to the end of a ${fields.notice_to}, given on ${day}: ${end}`, async () => {
      const id = await contract(fields);
      const page = await editor.get(`/contracts/${id}/cancel?cancelled_on=${day}`);
      assert.equal(page.status, 200);
      assert.equal(value(page, 'cancelled_to'), end);
      assert.match(words(page), said);
    });
  }
});

test('notice is stored and confirmed, and the contract runs until its end', async () => {
  const id = await contract(RENEWING);
  const sheet = await editor.get(`/contracts/${id}`);
  const button = [...sheet.document.querySelectorAll('.actions a')].find((link) => link.textContent === 'Kündigung erfassen');
  const answer = await editor.submit(button.getAttribute('href'), {}, FORM);
  assert.equal(answer.status, 303);
  const after = await editor.get(answer.location);
  assert.match(words(after), /Die Kündigung von Vertrag .* ist erfasst/);
  const links = [...after.document.querySelectorAll('.actions a')].map((link) => link.textContent);
  assert.ok(links.includes('Kündigung zurücknehmen') && !links.includes('Kündigung erfassen'));
  const json = await stored(id);
  assert.deepEqual([json.status, json.cancelled_on, json.cancelled_to, json.term_ends_on, json.notice_by ?? '', json.version], ['cancelled', '2026-02-11', '2026-12-31', '2026-12-31', '', 2]);
});

test('any later end can be typed, an earlier one is refused and kept in the form', async () => {
  const id = await contract(RENEWING);
  const early = await editor.submit(`/contracts/${id}/cancel`, { cancelled_to: '30.12.2026' }, FORM);
  assert.equal(early.status, 422);
  assert.equal(value(early, 'cancelled_to'), '30.12.2026');
  assert.match(early.document.getElementById('cancelled_to-error').textContent, /31\.12\.2026/);
  for (const [typed, reason] of [['', /ausfüllen/], ['bald', /Kein Datum/]]) {
    const answer = await editor.submit(`/contracts/${id}/cancel`, { cancelled_to: typed }, FORM);
    assert.equal(answer.status, 422, typed);
    assert.match(answer.document.getElementById('cancelled_to-error').textContent, reason);
  }
  assert.equal((await stored(id)).version, 1);
  assert.equal((await editor.submit(`/contracts/${id}/cancel`, { cancelled_to: '31.3.2027' }, FORM)).status, 303);
  assert.equal((await stored(id)).cancelled_to, '2027-03-31');
});

test('the day of notice can be any day', async () => {
  for (const [day, end] of [['2024-05-02', '2024-12-31'], ['2030-10-01', '2031-12-31']]) {
    const id = await contract(RENEWING);
    assert.equal((await editor.submit(`/contracts/${id}/cancel?cancelled_on=${day}`, {}, FORM)).status, 303);
    const json = await stored(id);
    assert.deepEqual([json.cancelled_on, json.cancelled_to], [day, end]);
  }
});

test('the button beside the day asks for the end again and stores nothing', async () => {
  const id = await contract(RENEWING);
  const answer = await editor.submit(`/contracts/${id}/cancel`, { cancelled_on: '1.10.2026', propose: '1' }, FORM);
  assert.equal(answer.status, 303);
  assert.doesNotMatch(answer.location, /csrf/);
  const page = await editor.get(answer.location);
  assert.deepEqual([value(page, 'cancelled_on'), value(page, 'cancelled_to')], ['01.10.2026', '31.12.2027']);
  assert.equal((await stored(id)).version, 1);
});

test('another day with the end that was proposed for the first one: the new proposal is shown before it is stored', async () => {
  const id = await contract(RENEWING);
  const answer = await editor.submit(`/contracts/${id}/cancel`, { cancelled_on: '1.10.2026' }, FORM);
  assert.equal(answer.status, 422);
  assert.match(words(answer), /neu vorgeschlagen/);
  assert.equal(value(answer, 'cancelled_to'), '31.12.2027');
  assert.equal((await stored(id)).version, 1);
  const form = answer.document.querySelector(FORM);
  assert.equal((await editor.post(form.getAttribute('action'), formFields(form))).status, 303);
  assert.equal((await stored(id)).cancelled_to, '2027-12-31');
});

test('without an end that was sent, the proposed one is taken', async () => {
  const id = await contract(RENEWING);
  assert.equal((await editor.post(`/contracts/${id}/cancel`, { csrf: await editor.token(), version: '1', cancelled_on: '2026-10-01' })).status, 303);
  assert.equal((await stored(id)).cancelled_to, '2027-12-31');
});

describe('what cannot be understood', () => {
  test('a day that is none', async () => {
    const id = await contract(RENEWING);
    const page = await editor.get(`/contracts/${id}/cancel?cancelled_on=31.2.2026`);
    assert.equal(page.status, 400);
    assert.equal(value(page, 'cancelled_on'), '31.2.2026');
    assert.match(page.document.getElementById('cancelled_on-error').textContent, /Kein Datum/);
    const answer = await editor.submit(`/contracts/${id}/cancel`, { cancelled_on: '' }, FORM);
    assert.equal(answer.status, 422);
  });
  test('parameters and fields that there are not', async () => {
    const id = await contract(RENEWING);
    const csrf = await editor.token();
    assert.equal((await editor.get(`/contracts/${id}/cancel?colour=blue`)).status, 400);
    assert.equal((await editor.post(`/contracts/${id}/cancel`, { csrf, version: '1', title: 'x' })).status, 400);
    assert.equal((await editor.post(`/contracts/${id}/cancel`, { csrf, cancelled_on: '2026-02-11' })).status, 400);
    assert.equal((await editor.post(`/contracts/${id}/withdraw`, { csrf })).status, 400);
    assert.equal((await editor.get('/contracts/4000000000/cancel')).status, 404);
    assert.equal((await stored(id)).version, 1);
  });
});

test('somebody else saved meanwhile: nothing is lost, nothing overwritten, and saving again works', async () => {
  const id = await contract(RENEWING);
  const form = formFields((await editor.get(`/contracts/${id}/cancel`)).document.querySelector(FORM));
  assert.equal((await editor.submit(`/contracts/${id}/edit`, { notice_period: '6m' }, 'form:has([name="number"])')).status, 303);
  form.set('cancelled_to', '30.6.2027');
  const answer = await editor.post(`/contracts/${id}/cancel`, form);
  assert.equal(answer.status, 409);
  assert.match(words(answer), /Inzwischen hat jemand anderes gespeichert/);
  assert.match(steps(answer)[0], /6 Monate Frist/);
  assert.equal(value(answer, 'cancelled_to'), '30.06.2027');
  assert.equal((await stored(id)).cancelled_on ?? '', '');
  const again = answer.document.querySelector(FORM);
  assert.equal((await editor.post(again.getAttribute('action'), formFields(again))).status, 303);
  assert.equal((await stored(id)).cancelled_to, '2027-06-30');
});

test('two give notice at once: the second one learns of the first', async () => {
  const id = await contract(RENEWING);
  const form = formFields((await editor.get(`/contracts/${id}/cancel`)).document.querySelector(FORM));
  assert.equal((await editor.post(`/contracts/${id}/cancel`, form)).status, 303);
  form.set('cancelled_to', '31.12.2028');
  const answer = await editor.post(`/contracts/${id}/cancel`, form);
  assert.equal(answer.status, 409);
  assert.match(words(answer), /Der Vertrag ist gekündigt \(am 11\.02\.2026\) und endet am 31\.12\.2026/);
  assert.equal((await stored(id)).cancelled_to, '2026-12-31');
});

test('a notice is taken back after a page that says what then holds', async () => {
  const id = await contract({ ...RENEWING, cancelled_on: '2026-02-01', cancelled_to: '2026-12-31' });
  const page = await editor.get(`/contracts/${id}/cancel`);
  assert.equal(page.document.querySelector('[name="cancelled_on"]'), null);
  assert.match(words(page), /Ohne die Kündigung.*aktiv.*31\.12\.2026.*30\.09\.2026/);
  const stale = await editor.submit(`/contracts/${id}/cancel`, { version: '7' });
  assert.equal(stale.status, 409);
  assert.equal((await stored(id)).status, 'cancelled');
  const answer = await editor.submit(`/contracts/${id}/cancel`, {});
  assert.equal(answer.status, 303);
  assert.match(words(await editor.get(answer.location)), /ist zurückgenommen/);
  const json = await stored(id);
  assert.deepEqual([json.status, json.cancelled_on ?? '', json.cancelled_to ?? '', json.notice_by], ['active', '', '', '2026-09-30']);
  assert.equal((await editor.post(`/contracts/${id}/withdraw`, { csrf: await editor.token(), version: String(json.version) })).status, 409);
});

describe('nothing to give notice of', () => {
  const CASES = [
    ['a contract that ends by itself', { starts_on: '2025-01-01', ends_on: '2026-12-31', renewal_months: '0', notice_period: '', notice_to: '' }, /endet von selbst am 31\.12\.2026\. Eine Kündigung ist nicht nötig/],
    ['a contract that has ended', { starts_on: '2024-01-01', ends_on: '2025-12-31', renewal_months: '0' }, /ist seit dem 31\.12\.2025 beendet/],
    ['a notice that has ended it', { ...RENEWING, cancelled_on: '2024-02-01', cancelled_to: '2024-12-31' }, /ist seit dem 31\.12\.2024 beendet/],
  ];
  for (const [name, fields, said] of CASES) {
    test(name, async () => {
      const id = await contract(fields);
      const page = await editor.get(`/contracts/${id}/cancel`);
      assert.equal(page.status, 200);
      assert.match(words(page), said);
      assert.equal(page.document.querySelector('main form'), null);
      assert.ok(![...(await editor.get(`/contracts/${id}`)).document.querySelectorAll('.actions a')].some((link) => link.getAttribute('href').endsWith('/cancel')));
      const answer = await editor.post(`/contracts/${id}/cancel`, { csrf: await editor.token(), version: '1', cancelled_on: '2026-02-11', cancelled_to: '2027-12-31' });
      assert.equal(answer.status, 409);
      assert.equal((await stored(id)).version, 1);
    });
  }
});

test('no notice period: no end is proposed, the agreed one is typed', async () => {
  const id = await contract({ starts_on: '2025-01-01', notice_period: '', notice_to: '' });
  const page = await editor.get(`/contracts/${id}/cancel`);
  assert.match(words(page), /keine Kündigungsfrist eingetragen/);
  assert.equal(value(page, 'cancelled_to'), '');
  assert.equal((await editor.submit(`/contracts/${id}/cancel`, {}, FORM)).status, 422);
  const before = await editor.submit(`/contracts/${id}/cancel`, { cancelled_to: '2026-02-10' }, FORM);
  assert.equal(before.status, 422);
  assert.notEqual(before.document.getElementById('cancelled_to-error'), null);
  assert.equal((await editor.submit(`/contracts/${id}/cancel`, { cancelled_to: '2026-06-30' }, FORM)).status, 303);
  assert.equal((await stored(id)).cancelled_to, '2026-06-30');
});

test('in English', async () => {
  const id = await contract(RENEWING);
  const page = await editor.get(`/contracts/${id}/cancel?lang=en`);
  assert.equal(value(page, 'cancelled_to'), '31 Dec 2026');
  assert.match(steps(page)[0], /^Today, 11 Feb 2026, plus a period of 3 months: 11 May 2026\.$/);
});

test('a viewer sees no button for it', async () => {
  const id = await contract(RENEWING);
  assert.equal((await viewer.get(`/contracts/${id}`)).document.querySelector('.actions a[href*="/cancel"]'), null);
});
