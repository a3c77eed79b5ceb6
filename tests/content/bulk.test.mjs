// Changing many contracts at once: ticked or all of a selection, previewed, applied in one transaction, taken back with one click.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formFields, signedIn } from '../support/client.mjs';
import { createContract, manyContracts, newNumber } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
manyContracts(stack);
const editor = await signedIn(stack, 'editor');
const admin = await signedIn(stack, 'admin');
const viewer = await signedIn(stack, 'viewer');

/** Contracts of their own for one test, found by a word that no other contract has; some levels in turn. */
async function someContracts(count, changes = []) {
  const word = newNumber('W').replaceAll('-', 'x');
  const ids = [];
  for (let i = 0; i < count; i += 1) ids.push((await createContract(editor, { title: `Sammel ${word}`, ...changes[i % (changes.length || 1)] })).id);
  return { word, ids, query: `q=${word}` };
}

/** What a browser sends: each name as often as it has values. */
const fields = (object) => Object.entries(object).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one]));
const post = async (client, object) => client.post('/contracts/bulk', fields({ csrf: await client.token(), ...object }));
const confirmForm = (page) => page.document.querySelector('main form:has([name="expected"])');
const button = (form, name, value) => form.querySelector(`button[name="${name}"][value="${value}"]`);

/** The preview's button pressed. */
function press(client, page, changes = {}) {
  const form = confirmForm(page);
  assert.ok(form, `no form to confirm with: ${page.status} ${page.document.querySelector('main').textContent.replace(/\s+/g, ' ').slice(0, 400)}`);
  const sent = formFields(form);
  sent.set('step', button(form, 'step', 'apply').getAttribute('value'));
  for (const [name, value] of Object.entries(changes)) sent.set(name, value);
  return client.post('/contracts/bulk', sent);
}

/** From the page's tables: {level: [{from, to, contracts}]}; `to` is '' where it stays. */
function counts(page) {
  return Object.fromEntries([...page.document.querySelectorAll('table.bulk-table')].map((table) => [
    table.querySelector('caption').getAttribute('id').replace('bulk-', ''),
    [...table.querySelectorAll('tbody tr')].map((row) => ({
      from: row.querySelector('th').textContent.trim(), to: row.querySelector('strong')?.textContent.trim() ?? '',
      contracts: Number(row.querySelector('.number').textContent.replace(/\D/g, '')) })),
  ]));
}

const bulkId = (answer) => Number(/contracts\/bulk\/(\d+)$/.exec(answer.location)?.[1]);
const changed = async (client, object) => {
  const answer = await press(client, await post(client, { step: 'preview', ...object }));
  assert.equal(answer.status, 303, answer.text);
  return bulkId(answer);
};
const undo = async (client, id) => client.post(`/contracts/bulk/${id}/undo`, { csrf: await client.token() });
const rows = (ids) => stack.database(`SELECT contract.id, COALESCE(support_level.code, ''), contract_type.code, COALESCE(user.name, ''), contract.version FROM contract
  JOIN contract_type ON contract_type.id = type_id LEFT JOIN support_level ON support_level.id = level_id LEFT JOIN user ON user.id = responsible_id
  WHERE contract.id IN (${ids.join()}) ORDER BY contract.id`);
const values = (ids, column) => rows(ids).map((row) => row[column]);
const keptCounts = () => stack.database(`SELECT kept.level_id, kept.status, kept.type_id, kept.n, (SELECT COUNT(*) FROM contract
  WHERE COALESCE(level_id, 0) = kept.level_id AND status = kept.status AND type_id = kept.type_id) FROM
  (SELECT level_id, status, type_id, SUM(contracts) AS n FROM contract_count GROUP BY level_id, status, type_id) AS kept`);

