// Users in the browser: made, changed, disabled, signed out by administrators, and the one-time link by which a user chooses a password. Source: product.md, "Who may what"; quality.md, security 5, 6 and 11.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { createContract } from '../support/contracts.mjs';
import { checkHtml } from '../support/html.mjs';
import { program } from '../support/program.mjs';
import { sharedStack, startStack } from '../support/stack.mjs';

const stack = sharedStack();
after(() => stack.database('DELETE FROM login_failure'));
const admin = await signedIn(stack, 'admin');
const BASE = '/settings/users';
const PASSWORD = 'a passphrase of four words';
let number = 0;
const words = (element) => element?.textContent.replace(/\s+/g, ' ').trim();
const cell = (sql) => stack.databaseValue(sql);
const form = (name) => `form:has([name="${name}"])`;
const isIn = async (client) => (await client.get('/contracts')).status === 200;
const problems = (answer) => Object.fromEntries([...answer.document.querySelectorAll('.form-error')].map((one) => [one.id.replace('-error', ''), words(one)]));

/** Made in the browser: { name, path }. */
async function make(fields = {}, by = admin) {
  number += 1;
  const name = fields.username ?? `user-${process.pid}-${number}`;
  const answer = await by.submit(`${BASE}/new`, { display_name: 'Anna Muster', username: name, email: '', language: '', role: 'editor', ...fields }, form('username'));
  return { name, answer, path: answer.location };
}
async function newLink(path, by = admin) {
  const answer = await by.submit(path, {}, 'form[action$="/password-link"]');
  assert.equal(answer.status, 201);
  const address = answer.document.querySelector('#link').getAttribute('value');
  assert.ok(address.startsWith(`${stack.baseUrl}/password?token=`), address);
  return address.slice(stack.baseUrl.length);
}
const choose = (client, link, password, again = password) => client.submit(link, { password, password_again: again }, '.setup-form');

