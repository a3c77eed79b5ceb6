// What programs may do: JSON on the same addresses, entity tags, problem details, personal access tokens.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { createContract, manyContracts, newNumber } from '../support/contracts.mjs';
import { Program, program, makeToken } from '../support/program.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
manyContracts(stack);
const browser = { viewer: await signedIn(stack, 'viewer'), editor: await signedIn(stack, 'editor'), admin: await signedIn(stack, 'admin') };
const viewer = await program(browser.viewer, 'viewer');
const editor = await program(browser.editor, 'editor');
const admin = await program(browser.admin, 'admin');
const customer = stack.databaseValue('SELECT number FROM customer ORDER BY id LIMIT 1');
const newContract = (changes = {}) => ({ number: newNumber('P'), title: 'Aus einem Programm', customer_number: customer, type: 'WARTUNG', starts_on: '2026-01-01', ...changes });

async function stored(who = editor, changes = {}) {
  const answer = await who.send('/contracts', newContract(changes));
  assert.equal(answer.status, 201, answer.text);
  return { ...answer.json(), tag: answer.headers.get('etag'), path: answer.location };
}

function isProblem(answer, status) {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  const problem = answer.json();
  assert.equal(problem.status, status);
  return problem;
}
const reasons = (problem) => Object.fromEntries(problem.errors.map(({ field, reason }) => [field, reason]));

describe('reading', () => {
  test('.json, Accept and a token that asks for nothing get the same', async () => {
    const { id } = await stored();
    const expected = (await browser.editor.get(`/contracts/${id}.json`)).text;
    assert.equal((await browser.editor.get(`/contracts/${id}`, { accept: 'application/json' })).text, expected);
    assert.equal((await editor.get(`/contracts/${id}`, { accept: '*/*' })).text, expected);
    assert.equal((await editor.get(`/contracts/${id}`)).text, expected);
    assert.match((await editor.get(`/contracts/${id}`, { accept: 'text/html' })).headers.get('content-type'), /^text\/html/);
  });

  test('customers: every one, page by page, each as at its own address', async () => {
    const seen = [];
    for (let address = '/customers.json'; address;) {
      const { customers, next } = (await viewer.get(address)).json();
      seen.push(...customers);
      address = next;
    }
    const names = stack.database('SELECT name FROM customer ORDER BY name, id').map(([name]) => name);
    assert.deepEqual(seen.map(({ name }) => name), names);
    const [one] = seen;
    assert.deepEqual((await viewer.get(`/customers/${one.id}.json`)).json(), one);
    assert.deepEqual((await viewer.get(`/customers.json?q=${encodeURIComponent(one.number)}`)).json().customers.map(({ id }) => id).includes(one.id), true);
    assert.deepEqual((await viewer.get('/customers.json?q=no-such-customer')).json(), { customers: [], next: null });
  });

  test('levels by rank, each as at its own address', async () => {
    const { levels, next } = (await viewer.get('/levels.json')).json();
    assert.equal(next, null);
    assert.deepEqual(levels.map(({ code }) => code), stack.database('SELECT code FROM support_level ORDER BY level_rank, id').map(([code]) => code));
    for (const level of levels) {
      assert.deepEqual((await viewer.get(`/levels/${level.code}.json`)).json(), level);
      assert.equal(typeof level.rank, 'number');
      assert.equal(level.retired, false);
    }
  });

  test('every bad parameter is named', async () => {
    const problem = isProblem(await viewer.get('/contracts.json?colour=blue&level=L9'), 400);
    assert.deepEqual(Object.keys(reasons(problem)).sort(), ['colour', 'level']);
  });

  for (const path of ['/contracts/4000000000', '/customers/4000000000', '/levels/L77', '/no-such-address']) {
    test(`nothing at ${path}`, async () => isProblem(await viewer.get(path), 404));
  }
});