test('the list has a labelled tick for each row and both buttons, for editors only', async () => {
  const page = await editor.get('/contracts?per=25');
  const ticks = [...page.document.querySelectorAll('tbody input[type="checkbox"][name="contract"]')];
  assert.equal(ticks.length, page.document.querySelectorAll('table.contracts tbody tr').length);
  assert.ok(ticks.length > 0);
  const labels = ticks.map((tick) => tick.closest('label').textContent.trim());
  assert.equal(new Set(labels).size, ticks.length, 'each is named by its contract');
  const form = page.document.getElementById('bulk');
  assert.ok(button(form, 'choose', 'ticked') && button(form, 'choose', 'all'));
  for (const tick of ticks) assert.equal(tick.getAttribute('form'), 'bulk');
  const seen = await viewer.get('/contracts?per=25');
  assert.equal(seen.document.querySelectorAll('[name="contract"], #bulk').length, 0);
});

test('ticked contracts are changed, and only those', async () => {
  const { ids } = await someContracts(4, [{ level: 'L1' }, { level: '' }]);
  const mine = ids.slice(0, 3);
  const first = await post(editor, { choose: 'ticked', contract: mine });
  assert.equal(first.status, 200);
  assert.equal(confirmForm(first), null, 'nothing to confirm before something is chosen');
  assert.deepEqual(counts(first).level, [{ from: 'L1 Help Desk', to: '', contracts: 2 }, { from: '— ohne —', to: '', contracts: 1 }]);
  const form = formFields(first.document.querySelector('main form:has(select)'));
  form.set('level', 'L2');
  form.set('responsible', 'admin');
  form.set('step', 'preview');
  const preview = await editor.post('/contracts/bulk', form);
  assert.equal(preview.status, 200);
  assert.deepEqual(counts(preview).level.map(({ contracts }) => contracts), [2, 1]);
  assert.ok(counts(preview).level.every(({ to }) => to.startsWith('L2')));
  const answer = await press(editor, preview);
  assert.equal(answer.status, 303);
  assert.deepEqual(rows(ids).map((row) => row.slice(1)), [...mine.map(() => ['L2', 'WARTUNG', 'admin', '2']), ['', 'WARTUNG', '', '1']]);
  const page = await editor.get(answer.location);
  assert.equal(page.status, 200);
  for (const id of mine) assert.ok(page.document.querySelector(`main a[href$="/contracts/${id}"]`), 'the changed contracts are listed');
  assert.deepEqual(stack.database(`SELECT user.name, set_level, set_type, set_responsible, contracts, undone_at FROM bulk_change JOIN user ON user.id = user_id WHERE bulk_change.id = ${bulkId(answer)}`),
    [['editor', 'L2', null, 'admin', '3', null]]);
});

test('all contracts of a selection, over the pages, with what stays told apart', async () => {
  const { ids, query } = await someContracts(30, [{ level: 'L1' }, { level: 'L2' }, { level: '' }]);
  const list = await editor.get(`/contracts?${query}&per=25`);
  const sent = formFields(list.document.getElementById('bulk'));
  sent.set('choose', 'all');
  const first = await editor.post('/contracts/bulk', sent);
  const again = formFields(first.document.querySelector('main form:has(select)'));
  again.set('level', 'L2');
  again.set('step', 'preview');
  const preview = await editor.post('/contracts/bulk', again);
  assert.deepEqual(counts(preview).level.map(({ from, to, contracts }) => [from.slice(0, 2), to.slice(0, 2), contracts]).sort(),
    [['L1', 'L2', 10], ['L2', '', 10], ['— ', 'L2', 10]].sort());
  assert.equal((await press(editor, preview)).status, 303);
  assert.deepEqual(new Set(values(ids, 1)), new Set(['L2']));
  const versions = values(ids, 4).map(Number);
  assert.equal(versions.filter((version) => version === 1).length, 10, 'who had the level already is left alone');
  assert.equal(versions.filter((version) => version === 2).length, 20);
});