describe('an administrator', () => {
  test('makes a user, who chooses a password by the link and is signed in', async () => {
    const { name, answer, path } = await make({ email: 'anna@example.org', language: 'en' });
    assert.equal(answer.status, 303);
    const page = await admin.get(path);
    assert.match(words(page.document.querySelector('.user-part')), /Noch ist kein Passwort gewählt/);
    const listed = [...(await admin.get(BASE)).document.querySelectorAll('tbody tr')].find((row) => row.children[1].textContent === name);
    assert.deepEqual([...listed.children].map(words), ['Anna Muster noch kein Passwort', name, 'Bearbeiten', 'anna@example.org', 'nie']);
    const link = await newLink(path);
    assert.match(words((await admin.get(path)).document.querySelector('.user-part')), /noch nicht benutzt, vom \d/);
    const client = new Client(stack);
    const asked = await client.get(link);
    assert.equal(asked.status, 200);
    await checkHtml(asked);
    assert.match(words(asked.document.querySelector('.lead')), new RegExp(`Anna Muster \\(${name}\\)`));
    assert.equal(asked.document.querySelector('[autocomplete="username"]').getAttribute('value'), name);
    const chosen = await choose(client, link, PASSWORD);
    assert.deepEqual([chosen.status, chosen.location], [303, '/']);
    const first = await client.get('/contracts');
    assert.equal(first.document.documentElement.getAttribute('lang'), 'en', 'the language that was set');
    assert.match(words(first.document.querySelector('.who')), /Anna Muster/);
    assert.equal((await new Client(stack).signIn(name, PASSWORD)).status, 303);
    const later = [...(await admin.get(BASE)).document.querySelectorAll('tbody tr')].find((row) => row.children[1].textContent === name);
    assert.match(words(later.children[4]), /^\d\d\.\d\d\.\d{4}, \d\d:\d\d$/);
    assert.match(words((await admin.get(path)).document.querySelector('.user-part')), /Ein Passwort ist gewählt/);
  });

  test('is told beside the field what is wrong, and what was typed stays', async () => {
    const { name } = await make();
    for (const [field, typed, said] of [['username', '', /ausfüllen/], ['username', 'anna muster', /Benutzername nicht möglich/], ['username', 'me', /nicht möglich/], ['username', 'none', /nicht möglich/], ['username', name.toUpperCase(), /schon vergeben/],
      ['display_name', '', /ausfüllen/], ['email', 'anna', /keine E-Mail-Adresse/], ['role', 'root', /Nicht möglich/], ['language', 'fr', /Nicht möglich/]]) {
      const { answer } = await make({ [field]: typed });
      assert.equal(answer.status, 422, `${field}: ${typed}`);
      assert.match(problems(answer)[field] ?? '', said, `${field}: ${typed}`);
      assert.equal(Object.keys(problems(answer)).length, 1);
      assert.equal(answer.document.querySelector('[name="display_name"]').getAttribute('value') ?? '', field === 'display_name' ? '' : 'Anna Muster');
    }
  });

  test('changes a name, which keeps contracts and history readable', async () => {
    const { name, path } = await make();
    const contract = await createContract(admin, { responsible: name });
    assert.equal((await admin.submit(`${path}/edit`, { username: `${name}-married`, display_name: 'Anna Verheiratet' }, form('username'))).status, 303);
    assert.equal(cell(`SELECT user.name FROM contract JOIN user ON user.id = responsible_id WHERE contract.id = ${contract.id}`), `${name}-married`);
    const page = await admin.get(`${path}/history`);
    await checkHtml(page);
    const text = words(page.document.querySelector('main'));
    assert.match(text, new RegExp(`Benutzername: vorher ${name} → nachher ${name}-married`));
    assert.match(text, /admin/);
  });

  test('gives another role, which ends sessions; a new address or name ends none', async () => {
    const { path } = await make();
    const client = new Client(stack);
    await choose(client, await newLink(path), PASSWORD);
    assert.equal((await admin.submit(`${path}/edit`, { email: 'new@example.org' }, form('username'))).status, 303);
    assert.ok(await isIn(client));
    assert.equal((await admin.submit(`${path}/edit`, { role: 'viewer' }, form('username'))).status, 303);
    assert.equal(await isIn(client), false);
  });

  test('who had the form open is told what somebody else stored meanwhile; a user’s own language is no such change', async () => {
    const { name, path } = await make();
    const page = await admin.get(`${path}/edit`);
    const fields = () => new URLSearchParams([...page.document.querySelectorAll('.form [name]')].map((one) => [one.getAttribute('name'), one.tagName === 'SELECT' ? one.querySelector('[selected]').getAttribute('value') : one.getAttribute('value') ?? '']));
    stack.database(`UPDATE user SET language = 'en' WHERE name = '${name}'`);
    const mine = fields();
    mine.set('email', 'mine@example.org');
    mine.set('language', 'en');
    assert.equal((await admin.post(path, mine)).status, 303);
    const late = fields();
    late.set('email', 'late@example.org');
    const conflict = await admin.post(path, late);
    assert.equal(conflict.status, 409);
    assert.match(words(conflict.document.querySelector('#email-theirs')), /mine@example.org/);
  });

  test('signs somebody out everywhere, with tokens where that is wished', async () => {
    const { path } = await make();
    const client = new Client(stack);
    await choose(client, await newLink(path), PASSWORD);
    const token = await program(client, 'viewer');
    assert.deepEqual([...(await admin.get(path)).document.querySelectorAll('.user-part dd')].map(words), ['1', '1', '0']);
    assert.equal((await admin.submit(path, {}, 'form[action$="/sign-out"]')).status, 303);
    assert.equal(await isIn(client), false);
    assert.equal((await token.get('/contracts')).status, 200);
    assert.equal((await admin.submit(path, { keys: '1' }, 'form[action$="/sign-out"]')).status, 303);
    assert.equal((await token.get('/contracts')).status, 401);
  });
});

