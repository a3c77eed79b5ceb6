// Contract types: made, changed, retired, deleted, and what that means for contracts. Source: product.md, contract_type.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { createContract, newNumber } from '../support/contracts.mjs';
import { checkHtml } from '../support/html.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const admin = await signedIn(stack, 'admin');
const viewer = await signedIn(stack, 'viewer');
const BASE = '/settings/types';
const FORM = 'form:has([name="position"])';
const words = (element) => element?.textContent.replace(/\s+/g, ' ').trim();
const retire = (code) => admin.submit(`${BASE}/${code}`, {}, 'form[action$="/retire"]');

async function make(fields = {}) {
  const code = newNumber('V');
  const answer = await admin.submit(`${BASE}/new`, { code, name: `Prüfart ${code}`, ...fields }, FORM);
  return { code, answer };
}
const rows = async () => [...(await viewer.get(BASE)).document.querySelectorAll('tbody tr')].map((row) => [...row.children].map(words));
const remove = (code) => stack.database(`DELETE FROM contract_type WHERE code = '${code}'`);

test('the shipped ones, in their order, with how many contracts have each', async () => {
  const listed = await rows();
  assert.deepEqual(listed.slice(0, 4).map(([code, name]) => [code, name]), [['WARTUNG', 'Wartungsvertrag'], ['MIETE', 'Miete'], ['INSTALL', 'Installationsstatus'], ['SUPPORT', 'Supportvertrag']]);
  for (const [code, , count] of listed) assert.equal(Number(count.replace('.', '')), Number(stack.databaseValue(`SELECT COUNT(*) FROM contract JOIN contract_type ON contract_type.id = type_id WHERE code = '${code}'`)), code);
});

test('a new one stands last, and is offered at once', async () => {
  const { code, answer } = await make();
  assert.deepEqual([answer.status, answer.location], [303, `${BASE}/${code}`]);
  assert.equal((await rows()).at(-1)[0], code);
  const option = (await admin.get('/contracts/new')).document.querySelector(`[name="type"] option[value="${code}"]`);
  assert.equal(words(option), `Prüfart ${code}`);
  await checkHtml(await viewer.get(`${BASE}/${code}`));
  remove(code);
});

test('a new name shows on contracts and in the history, and the order can be changed', async () => {
  const { code } = await make();
  const contract = await createContract(admin, { type: code });
  assert.equal((await admin.submit(`${BASE}/${code}/edit`, { name: 'Umbenannt', position: '0' }, FORM)).status, 303);
  assert.equal((await rows())[0][1], 'Umbenannt');
  assert.match(words((await viewer.get(`/contracts/${contract.id}`)).document.querySelector('main')), /Umbenannt/);
  const history = await viewer.get(`${BASE}/${code}/history`);
  await checkHtml(history);
  assert.match(words(history.document.querySelector('main')), new RegExp(`Name: vorher Prüfart ${code} → nachher Umbenannt`));
  stack.database(`DELETE FROM contract WHERE id = ${contract.id}`);
  remove(code);
});

test('a retired one stays on its contracts and is offered for no new one', async () => {
  const { code } = await make();
  const contract = await createContract(admin, { type: code });
  assert.equal((await retire(code)).status, 303);
  assert.equal((await admin.get('/contracts/new')).document.querySelector(`[name="type"] option[value="${code}"]`), null);
  assert.match(words((await admin.get(`/contracts/${contract.id}/edit`)).document.querySelector(`[name="type"] option[value="${code}"]`)), /stillgelegt/);
  assert.equal((await admin.submit(`/contracts/${contract.id}/edit`, { title: 'Anders' }, 'form:has([name="title"])')).status, 303);
  assert.equal((await viewer.get(`/contracts?type=${code}`)).document.querySelectorAll('tbody tr').length, 1);
  assert.match((await rows()).find(([one]) => one === code)[1], /stillgelegt/);
  assert.equal((await retire(code)).status, 303);
  assert.ok((await admin.get('/contracts/new')).document.querySelector(`[name="type"] option[value="${code}"]`));
  stack.database(`DELETE FROM contract WHERE id = ${contract.id}`);
  remove(code);
});

test('one that a contract has is never deleted, another one is', async () => {
  const { code } = await make();
  const contract = await createContract(admin, { type: code });
  const page = await admin.get(`${BASE}/${code}`);
  assert.equal(page.document.querySelector('form[action$="/delete"]'), null);
  const version = stack.databaseValue(`SELECT version FROM contract_type WHERE code = '${code}'`);
  assert.equal((await admin.post(`${BASE}/${code}/delete`, { csrf: await admin.token(), version })).status, 409);
  stack.database(`DELETE FROM contract WHERE id = ${contract.id}`);
  assert.equal((await admin.submit(`${BASE}/${code}`, {}, 'form[action$="/delete"]')).status, 303);
  assert.equal((await viewer.get(`${BASE}/${code}`)).status, 404);
  assert.equal((await viewer.get(`${BASE}/${code}/history`)).status, 200);
  assert.match(words((await viewer.get(`/contracts/${contract.id}/history`)).document.querySelector('main')), new RegExp(`Vertragsart: ${code}`));
});

test('what cannot be is named beside its field', async () => {
  for (const [name, typed, said] of [['code', 'new', /nicht möglich/], ['code', 'a b', /Buchstaben/], ['code', 'miete', /vergeben/], ['code', '', /ausfüllen/], ['name', '', /ausfüllen/], ['name', 'x'.repeat(101), /höchstens 100/], ['position', '1000', /höchstens 999/], ['position', '', /ausfüllen/]]) {
    const { answer } = await make({ [name]: typed });
    assert.equal(answer.status, 422, `${name}: ${typed}`);
    assert.match(words(answer.document.getElementById(`${name}-error`)) ?? '', said, `${name}: ${typed}`);
  }
});

// The pages' filters hold at most 62 of them: one more would be the end of every page.
for (const [what, table, path, columns] of [['contract types', 'contract_type', `${BASE}/new`, 'code, name, position'], ['levels', 'support_level', '/levels/new', 'code, name, level_rank']]) {
  test(`there are at most 62 ${what}`, async () => {
    const count = Number(stack.databaseValue(`SELECT COUNT(*) FROM ${table}`));
    stack.database(`INSERT INTO ${table} (${columns}) SELECT CONCAT('FULL', seq), 'x', 900 FROM seq_1_to_${62 - count}`);
    try {
      const answer = await admin.submit(path, { code: 'ONE-MORE', name: 'x' }, 'form:has([name="code"])');
      assert.equal(answer.status, 422);
      assert.match(words(answer.document.getElementById('code-error')), /schon 62/);
      assert.equal((await viewer.get('/contracts')).status, 200);
      stack.database(`DELETE FROM ${table} WHERE code = 'FULL1'`);
      assert.equal((await admin.submit(path, { code: 'ONE-MORE', name: 'x' }, 'form:has([name="code"])')).status, 303);
      assert.equal((await viewer.get('/contracts')).status, 200);
    } finally {
      stack.database(`DELETE FROM ${table} WHERE code LIKE 'FULL%' OR code = 'ONE-MORE'`);
    }
  });
}