test('a preview counts what an SQL recount counts, for every kind of selection', async () => {
  for (const [query, where] of [['', 'TRUE'], ['status=ended', 'status = 3'], ['level=none&level=L3', "(level_id IS NULL OR level_id = (SELECT id FROM support_level WHERE code = 'L3'))"],
    ['type=MIETE&value_from=100', "type_id = (SELECT id FROM contract_type WHERE code = 'MIETE') AND monthly_value >= 100"],
    ['ends_to=%2B1y&status=active', "status = 1 AND term_ends_on <= '2027-02-11'"]]) {
    const page = await post(editor, { choose: 'all', query, step: 'preview', level: 'L2' });
    const expected = Object.fromEntries(stack.database(`SELECT COALESCE(support_level.code, ''), COUNT(*) FROM contract LEFT JOIN support_level ON support_level.id = level_id WHERE ${where} GROUP BY 1`));
    const told = Object.fromEntries(counts(page).level.map(({ from, contracts }) => [from === '— ohne —' ? '' : from.split(' ')[0], String(contracts)]));
    assert.deepEqual(told, expected, query);
    const ended = Number(stack.databaseValue(`SELECT COUNT(*) FROM contract WHERE ${where} AND status = 3`));
    if (ended > 0) assert.match(page.document.querySelector('main .notice').textContent.replace(/\./g, ''), new RegExp(`\\b${ended} davon ${ended === 1 ? 'ist' : 'sind'} beendet`), query);
  }
});

test('"none" and "nobody" are values too', async () => {
  const { ids } = await someContracts(2, [{ level: 'L1', responsible: 'editor' }]);
  await changed(editor, { choose: 'ticked', contract: ids, level: 'none', responsible: 'none', type: 'MIETE' });
  assert.deepEqual(rows(ids).map((row) => row.slice(1)), ids.map(() => ['', 'MIETE', '', '2']));
});

test('a retired level is not offered and not taken, a level that was retired meanwhile neither', async () => {
  const { ids } = await someContracts(1);
  const code = newNumber('R').slice(0, 20);
  assert.equal((await admin.submit('/levels/new', { code, name: 'Auslaufend', rank: '91' }, 'form:has([name="code"])')).status, 303);
  const preview = await post(editor, { choose: 'ticked', contract: ids, step: 'preview', level: code });
  assert.equal(preview.status, 200);
  stack.database(`UPDATE support_level SET retired = TRUE WHERE code = '${code}'`);
  const answer = await press(editor, preview);
  assert.equal(answer.status, 422);
  assert.equal(answer.document.querySelector('[name="level"]').getAttribute('aria-invalid'), 'true');
  assert.ok(![...answer.document.querySelectorAll('select[name="level"] option')].some((option) => option.getAttribute('value') === code));
  assert.deepEqual(values(ids, 1), ['L1']);
  stack.database(`DELETE FROM support_level WHERE code = '${code}'`);
});

describe('between preview and confirmation', () => {
  test('a changed contract leads to a new preview, and nothing is changed', async () => {
    for (const all of [true, false]) {
      const { ids, query } = await someContracts(3);
      const preview = await post(editor, { ...(all ? { choose: 'all', query } : { choose: 'ticked', contract: ids }), step: 'preview', level: 'L3' });
      assert.equal((await admin.submit(`/contracts/${ids[1]}/edit`, { level: 'L2' }, 'form:has([name="number"])')).status, 303);
      const answer = await press(editor, preview);
      assert.equal(answer.status, 409);
      assert.ok(answer.document.querySelector('#conflict[role="alert"]'));
      assert.deepEqual(values(ids, 1), ['L1', 'L2', 'L1']);
      assert.deepEqual(counts(answer).level.map(({ contracts }) => contracts), [2, 1], 'counted anew');
      assert.equal((await press(editor, answer)).status, 303);
      assert.deepEqual(values(ids, 1), ['L3', 'L3', 'L3']);
    }
  });

  test('so does a contract that joined the selection, or left it, or was deleted', async () => {
    const { word, ids, query } = await someContracts(2);
    const preview = () => post(editor, { choose: 'all', query, step: 'preview', level: 'L3' });
    const before = await preview();
    const { id: joined } = await createContract(editor, { title: `Neu ${word}` });
    assert.equal((await press(editor, before)).status, 409);
    const seen = await preview();
    assert.equal((await admin.post(`/contracts/${joined}/delete`, { csrf: await admin.token(), version: '1' })).status, 303);
    assert.equal((await press(editor, seen)).status, 409);
    assert.deepEqual(values(ids, 1), ['L1', 'L1']);
  });

  test('nothing is applied twice', async () => {
    const { ids } = await someContracts(2);
    const preview = await post(editor, { choose: 'ticked', contract: ids, step: 'preview', level: 'L3' });
    assert.equal((await press(editor, preview)).status, 303);
    assert.equal((await press(editor, preview)).status, 409);
    assert.deepEqual(values(ids, 4), ['2', '2']);
  });
});

