// Creating, changing, copying and deleting contracts by their forms.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formFields, signedIn } from '../support/client.mjs';
import { createContract, newNumber } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const editor = await signedIn(stack, 'editor');
const admin = await signedIn(stack, 'admin');
const customer = stack.databaseValue('SELECT number FROM customer ORDER BY id LIMIT 1');
const fieldError = (page, name) => {
  const input = page.document.querySelector(`[name="${name}"]`);
  const ids = (input?.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean);
  return input?.getAttribute('aria-invalid') === 'true' ? ids.map((id) => page.document.getElementById(id)?.textContent.trim()).join(' ') : '';
};

test('a contract is created with every field and shown as typed', async () => {
  const fields = { ends_on: '2026-12-31', renewal_months: '12', notice_period: '3m', notice_to: 'term', amount: '1234,56', billing_months: '3', currency: 'EUR',
    responsible: 'editor', reference: 'Best. 4711', note: 'erste Zeile\nzweite <b>Zeile</b> & „mehr“' };
  const { answer, id, fields: sent } = await createContract(editor, fields);
  assert.equal(answer.status, 303);
  const json = (await editor.get(`/contracts/${id}.json`)).json();
  assert.equal(json.id, id);
  assert.equal(json.number, sent.number);
  assert.equal(json.customer_number, customer);
  assert.equal(json.level, 'L1');
  assert.equal(json.amount, '1234.56');
  assert.equal(json.monthly_value, '411.52');
  assert.equal(json.note, fields.note);
  assert.equal(json.status, 'active');
  assert.equal(json.term_ends_on, '2026-12-31');
  assert.equal(json.notice_by, '2026-09-30');
  assert.equal(json.version, 1);
  const page = await editor.get(`/contracts/${id}`);
  assert.equal(page.status, 200);
  assert.ok(page.text.includes('&lt;b&gt;Zeile'), 'escaped');
  assert.ok(page.text.includes('31.12.2026') && page.text.includes('1.234,56'));
});

test('the support level is optional: "no level" is what the form begins with or offers', async () => {
  const form = (await editor.get('/contracts/new')).document.querySelector('form:has([name="number"])');
  const options = [...form.querySelectorAll('select[name="level"] option')].map((option) => option.getAttribute('value'));
  assert.deepEqual(options, ['', 'L0', 'L1', 'L2', 'L3', 'L4']);
  const { id } = await createContract(editor, { level: '' });
  const json = (await editor.get(`/contracts/${id}.json`)).json();
  assert.ok(json.level === null || json.level === '');
  assert.equal(stack.databaseValue(`SELECT level_id FROM contract WHERE id = ${id}`), null);
});

describe('a bad value is shown beside its field and nothing typed is lost', () => {
  const BAD = [
    ['number', ''], ['number', 'x'.repeat(41)], ['title', ''], ['title', '   '], ['title', 'x'.repeat(201)], ['customer_number', ''], ['customer_number', 'NO-SUCH-CUSTOMER'],
    ['type', 'OTHER'], ['level', 'L9'], ['starts_on', ''], ['starts_on', '2026-02-30'], ['starts_on', '31.11.2026'], ['ends_on', '2025-12-31'], ['renewal_months', '-1'],
    ['renewal_months', '1.5'], ['renewal_months', '99999999999999999999'], ['notice_period', '3x'], ['notice_period', '-3m'], ['notice_to', 'week'], ['amount', 'viel'],
    ['amount', '-1'], ['amount', '1,234'], ['amount', '9999999999999'], ['billing_months', '5'], ['currency', 'EURO'], ['responsible', 'nobody'], ['reference', 'x'.repeat(101)],
  ];
  for (const [name, value] of BAD) {
    test(`${name}=${value.slice(0, 30)}`, async () => {
      const before = stack.databaseValue('SELECT COUNT(*) FROM contract');
      const { answer, fields } = await createContract(editor, { reference: 'bleibt', renewal_months: '0', [name]: value });
      assert.equal(answer.status, 422, answer.location ?? '');
      assert.notEqual(fieldError(answer, name), '');
      if (name !== 'title') assert.equal(answer.document.querySelector('[name="title"]').getAttribute('value'), fields.title);
      if (name !== 'reference') assert.equal(answer.document.querySelector('[name="reference"]').getAttribute('value'), 'bleibt');
      assert.equal(stack.databaseValue('SELECT COUNT(*) FROM contract'), before);
    });
  }

  test('a number that is taken', async () => {
    const { fields } = await createContract(editor);
    const { answer } = await createContract(editor, { number: fields.number });
    assert.equal(answer.status, 422);
    assert.notEqual(fieldError(answer, 'number'), '');
  });

  test('all that is wrong is told at once, in the order of the fields, and where a new customer is made', async () => {
    const { id, fields: { number } } = await createContract(editor);
    const { number: other } = (await createContract(editor)).fields;
    const wrong = { number, customer_number: 'NO-SUCH-CUSTOMER', starts_on: 'x', amount: 'x' };
    for (const answer of [(await createContract(editor, wrong)).answer, await editor.submit(`/contracts/${id}/edit`, { ...wrong, number: other }, 'form[data-guard]')]) {
      assert.equal(answer.status, 422);
      assert.deepEqual([...answer.document.querySelectorAll('#errors a')].map((link) => link.getAttribute('href')), ['#number', '#customer_number', '#starts_on', '#amount']);
      assert.ok(answer.document.querySelector('form a[href$="/customers/new"]'));
    }
  });

  test('notice to the end of the term of an open-ended contract', async () => {
    const { answer } = await createContract(editor, { ends_on: '', notice_period: '3m', notice_to: 'term' });
    assert.equal(answer.status, 422);
    assert.notEqual(fieldError(answer, 'notice_to'), '');
  });

  test('several at once, all of them named', async () => {
    const { answer } = await createContract(editor, { title: '', starts_on: 'gestern', amount: 'x' });
    for (const name of ['title', 'starts_on', 'amount']) assert.notEqual(fieldError(answer, name), '', name);
  });
});