describe('a disabled user', () => {
  test('is out at once, by whatever way, and comes back when enabled', async () => {
    const { name, path } = await make();
    const client = new Client(stack);
    await choose(client, await newLink(path), PASSWORD);
    const token = await program(client, 'viewer');
    const open = await newLink(path);
    assert.equal((await admin.submit(path, {}, 'form[action$="/active"]')).status, 303);
    assert.equal(await isIn(client), false);
    assert.equal((await new Client(stack).signIn(name, PASSWORD)).status, 422);
    assert.equal((await token.get('/contracts')).status, 401);
    assert.equal((await new Client(stack).get(open)).status, 403);
    const page = await admin.get(path);
    assert.equal(words(page.document.querySelector('h1 .badge')), 'deaktiviert');
    assert.equal(page.document.querySelector('form[action$="/password-link"]'), null);
    assert.equal((await admin.post(`${path}/password-link`, { csrf: await admin.token() })).status, 400);
    assert.equal((await admin.submit(path, {}, 'form[action$="/active"]')).status, 303);
    assert.equal((await new Client(stack).signIn(name, PASSWORD)).status, 303);
    assert.equal((await token.get('/contracts')).status, 200);
    assert.deepEqual([...(await admin.get(`${path}/history`)).document.querySelectorAll('main dd, main td, main li')].filter((one) => /Kann sich anmelden/.test(one.textContent)).length > 0, true);
  });

  test('stays on the contracts, can be selected by, and is offered for no other', async () => {
    const { name, path } = await make({ display_name: 'Geht Bald' });
    const contract = await createContract(admin, { responsible: name });
    await admin.submit(path, {}, 'form[action$="/active"]');
    const list = await admin.get(`/contracts?responsible=${name}`);
    assert.equal(list.status, 200);
    assert.match(words(list.document.querySelector('[name="responsible"] [selected]')), /Geht Bald \(deaktiviert\)/);
    assert.equal(list.document.querySelectorAll('tbody tr').length, 1);
    const option = (page) => page.document.querySelector(`[name="responsible"] option[value="${name}"]`);
    assert.equal(option(await admin.get('/contracts')), null);
    assert.equal(option(await admin.get('/contracts/new')), null);
    assert.match(words(option(await admin.get(`/contracts/${contract.id}/edit`))), /deaktiviert/);
    assert.equal((await admin.submit(`/contracts/${contract.id}/edit`, { title: 'Anderer Titel' }, form('title'))).status, 303);
    const refused = await admin.submit('/contracts/new', { number: `${name}-2`, title: 'x', customer_number: cell('SELECT MIN(number) FROM customer'), type: 'MIETE', starts_on: '1.1.2026', responsible: name }, form('title'));
    assert.equal(refused.status, 422);
    assert.match(problems(refused).responsible, /nicht mehr angeboten/);
  });
});

describe('nobody is locked out', () => {
  test('one’s own account cannot be disabled, and the page offers no such button', async () => {
    const id = cell("SELECT id FROM user WHERE name = 'admin'");
    const page = await admin.get(`${BASE}/${id}`);
    assert.equal(page.document.querySelector('form[action$="/active"]'), null);
    const answer = await admin.post(`${BASE}/${id}/active`, { csrf: await admin.token(), version: cell(`SELECT version FROM user WHERE id = ${id}`), active: '0' });
    assert.equal(answer.status, 400);
    assert.match(words(answer.document.querySelector('main')), /eigene Konto/);
    assert.equal(cell(`SELECT active FROM user WHERE id = ${id}`), '1');
  });

  describe('the last administrator', () => {
    let own;
    let last;
    before(async () => {
      own = await startStack({ COMPANY: 'empty', WORKERS: '2' });
      assert.equal(own.tool(['user', 'add', 'only', '--role', 'admin'], `${PASSWORD}\n`).status, 0);
      last = new Client(own);
      assert.equal((await last.signIn('only', PASSWORD)).status, 303);
    });
    after(() => own.stop());

    test('keeps the right, in the browser and by the command', async () => {
      const id = own.databaseValue("SELECT id FROM user WHERE name = 'only'");
      const answer = await last.submit(`${BASE}/${id}/edit`, { display_name: 'Einzige', role: 'viewer' }, form('username'));
      assert.equal(answer.status, 422);
      assert.match(words(answer.document.querySelector('#errors')), /niemand mehr Benutzer verwalten/);
      assert.match(problems(answer).role, /niemand mehr Benutzer verwalten/);
      for (const change of [['user', 'disable', 'only'], ['user', 'role', 'only', 'viewer']]) {
        const run = own.tool(change);
        assert.notEqual(run.status, 0);
        assert.match(run.stderr, /nobody would be left who can manage users/);
      }
      assert.equal(own.databaseValue("SELECT CONCAT(role, active) FROM user WHERE name = 'only'"), 'admin1');
      assert.equal((await last.get('/contracts')).status, 200, 'and the session');
    });

    test('of two who take the right from each other at once one keeps it', async () => {
      assert.equal(own.tool(['user', 'add', 'other', '--role', 'admin'], `${PASSWORD}\n`).status, 0);
      const other = new Client(own);
      await other.signIn('other', PASSWORD);
      const id = (name) => own.databaseValue(`SELECT id FROM user WHERE name = '${name}'`);
      const [mine, theirs] = [`${BASE}/${id('only')}/edit`, `${BASE}/${id('other')}/edit`];
      await Promise.all([last.submit(theirs, { role: 'viewer', display_name: 'x' }, form('username')).catch(() => null), other.submit(mine, { role: 'viewer', display_name: 'x' }, form('username')).catch(() => null)]);
      assert.equal(own.databaseValue("SELECT COUNT(*) FROM user WHERE role = 'admin' AND active"), '1');
    });
  });
});