describe('undo', () => {
  test('gives everything back, once', async () => {
    const { ids } = await someContracts(4, [{ level: 'L1', type: 'MIETE', responsible: 'editor' }, { level: '' }]);
    const before = rows(ids).map((row) => row.slice(1, 4));
    const id = await changed(editor, { choose: 'ticked', contract: ids, level: 'L4', type: 'SUPPORT', responsible: 'viewer' });
    assert.equal((await undo(editor, id)).status, 303);
    assert.deepEqual(rows(ids).map((row) => row.slice(1, 4)), before);
    assert.deepEqual(values(ids, 4), ids.map(() => '3'), 'which is a change like any other');
    const page = await editor.get(`/contracts/bulk/${id}`);
    assert.equal(page.document.querySelector('form[action$="/undo"]'), null);
    assert.equal((await undo(editor, id)).status, 409);
    assert.deepEqual(values(ids, 4), ids.map(() => '3'));
  });

  test('is refused as a whole when somebody touched or deleted one of the contracts, who is named', async () => {
    const { ids } = await someContracts(3);
    const id = await changed(editor, { choose: 'ticked', contract: ids, level: 'L4' });
    assert.equal((await admin.submit(`/contracts/${ids[0]}/edit`, { note: 'angefasst' }, 'form:has([name="number"])')).status, 303);
    assert.equal((await admin.post(`/contracts/${ids[2]}/delete`, { csrf: await admin.token(), version: '2' })).status, 303);
    const answer = await undo(editor, id);
    assert.equal(answer.status, 409);
    const notice = answer.document.querySelector('#errors');
    assert.match(notice.textContent, /2 dieser Verträge/);
    assert.ok(notice.querySelector(`a[href$="/contracts/${ids[0]}"]`));
    assert.equal(notice.querySelectorAll('li').length, 2);
    assert.deepEqual(values(ids, 1), ['L4', 'L4']);
    assert.equal(stack.databaseValue(`SELECT undone_at FROM bulk_change WHERE id = ${id}`), null);
  });

  test('is refused when a level of before is gone', async () => {
    const code = newNumber('G').slice(0, 20);
    assert.equal((await admin.submit('/levels/new', { code, name: 'Vergangen', rank: '92' }, 'form:has([name="code"])')).status, 303);
    const { ids } = await someContracts(2, [{ level: code }, {}]);
    const id = await changed(editor, { choose: 'ticked', contract: ids, level: 'L4' });
    stack.database(`DELETE FROM support_level WHERE code = '${code}'`);
    assert.equal((await undo(editor, id)).status, 409);
    assert.deepEqual(values(ids, 1), ['L4', 'L4']);
  });

  test('of what is not there', async () => {
    for (const id of ['4000000000', '0', 'x']) assert.equal((await undo(editor, id)).status, 404, id);
    assert.equal((await editor.get('/contracts/bulk/4000000000')).status, 404);
  });
});

test('the latest changes are listed, newest first, with who undid them', async () => {
  const { ids } = await someContracts(1);
  const one = await changed(editor, { choose: 'ticked', contract: ids, level: 'L3' });
  const two = await changed(admin, { choose: 'ticked', contract: ids, type: 'MIETE' });
  assert.equal((await undo(editor, two)).status, 303);
  const page = await editor.get('/contracts/bulk');
  const lines = [...page.document.querySelectorAll('main tbody tr')];
  assert.match(lines[0].querySelector('a').getAttribute('href'), new RegExp(`/contracts/bulk/${two}$`));
  assert.match(lines[1].querySelector('a').getAttribute('href'), new RegExp(`/contracts/bulk/${one}$`));
  assert.match(lines[0].textContent, /admin/);
  assert.match(lines[0].lastElementChild?.textContent ?? lines[0].textContent, /editor/);
});