describe('entity tags', () => {
  test('asked for again with If-None-Match: 304 until something changes, whatever it is', async () => {
    const { id, tag } = await stored();
    const path = `/contracts/${id}.json`;
    assert.match(tag, /^"[\w-]+"$/, 'a strong one');
    assert.equal((await editor.get(path)).headers.get('etag'), tag);
    for (const list of [tag, `"x", ${tag}`, `W/${tag}`, '*']) {
      const again = await editor.get(path, { 'if-none-match': list });
      assert.equal(again.status, 304, list);
      assert.equal(again.text, '');
      assert.equal(again.headers.get('etag'), tag);
    }
    assert.equal((await editor.get(path, { 'if-none-match': '"x"' })).status, 200);
    // The customer's name stands in the contract, though the contract's version stays.
    const own = (await editor.send('/customers', { number: newNumber('K'), name: 'Früher GmbH' })).json();
    const other = await stored(editor, { customer_number: own.number });
    const first = await editor.get(`/customers/${own.id}.json`);
    assert.equal((await editor.send(`/customers/${own.id}`, { name: 'Später GmbH' }, first.headers.get('etag'))).status, 200);
    const changed = await editor.get(`/contracts/${other.id}.json`, { 'if-none-match': other.tag });
    assert.equal(changed.status, 200);
    assert.equal(changed.json().customer_name, 'Später GmbH');
    assert.equal(changed.json().version, other.version);
  });

  test('HEAD tells it without the body', async () => {
    const { path, tag } = await stored();
    const head = await editor.request(path, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.text, '');
    assert.equal(head.headers.get('etag'), tag);
    assert.equal((await editor.request(path, { method: 'HEAD', headers: { 'if-none-match': tag } })).status, 304);
  });

  test('lists have one too', async () => {
    for (const path of ['/customers.json', '/levels.json', '/openapi.json', '/contracts.json?per=25&sort=number']) {
      const tag = (await viewer.get(path)).headers.get('etag');
      assert.equal((await viewer.get(path, { 'if-none-match': tag })).status, 304, path);
    }
  });
});