describe('the link for a password', () => {
  test('is good once', async () => {
    const { path } = await make();
    const link = await newLink(path);
    assert.equal((await choose(new Client(stack), link, PASSWORD)).status, 303);
    const again = await new Client(stack).get(link);
    assert.equal(again.status, 403);
    await checkHtml(again);
    assert.match(words(again.document.querySelector('[role="alert"]')), /benutzt/);
    assert.equal(again.document.querySelector('main form'), null);
  });

  test('is good once, also when it is sent twice at the same time', async () => {
    const { path } = await make();
    const link = await newLink(path);
    const [one, other] = await Promise.all([choose(new Client(stack), link, PASSWORD), choose(new Client(stack), link, `${PASSWORD} of another`).catch((error) => ({ status: /403/.test(error.message) ? 403 : 0 }))]);
    assert.deepEqual([one.status, other.status].sort(), [303, 403]);
  });

  test('is no longer good after 72 hours, nor when there is a newer one', async () => {
    const { name, path } = await make();
    const old = await newLink(path);
    const link = await newLink(path);
    assert.equal((await new Client(stack).get(old)).status, 403);
    const age = (hours) => stack.database(`UPDATE password_link SET created_at = UTC_TIMESTAMP() - INTERVAL ${hours} HOUR + INTERVAL 60 SECOND WHERE user_id = (SELECT id FROM user WHERE name = '${name}')`);
    age(72);
    assert.equal((await new Client(stack).get(link)).status, 200);
    stack.database(`UPDATE password_link SET created_at = created_at - INTERVAL 61 SECOND WHERE user_id = (SELECT id FROM user WHERE name = '${name}')`);
    assert.equal((await new Client(stack).get(link)).status, 403);
    assert.doesNotMatch(words((await admin.get(path)).document.querySelector('.user-part')), /noch nicht benutzt/);
  });

  test('of nothing, or of what has not its form, opens nothing', async () => {
    for (const token of ['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}%00`]) {
      const client = new Client(stack);
      const page = await client.get(`/password?token=${token}`);
      assert.ok([400, 403].includes(page.status), `${token}: ${page.status}`);
      if (page.status === 403) assert.equal((await client.post(`/password?token=${token}`, { csrf: page.document.querySelector('[name="csrf"]').getAttribute('value'), password: PASSWORD, password_again: PASSWORD })).status, 403);
    }
    assert.equal((await new Client(stack).get('/password?colour=blue')).status, 400);
  });

  test('needs our form, and a password that may be chosen', async () => {
    const { name, path } = await make();
    const link = await newLink(path);
    const client = new Client(stack);
    assert.equal((await client.post(link, { password: PASSWORD, password_again: PASSWORD })).status, 403);
    for (const [password, again, field] of [['', '', 'password'], ['short', 'short', 'password'], ['Passwort2026!', 'Passwort2026!', 'password'], [`${name}-1`, `${name}-1`, 'password'], [PASSWORD, `${PASSWORD} x`, 'password_again']]) {
      const answer = await choose(client, link, password, again);
      assert.equal(answer.status, 422, password);
      assert.ok(field in problems(answer), password);
      assert.ok(!answer.text.includes(PASSWORD));
    }
    assert.equal(cell(`SELECT COUNT(*) FROM user_password WHERE user_id = (SELECT id FROM user WHERE name = '${name}')`), '0');
    assert.equal((await choose(client, link, PASSWORD)).status, 303);
  });

  test('a forgotten password: the old one is good until the new one is chosen, then it and all sessions end', async () => {
    const { name, path } = await make();
    const before = new Client(stack);
    await choose(before, await newLink(path), PASSWORD);
    const link = await newLink(path);
    assert.ok(await isIn(before));
    const client = new Client(stack);
    assert.equal((await choose(client, link, `${PASSWORD}, another`)).status, 303);
    assert.equal(await isIn(before), false);
    assert.ok(await isIn(client));
    assert.equal((await new Client(stack).signIn(name, PASSWORD)).status, 422);
  });

  test('no hash of a password stands in the history', () => {
    assert.deepEqual(stack.database("SELECT table_name FROM information_schema.columns WHERE table_schema = 'supportlevel' AND column_name LIKE '%hash%' AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_schema = 'supportlevel' AND table_type = 'SYSTEM VERSIONED')")
      .flat().filter((table) => table !== 'document'), []);
  });
});