describe('what cannot be done is said and changes nothing', () => {
  test('nothing ticked, nothing chosen, nothing to change', async () => {
    const none = await post(editor, { choose: 'ticked', query: 'level=L1' });
    assert.equal(none.status, 422);
    assert.match(none.document.querySelector('#errors').textContent, /kein Vertrag ausgewählt/);
    assert.ok(none.document.querySelector('main a[href$="/contracts?level=L1"]'), 'the way back');
    const { ids } = await someContracts(1);
    const unchosen = await post(editor, { choose: 'ticked', contract: ids, step: 'preview' });
    assert.equal(unchosen.status, 422);
    assert.equal(unchosen.document.querySelector('[name="level"]').getAttribute('aria-invalid'), 'true');
    const same = await post(editor, { choose: 'ticked', contract: ids, step: 'preview', level: 'L1' });
    assert.equal(same.status, 200);
    assert.equal(confirmForm(same), null);
    assert.equal((await post(editor, { choose: 'all', query: 'q=nosuchwordanywhere' })).status, 422);
  });

  test('hostile ids, selections and values', async () => {
    const { ids } = await someContracts(1);
    for (const contract of ['0', '-1', '1 OR 1=1', "1'", '1.5', '99999999999999999999', '0x1', '', '1,2', '<script>alert(1)</script>']) {
      const answer = await post(editor, { choose: 'ticked', contract: [ids[0], contract], step: 'preview', level: 'L2' });
      assert.equal(answer.status, 400, contract);
      assert.ok(!answer.text.includes('<script>alert'));
    }
    for (const other of [{ query: 'colour=blue' }, { query: 'level=L9' }, { choose: 'everything' }, { choose: [] }, { step: 'now' }, { colour: 'blue' }]) {
      assert.equal((await post(editor, { choose: 'all', step: 'preview', level: 'L2', ...other })).status, 400, JSON.stringify(other));
    }
    for (const other of [{ level: 'L9' }, { type: 'none' }, { type: 'OTHER' }, { responsible: 'no-such-user' }, { level: "L2' OR '1" }]) {
      const answer = await post(editor, { choose: 'ticked', contract: ids, step: 'preview', ...other });
      assert.equal(answer.status, 422, JSON.stringify(other));
      assert.equal(answer.document.querySelector(`[name="${Object.keys(other)[0]}"]`).getAttribute('aria-invalid'), 'true');
    }
    for (const expected of ['', 'x', '0'.repeat(64)]) {
      assert.equal((await post(editor, { choose: 'ticked', contract: ids, step: 'apply', level: 'L2', expected })).status, 409);
    }
    assert.equal((await post(editor, { choose: 'ticked', contract: ids, step: 'apply', level: 'L2' })).status, 400);
    assert.equal((await editor.get('/contracts/bulk/1?after=x')).status, 400);
    assert.deepEqual(values(ids, 4), ['1']);
  });

  test('contracts that are gone, or named twice', async () => {
    const { ids } = await someContracts(2);
    const twice = await post(editor, { choose: 'ticked', contract: [ids[0], ids[0], '4000000000'], step: 'preview', level: 'L2' });
    assert.equal(twice.status, 200);
    assert.deepEqual(counts(twice).level.map(({ contracts }) => contracts), [1]);
    assert.match(twice.document.querySelector('main .notice').textContent, /1 der ausgewählten Verträge gibt es nicht mehr/);
    assert.equal((await post(editor, { choose: 'ticked', contract: ['4000000000'] })).status, 422);
  });

  test('10,000 ids in one form', async () => {
    const answer = await post(editor, { choose: 'ticked', contract: Array.from({ length: 10000 }, (_, i) => String(i + 1)) });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /zu viele Parameter/);
  });

  test('a viewer', async () => {
    const { ids } = await someContracts(1);
    const id = await changed(editor, { choose: 'ticked', contract: ids, level: 'L2' });
    assert.equal((await post(viewer, { choose: 'ticked', contract: ids, step: 'preview', level: 'L3' })).status, 403);
    assert.equal((await undo(viewer, id)).status, 403);
    for (const path of ['/contracts/bulk', `/contracts/bulk/${id}`]) assert.equal((await viewer.get(path)).status, 403);
    assert.deepEqual(values(ids, 1), ['L2']);
  });
});