describe('writing', () => {
  test('a contract is created: 201, its address, what is stored', async () => {
    const sent = newContract({ level: 'L2', amount: '1234.50', billing_months: 3, renewal_months: 12, ends_on: '2026-12-31', notice_period: '3m', notice_to: 'term', note: 'a\nb' });
    const answer = await editor.send('/contracts', sent);
    assert.equal(answer.status, 201);
    const contract = answer.json();
    for (const [name, value] of Object.entries(sent)) assert.deepEqual(contract[name], value, name);
    assert.equal(contract.monthly_value, '411.50');
    assert.equal(contract.version, 1);
    const read = await editor.get(answer.location);
    assert.deepEqual(read.json(), contract);
    assert.equal(read.headers.get('etag'), answer.headers.get('etag'));
  });

  test('a body holds only what changes; null takes a value away', async () => {
    const before = await stored(editor, { level: 'L1', reference: 'alt' });
    const answer = await editor.send(before.path, { level: null, title: 'Anders' }, before.tag);
    assert.equal(answer.status, 200);
    const { tag, path, ...old } = before;
    const { updated_at: updated, ...now } = answer.json();
    assert.deepEqual({ ...now }, { ...Object.fromEntries(Object.entries(old).filter(([name]) => name !== 'updated_at')), level: null, title: 'Anders', version: 2 });
    assert.notEqual(updated, old.updated_at);
    assert.notEqual(answer.headers.get('etag'), tag);
    assert.deepEqual((await editor.get(path)).json(), answer.json());
  });

  test('what was read can be sent back whole, with one thing changed', async () => {
    for (const path of [(await stored()).path, `/customers/${stack.databaseValue('SELECT MAX(id) FROM customer')}.json`]) {
      const read = await editor.get(path);
      const answer = await editor.send(path, { ...read.json(), note: 'geändert' }, read.headers.get('etag'));
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.json().note, 'geändert');
    }
    const level = await admin.get('/levels/L3.json');
    assert.equal((await admin.send('/levels/L3.json', level.json(), level.headers.get('etag'))).status, 200);
  });

  test('but what only the application sets is refused when it differs', async () => {
    const { path, tag } = await stored();
    const problem = isProblem(await editor.send(path, { status: 'ended', monthly_value: '1.00', customer_name: 'x', id: 1, version: 9 }, tag), 422);
    assert.deepEqual(reasons(problem), { status: 'read_only', monthly_value: 'read_only', customer_name: 'read_only', id: 'read_only', version: 'read_only' });
  });

  test('without having seen it: 428; having seen something older: 412; nothing is changed', async () => {
    const { path, tag, id } = await stored();
    isProblem(await editor.send(path, { title: 'blind' }), 428);
    assert.equal((await editor.send(path, { title: 'zweite' }, tag)).status, 200);
    isProblem(await editor.send(path, { title: 'veraltet' }, tag), 412);
    isProblem(await editor.send(path, { title: 'x' }, `W/${tag}`), 412);
    assert.equal(stack.databaseValue(`SELECT title FROM contract WHERE id = ${id}`), 'zweite');
    assert.equal((await editor.send(path, { title: 'gleich was' }, '*')).status, 200);
  });

  test('of two at once with the same tag one wins and the other is told', async () => {
    const { path, tag } = await stored();
    const answers = await Promise.all(['a', 'b', 'c'].map((title) => editor.send(path, { title }, tag)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412]);
    const winner = answers.find(({ status }) => status === 200).json();
    assert.equal((await editor.get(path)).json().title, winner.title);
  });

  test('each bad field is named with a reason that stays the same and words that are the user\'s', async () => {
    const sent = { ...newContract(), number: '', starts_on: '2026-02-30', amount: '1.234,567', level: 'L77', customer_number: '', currency: 'XXQ' };
    const problem = isProblem(await editor.send('/contracts', sent), 422);
    assert.deepEqual(reasons(problem), { number: 'required', starts_on: 'not_a_day', amount: 'not_money', customer_number: 'required', currency: 'not_a_currency', level: 'unknown' });
    assert.ok(problem.errors.every(({ detail }) => detail.length > 0 && !detail.includes('{')));
    const unknown = isProblem(await editor.send('/contracts', newContract({ level: 'L77' })), 422);
    assert.deepEqual(reasons(unknown), { level: 'unknown' });
    const taken = await stored();
    assert.deepEqual(reasons(isProblem(await editor.send('/contracts', newContract({ number: taken.number })), 422)), { number: 'taken' });
    const customers = isProblem(await editor.send('/customers', { number: '', name: '' }), 422);
    assert.deepEqual(reasons(customers), { number: 'required', name: 'required' });
    const [german, english] = await Promise.all(['de', 'en'].map((lang) => editor.send(`/contracts?lang=${lang}`, {})));
    assert.deepEqual(reasons(isProblem(english, 422)), reasons(isProblem(german, 422)));
    assert.notEqual(english.json().errors[0].detail, german.json().errors[0].detail);
  });

  test('amounts have a point, whatever the user\'s language', async () => {
    assert.equal((await stored(editor, { amount: '1234.5' })).amount, '1234.50');
    assert.equal((await stored(editor, { amount: 1234 })).amount, '1234.00');
    isProblem(await editor.send('/contracts', newContract({ amount: 1234.5 })), 400);
    assert.deepEqual(reasons(isProblem(await editor.send('/contracts', newContract({ amount: '1.234' })), 422)), { amount: 'not_money' });
  });

  test('what is no object of known members: 400', async () => {
    const bodies = ['', '{', '[]', '"x"', '1', 'null', '{"title": "a", "title": "b"}', '{"title": ["x"]}', '{"title": {"a": 1}}', '{"colour": "blue"}', '{"title": "\\ud800"}', '{"title": "a\\u0000b"}',
      '['.repeat(100000)];
    for (const body of bodies) {
      const answer = await editor.request('/contracts', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      assert.ok([400, 422].includes(isProblem(answer, body === '' ? 422 : 400).status), body.slice(0, 40));
    }
    for (const bytes of [Buffer.from('{"title": "\xff"}', 'latin1'), Buffer.from('{"title": "a"}\0', 'latin1')]) {
      const answer = await editor.requestBytes('/contracts', bytes, { 'content-type': 'application/json' });
      isProblem(answer, 400);
    }
    assert.deepEqual(reasons(isProblem(await editor.send('/contracts', newContract({ title: 'a\u0007b' })), 422)), { title: 'control_character' });
  });

  test('an address that takes no JSON: 415', async () => {
    for (const path of ['/levels/L1/retire', '/login']) {
      const answer = await browser.admin.request(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
      isProblem(answer, 415);
    }
  });

  test('a form may be sent with a token too', async () => {
    const fields = newContract({ amount: '12.50' });
    const answer = await editor.post('/contracts', fields);
    assert.equal(answer.status, 201);
    assert.equal(answer.json().amount, '12.50');
  });

  test('deleting needs the right and If-Match', async () => {
    const { id, path, tag } = await stored();
    const address = `/contracts/${id}/delete`;
    isProblem(await editor.send(address, undefined, tag), 403);
    isProblem(await admin.send(address, undefined), 428);
    isProblem(await admin.send(address, undefined, '"x"'), 412);
    const answer = await admin.send(address, undefined, tag);
    assert.equal(answer.status, 204);
    assert.equal(answer.text, '');
    isProblem(await editor.get(path), 404);
    isProblem(await admin.send(address, undefined, tag), 404);
    const inUse = await admin.get(`/customers/${stack.databaseValue('SELECT customer_id FROM contract LIMIT 1')}.json`);
    isProblem(await admin.send(`/customers/${inUse.json().id}/delete`, undefined, inUse.headers.get('etag')), 409);
  });

  test('with a session\'s cookie a body of JSON needs the form\'s token', async () => {
    const headers = { 'content-type': 'application/json' };
    const send = (body) => browser.editor.request('/contracts', { method: 'POST', body: JSON.stringify(body), headers });
    isProblem(await send(newContract()), 403);
    isProblem(await send({ ...newContract(), csrf: 'x' }), 403);
    assert.equal((await send({ ...newContract(), csrf: await browser.editor.token() })).status, 201);
  });
});

describe('access tokens', () => {
  test('shown once, stored only hashed, kept by nobody', async () => {
    const { answer, token } = await makeToken(browser.viewer, { name: 'einmal' });
    assert.equal(answer.status, 201);
    assert.match(answer.headers.get('cache-control'), /no-store/);
    assert.match(token, /^slt_[\w-]{43}$/);
    assert.ok(!(await browser.viewer.get('/settings/tokens')).text.includes(token));
    const secret = Buffer.from(token.slice(4), 'base64url').toString('hex').toUpperCase();
    const row = stack.database("SELECT HEX(token_hash), name, role, expires_on FROM access_token WHERE name = 'einmal'")[0];
    assert.notEqual(row[0], secret);
    assert.equal(row[0].length, 64);
    assert.deepEqual(row.slice(1), ['einmal', 'viewer', '2027-02-11']);
    assert.ok(!answer.headers.getSetCookie().join().includes(token));
  });

  test('the rights are the lesser of the token\'s and the user\'s', async () => {
    const weak = await program(browser.admin, 'viewer');
    assert.equal((await weak.get('/contracts.json')).status, 200);
    isProblem(await weak.send('/contracts', newContract()), 403);
    stack.tool(['user', 'add', 'sinking', '--role', 'editor'], 'a passphrase of four words\n');
    const sinking = new Client(stack);
    await sinking.signIn('sinking', 'a passphrase of four words');
    const strong = await program(sinking, 'editor');
    assert.equal((await strong.send('/contracts', newContract())).status, 201);
    stack.database("UPDATE user SET role = 'viewer' WHERE name = 'sinking'");
    isProblem(await strong.send('/contracts', newContract()), 403);
    assert.equal((await strong.get('/contracts.json')).status, 200);
    stack.database("UPDATE user SET active = FALSE WHERE name = 'sinking'");
    isProblem(await strong.get('/contracts.json'), 401);
  });

  test('nobody gives away more than they may', async () => {
    const { answer } = await makeToken(browser.viewer, { role: 'admin' });
    assert.equal(answer.status, 422);
    assert.equal(answer.document.querySelectorAll('[name="role"] option').length, 2, 'what was sent stays to be seen beside the error');
    const page = await browser.viewer.get('/settings/tokens');
    assert.deepEqual([...page.document.querySelectorAll('[name="role"] option')].map((option) => option.getAttribute('value')), ['viewer']);
  });

  test('the last day is at most two years ahead, and not over', async () => {
    for (const [day, status] of [['2028-02-11', 201], ['2028-02-12', 422], ['2026-02-11', 201], ['2026-02-10', 422], ['', 422], ['x', 422]]) {
      assert.equal((await makeToken(browser.viewer, { expires_on: day })).answer.status, status, day);
    }
    assert.equal((await makeToken(browser.viewer, { name: ' ' })).answer.status, 422);
  });

  test('unknown, malformed, expired or revoked: 401, the way to sign in, and one and the same answer', async () => {
    const { token } = await makeToken(browser.viewer, { name: 'läuft ab' });
    const expired = new Program(stack, token);
    assert.equal((await expired.get('/contracts.json')).status, 200);
    stack.database("UPDATE access_token SET expires_on = '2026-02-10' WHERE name = 'läuft ab'");
    const revoked = await program(browser.viewer, 'viewer', 'zu widerrufen');
    assert.equal((await revoked.get('/contracts.json')).status, 200);
    const page = await browser.viewer.get('/settings/tokens');
    const row = [...page.document.querySelectorAll('tbody tr')].find((one) => one.querySelector('th').textContent === 'zu widerrufen');
    const answer = await browser.viewer.post(row.querySelector('form').getAttribute('action'), { csrf: await browser.viewer.token() });
    assert.equal(answer.status, 303);
    const texts = new Set();
    for (const who of [expired, revoked, ...['slt_' + 'A'.repeat(43), 'slt_x', '', 'x', 'A'.repeat(4000), token + 'A', token.slice(4)].map((text) => new Program(stack, text))]) {
      for (const path of ['/contracts.json', '/contracts', '/']) {
        const refused = await who.get(path);
        isProblem(refused, 401);
        assert.match(refused.headers.get('www-authenticate'), /^Bearer .*error="invalid_token"/);
        texts.add(refused.text);
      }
    }
    assert.equal(texts.size, 1);
    const nobody = await new Client(stack).get('/contracts.json');
    isProblem(nobody, 401);
    assert.match(nobody.headers.get('www-authenticate'), /^Bearer realm="[^"]+"$/);
  });

  test('a token counts alone: a bad one is not saved by a session beside it, nor a session used', async () => {
    const both = (token) => browser.admin.get('/contracts.json', { authorization: `Bearer ${token}` });
    assert.equal((await both('slt_x')).status, 401);
    const weak = await makeToken(browser.viewer);
    const csrf = await browser.admin.token();
    const answer = await browser.admin.post('/levels', { csrf, code: 'LX', name: 'x', rank: '9' }, { authorization: `Bearer ${weak.token}` });
    assert.equal(answer.status, 403);
  });

  test('what concerns sessions and tokens themselves is not for tokens', async () => {
    for (const [method, path] of [['GET', '/settings/tokens'], ['POST', '/settings/tokens'], ['POST', '/settings/tokens/1/revoke'], ['POST', '/logout'], ['POST', '/login'], ['POST', '/settings/language']]) {
      isProblem(await admin.request(path, { method, ...(method === 'POST' && { body: new URLSearchParams({ name: 'x' }) }) }), 403);
    }
  });

  test('at most fifty good ones at a time, and what is long over goes', async () => {
    stack.tool(['user', 'add', 'collector', '--role', 'viewer'], 'a passphrase of four words\n');
    const collector = new Client(stack);
    await collector.signIn('collector', 'a passphrase of four words');
    const rows = (count, columns, values) => stack.database(`INSERT INTO access_token (user_id, name, token_hash, role, ${columns}) SELECT user.id, 'viele', UNHEX(SHA2(CONCAT(seq, '${columns}'), 256)), 'viewer', ${values}
      FROM user, seq_1_to_${count} WHERE user.name = 'collector'`);
    const count = () => Number(stack.databaseValue("SELECT COUNT(*) FROM access_token JOIN user ON user.id = user_id WHERE user.name = 'collector'"));
    rows(3, 'expires_on', "'2025-01-01'");
    rows(2, 'expires_on, revoked_at', "'2027-01-01', UTC_TIMESTAMP() - INTERVAL 91 DAY");
    rows(1, 'expires_on, created_at', "'2026-02-10', UTC_TIMESTAMP()");
    assert.equal((await makeToken(collector)).answer.status, 201);
    assert.equal(count(), 2, 'the new one, and the one that ended yesterday');
    rows(49, 'expires_on, last_used_on', "'2026-02-11', NULL");
    assert.equal((await makeToken(collector)).answer.status, 422);
    stack.database("UPDATE access_token SET expires_on = '2026-02-10' WHERE name = 'viele' LIMIT 1");
    stack.database("UPDATE access_token SET revoked_at = UTC_TIMESTAMP() WHERE name = 'viele' AND expires_on = '2026-02-11' LIMIT 1");
    assert.equal((await makeToken(collector)).answer.status, 201);
  });

  test('others\' tokens can be neither seen nor revoked', async () => {
    await makeToken(browser.viewer, { name: 'nur für viewer' });
    const id = stack.databaseValue("SELECT id FROM access_token WHERE name = 'nur für viewer'");
    assert.ok(!(await browser.admin.get('/settings/tokens')).text.includes('nur für viewer'));
    assert.equal((await browser.admin.post(`/settings/tokens/${id}/revoke`, { csrf: await browser.admin.token() })).status, 404);
    assert.equal(stack.databaseValue(`SELECT revoked_at FROM access_token WHERE id = ${id}`), null);
  });

  test('the day of its last use is noted', async () => {
    const used = await program(browser.viewer, 'viewer', 'benutzt');
    const day = () => stack.databaseValue("SELECT last_used_on FROM access_token WHERE name = 'benutzt'");
    assert.equal(day(), null);
    await used.get('/levels.json');
    assert.equal(day(), '2026-02-11');
  });

  test('no other way of Authorization signs in', async () => {
    const { token } = await makeToken(browser.viewer);
    for (const header of [`Basic ${Buffer.from(`viewer:${token}`).toString('base64')}`, `Token ${token}`, token]) {
      assert.equal((await new Client(stack).get('/contracts.json', { authorization: header })).status, 401, header.slice(0, 8));
    }
    assert.equal((await new Client(stack).get('/contracts.json', { authorization: `bearer  ${token}` })).status, 200, 'the scheme in any case (RFC 9110, 11.1)');
    assert.equal((await new Client(stack).get(`/contracts.json?access_token=${token}`)).status, 401, 'never in an address');
  });
});

// Logs are written by then, whatever the order of the tests.
after(() => {
  const secrets = Program.tokens;
  assert.ok(secrets.length > 5);
  const files = readdirSync(stack.directory, { recursive: true }).map((name) => join(stack.directory, String(name)))
    .filter((name) => /log/i.test(name) && !name.includes('mariadb/') && statSync(name).isFile());
  assert.ok(files.length > 0);
  for (const file of files) {
    const text = readFileSync(file, 'latin1');
    for (const secret of secrets) assert.ok(!text.includes(secret.slice(4)), `a token in ${file}`);
  }
});