test('a changed contract counts its version up', async () => {
  const { id } = await createContract(editor);
  const answer = await editor.submit(`/contracts/${id}/edit`, { title: 'Neuer Titel', level: '' }, 'form:has([name="number"])');
  assert.equal(answer.status, 303);
  const json = (await editor.get(`/contracts/${id}.json`)).json();
  assert.equal(json.title, 'Neuer Titel');
  assert.equal(json.version, 2);
});

test('two editors: the second one sees both versions and loses nothing', async () => {
  const { id } = await createContract(editor, { title: 'Anfang' });
  const form = (await admin.get(`/contracts/${id}/edit`)).document.querySelector('form:has([name="number"])');
  const mine = formFields(form);
  assert.equal((await editor.submit(`/contracts/${id}/edit`, { title: 'Titel der anderen', reference: 'R-2' }, 'form:has([name="number"])')).status, 303);
  mine.set('title', 'Mein Titel');
  const answer = await admin.post(`/contracts/${id}`, mine);
  assert.equal(answer.status, 409);
  assert.ok(answer.text.includes('Mein Titel') && answer.text.includes('Titel der anderen'));
  assert.equal(stack.databaseValue(`SELECT title FROM contract WHERE id = ${id}`), 'Titel der anderen');
  const again = formFields(answer.document.querySelector('form:has([name="number"])'));
  assert.equal((await admin.post(`/contracts/${id}`, again)).status, 303);
  const json = (await admin.get(`/contracts/${id}.json`)).json();
  assert.equal(json.title, 'Mein Titel');
  assert.equal(json.reference, 'R-2', "the other one's other field is kept");
});

test('a retired level stays on its contract and is offered for no new one', async () => {
  const code = newNumber('R').slice(0, 20);
  assert.equal((await admin.submit('/levels/new', { code, name: 'Auslaufend', rank: '90' }, 'form:has([name="code"])')).status, 303);
  const { id } = await createContract(editor, { level: code });
  const version = stack.databaseValue(`SELECT version FROM support_level WHERE code = '${code}'`);
  assert.equal((await admin.post(`/levels/${code}/retire`, { csrf: await admin.token(), version, retired: '1' })).status, 303);
  const options = async (path) => [...(await editor.get(path)).document.querySelectorAll('select[name="level"] option')].map((option) => option.getAttribute('value'));
  assert.ok(!(await options('/contracts/new')).includes(code));
  assert.ok((await options(`/contracts/${id}/edit`)).includes(code));
  assert.equal((await editor.submit(`/contracts/${id}/edit`, { title: 'Mit altem Level' }, 'form:has([name="number"])')).status, 303);
  assert.equal((await editor.get(`/contracts/${id}.json`)).json().level, code);
  const refused = await createContract(editor, { level: code });
  assert.equal(refused.answer.status, 422);
  stack.database(`UPDATE contract SET level_id = NULL WHERE id = ${id}; DELETE FROM support_level WHERE code = '${code}'`);
});

test('a copy begins with the fields of its original but not its number', async () => {
  const { id, fields } = await createContract(editor, { reference: 'Kopie mich' });
  const page = await editor.get(`/contracts/${id}/copy`);
  assert.equal(page.document.querySelector('[name="number"]').getAttribute('value') ?? '', '');
  assert.equal(page.document.querySelector('[name="reference"]').getAttribute('value'), 'Kopie mich');
  assert.equal(page.document.querySelector('[name="title"]').getAttribute('value'), fields.title);
  assert.equal((await editor.submit(`/contracts/${id}/copy`, { number: newNumber() }, 'form:has([name="number"])')).status, 303);
});

test('deletion is for admins, of the version that was seen', async () => {
  const { id } = await createContract(editor);
  const csrf = await admin.token();
  assert.equal((await admin.post(`/contracts/${id}/delete`, { csrf, version: '7' })).status, 409);
  assert.equal((await admin.post(`/contracts/${id}/delete`, { csrf, version: '1' })).status, 303);
  assert.equal((await admin.get(`/contracts/${id}`)).status, 404);
  assert.equal((await admin.post(`/contracts/${id}/delete`, { csrf, version: '1' })).status, 404);
});

test('an English form reads English decimals, and either language reads ISO', async () => {
  const english = await signedIn(stack, 'editor');
  await english.post('/settings/language', { csrf: await english.token(), language: 'en' });
  const { id } = await createContract(english, { amount: '1,234.50', starts_on: '2026-03-01' });
  assert.equal((await english.get(`/contracts/${id}.json`)).json().amount, '1234.50');
  await english.post('/settings/language', { csrf: await english.token(), language: 'de' });
});

test('text is kept in composed form', async () => {
  const { id } = await createContract(editor, { title: 'Pru\u0308fung' });
  assert.equal((await editor.get(`/contracts/${id}.json`)).json().title, 'Pr\u00fcfung');
});

test('a contract that is not there', async () => {
  for (const id of ['4000000000', '99999999999999999999', '0', '-1', 'abc', '1x', '01', '1%20', '%31x']) {
    const answer = await editor.get(`/contracts/${id}`);
    assert.equal(answer.status, 404, id);
  }
});