test('two bulk changes of the same contracts at once: one of them is told, none is mixed', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { ids, query } = await someContracts(10);
    const previews = await Promise.all([post(editor, { choose: 'all', query, step: 'preview', level: 'L2' }), post(admin, { choose: 'all', query, step: 'preview', level: 'L3' })]);
    const answers = await Promise.all([press(editor, previews[0]), press(admin, previews[1])]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
    const winner = answers[0].status === 303 ? 'L2' : 'L3';
    assert.deepEqual(new Set(values(ids, 1)), new Set([winner]));
    assert.deepEqual(new Set(values(ids, 4)), new Set(['2']));
  }
});

test('two who undo the same change at once: it is undone once', async () => {
  const { ids } = await someContracts(10);
  const id = await changed(editor, { choose: 'ticked', contract: ids, level: 'L4' });
  const answers = await Promise.all([undo(editor, id), undo(admin, id)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
  assert.deepEqual(new Set(values(ids, 1)), new Set(['L1']));
  assert.deepEqual(new Set(values(ids, 4)), new Set(['3']));
});

test('a changed contract is found by its words as before, and among the latest changes', async () => {
  const { ids, query } = await someContracts(2);
  const updated = () => stack.database(`SELECT updated_at FROM contract WHERE id IN (${ids.join()}) ORDER BY id`).map(([at]) => at);
  const before = updated();
  await changed(editor, { choose: 'ticked', contract: [ids[0]], level: 'L4' });
  const after = updated();
  assert.ok(after[0] > before[0]);
  assert.equal(after[1], before[1]);
  const found = (await editor.get(`/contracts.json?${query}&sort=-updated`)).json();
  assert.deepEqual(found.contracts.map(({ id }) => id), [ids[0], ids[1]]);
  assert.equal(found.contracts[0].level, 'L4');
});

test('thousands of contracts, over several pieces: changed, counted and taken back', async () => {
  const made = stack.tool(['generate', '--contracts', '2500']);
  assert.equal(made.status, 0, made.stderr);
  assert.equal(stack.tool(['roll']).status, 0);
  const total = Number(stack.databaseValue('SELECT COUNT(*) FROM contract'));
  const sums = () => stack.databaseValue("SELECT SUM(CRC32(CONCAT_WS('-', id, COALESCE(level_id, 0), type_id, COALESCE(responsible_id, 0)))) FROM contract");
  const before = sums();
  const differ = stack.databaseValue("SELECT COUNT(*) FROM contract WHERE NOT (level_id <=> (SELECT id FROM support_level WHERE code = 'L0'))");
  assert.ok(total > 2500);
  const id = await changed(editor, { choose: 'all', query: '', level: 'L0' });
  assert.equal(stack.databaseValue(`SELECT contracts FROM bulk_change WHERE id = ${id}`), differ);
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM bulk_change_row WHERE bulk_change_id = ${id}`), differ);
  assert.equal(stack.databaseValue("SELECT COUNT(*) FROM contract WHERE NOT (level_id <=> (SELECT id FROM support_level WHERE code = 'L0'))"), '0');
  for (const [level, status, type, kept, counted] of keptCounts()) assert.equal(kept, counted, `${level} ${status} ${type}`);
  assert.equal((await editor.get('/contracts.json?level=L0&per=25')).json().total, total);
  const shown = new Set();
  for (let address = `/contracts/bulk/${id}`; address;) {
    const page = await editor.get(address);
    for (const link of page.document.querySelectorAll('main tbody th a')) shown.add(link.getAttribute('href'));
    address = page.document.querySelector('a[rel="next"]')?.getAttribute('href');
  }
  assert.equal(shown.size, Number(differ), 'every changed contract is listed');
  assert.equal((await undo(editor, id)).status, 303);
  assert.equal(sums(), before);
  for (const [level, status, type, kept, counted] of keptCounts()) assert.equal(kept, counted, `${level} ${status} ${type}`);
});
