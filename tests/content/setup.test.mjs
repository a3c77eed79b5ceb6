// The first start: the link from the console creates the first administrator, once; a stack of its own, in which there is no user yet.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Client } from '../support/client.mjs';
import { checkHtml } from '../support/html.mjs';
import { startStack } from '../support/stack.mjs';

const stack = await startStack({ COMPANY: 'empty', WORKERS: '2', SUPPORTLEVEL_LOG: 'requests' });
after(() => stack.stop());

const PASSWORD = 'ein Satz aus fünf Wörtern';
const FORM = { display_name: 'Anna Muster', username: 'anna', password: PASSWORD, password_again: PASSWORD, language: 'en', email: 'anna@example.org' };
const path = (link) => link.slice(stack.baseUrl.length);
const users = () => Number(stack.databaseValue('SELECT COUNT(*) FROM user'));
const newLink = () => {
  const run = stack.tool(['setup-link'], '', { SUPPORTLEVEL_BASE_URL: stack.baseUrl });
  assert.equal(run.status, 0, run.stderr);
  return path(/^http\S+$/m.exec(run.stdout)[0]);
};
const LINK = '.setup-form';

describe('while there is no user', () => {
  for (const asked of ['/', '/contracts?level=L1', '/import', '/settings/tokens', '/setup/company', '/metrics']) {
    test(`${asked} leads to where the link is explained`, async () => {
      const client = new Client(stack);
      const signIn = await client.get(asked);
      assert.equal(signIn.status, 303);
      const further = await client.get(signIn.location);
      assert.deepEqual([further.status, further.location], [303, '/setup']);
      const page = await client.get(further.location);
      assert.equal(page.status, 200);
      assert.match(page.document.querySelector('main').textContent, /supportlevel setup-link/);
      assert.equal(page.document.querySelector('main form'), null);
      await checkHtml(page);
    });
  }

  test('programs are told that nobody is signed in, and the health is good', async () => {
    assert.equal((await new Client(stack).get('/contracts.json')).status, 401);
    assert.equal((await new Client(stack).get('/healthz')).status, 200);
  });

  test('migrate says how it goes on', () => {
    assert.match(stack.tool(['migrate']).stdout, /no user yet: supportlevel setup-link/);
  });

  test('no link, or what is none, opens nothing', async () => {
    for (const token of ['', 'x', 'A'.repeat(43), `${path(stack.setupLink).split('=')[1]}A`]) {
      const client = new Client(stack);
      const page = await client.get(`/setup?token=${token}`);
      assert.equal(page.status, 403, token);
      assert.match(page.document.querySelector('[role="alert"]').textContent, /gilt nicht/);
      await checkHtml(page);
      const sent = await client.post(`/setup?token=${token}`, { ...FORM, csrf: page.document.querySelector('[name="csrf"]').getAttribute('value') });
      assert.equal(sent.status, 403);
    }
    assert.equal((await new Client(stack).get('/setup?colour=blue')).status, 400);
    assert.equal(users(), 0);
  });

  test('the later link alone is good', async () => {
    const [first, second] = [newLink(), newLink()];
    assert.equal((await new Client(stack).get(first)).status, 403);
    assert.equal((await new Client(stack).get(second)).status, 200);
  });

  test('it ends after a day', async () => {
    const link = newLink();
    stack.database('UPDATE setup_link SET created_at = UTC_TIMESTAMP() - INTERVAL 23 HOUR');
    const client = new Client(stack);
    const csrf = (await client.get(link)).document.querySelector('[name="csrf"]').getAttribute('value');
    stack.database('UPDATE setup_link SET created_at = UTC_TIMESTAMP() - INTERVAL 25 HOUR');
    const page = await client.get(link);
    assert.equal(page.status, 403);
    assert.match(page.text, /abgelaufen/);
    assert.equal((await client.post(link, { ...FORM, csrf })).status, 403);
    assert.equal(users(), 0);
  });

  test('a form of another session, or without its token, creates nobody', async () => {
    const link = newLink();
    const other = (await new Client(stack).get(link)).document.querySelector('[name="csrf"]').getAttribute('value');
    const client = new Client(stack);
    await client.get(link);
    for (const csrf of ['', 'x', other]) assert.equal((await client.post(link, { ...FORM, csrf })).status, 403);
    assert.equal(users(), 0);
  });

  const BAD = [
    ['display_name', { display_name: '' }], ['display_name', { display_name: 'x'.repeat(101) }], ['username', { username: 'anna muster' }], ['username', { username: 'me' }],
    ['username', { username: '' }], ['password', { password: 'zu kurz', password_again: 'zu kurz' }], ['password', { password: '' }], ['password_again', { password_again: 'ein anderer Satz als der' }],
    ['password_again', { password_again: '' }], ['language', { language: 'fr' }], ['email', { email: 'anna' }],
  ];
  for (const [field, changes] of BAD) {
    test(`${JSON.stringify(changes)} is shown beside ${field}`, async () => {
      const answer = await new Client(stack).submit(newLink(), { ...FORM, ...changes }, LINK);
      assert.equal(answer.status, 422);
      assert.ok(answer.document.getElementById(`${field}-error`), answer.text);
      for (const name of ['password', 'password_again']) assert.equal(answer.document.getElementById(name).getAttribute('value'), '');
      await checkHtml(answer);
      assert.equal(users(), 0);
    });
  }

  test('where the web server signs people in, there is no link', () => {
    const run = stack.tool(['setup-link'], '', { SUPPORTLEVEL_REMOTE_USER: '1' });
    assert.equal(run.status, 1);
    assert.match(run.stderr, /user add/);
  });
});

test('of two who send the form at once, one becomes the first user; the link is used up', async () => {
  const link = newLink();
  const clients = [new Client(stack), new Client(stack)];
  const sent = await Promise.all(clients.map((client, at) => client.submit(link, { ...FORM, username: `anna${at}` }, LINK)));
  assert.deepEqual(sent.map(({ status }) => status).sort(), [303, 403]);
  assert.deepEqual(stack.database('SELECT display_name, role, language, email FROM user'), [['Anna Muster', 'admin', 'en', 'anna@example.org']]);
  assert.equal(stack.databaseValue('SELECT COUNT(*) FROM setup_link'), '0');
  const first = clients[sent.findIndex(({ status }) => status === 303)];
  const loser = sent.find(({ status }) => status === 403);
  assert.match(loser.text, /schon angelegt/);
  const company = await first.get('/setup/company');
  assert.equal(company.status, 200);
  await checkHtml(company);
  const again = await new Client(stack).get(link);
  assert.equal(again.status, 403);
  assert.match(again.document.querySelector('[role="alert"]').textContent, /schon angelegt/);
  await checkHtml(again);
  const [[name]] = stack.database('SELECT name FROM user');
  const run = stack.tool(['setup-link']);
  assert.deepEqual([run.status, run.stdout], [1, '']);
  assert.equal(stack.tool(['migrate']).stdout, '');
  assert.equal((await new Client(stack).get('/login')).status, 200);
  assert.equal((await new Client(stack).get('/setup')).location, '/login');
  assert.equal((await new Client(stack).signIn(name, PASSWORD)).status, 303);
});

test('the demo company is loaded once, by who is responsible for it then, and can be taken back', async () => {
  const [[name]] = stack.database('SELECT name FROM user');
  const admin = new Client(stack);
  await admin.signIn(name, PASSWORD);
  const empty = await admin.get('/');
  await checkHtml(empty);
  assert.ok(empty.document.querySelector('main a[href="/setup/company"]'));
  const loaded = await admin.submit('/setup/company', {});
  assert.deepEqual([loaded.status, loaded.location], [303, '/']);
  const page = await admin.get('/');
  const contracts = Number(stack.databaseValue('SELECT COUNT(*) FROM contract'));
  assert.ok(contracts > 300);
  assert.match(page.document.querySelector('[role="status"]').textContent, new RegExp(`\\b${contracts}\\b`));
  assert.equal(stack.databaseValue('SELECT COUNT(*) FROM contract JOIN user ON user.id = responsible_id'), stack.databaseValue('SELECT COUNT(responsible_id) FROM contract'));
  const later = await admin.get('/setup/company');
  await checkHtml(later);
  assert.equal(later.document.querySelectorAll('main form').length, 0);
  const twice = await admin.post('/setup/company', { csrf: await admin.token() });
  assert.equal(twice.status, 409);
  await checkHtml(twice);
  assert.equal(stack.databaseValue("SELECT COUNT(*) FROM import_job WHERE state = 'done'"), '1');
  assert.equal(stack.databaseValue('SELECT COUNT(*) FROM import_known_value'), '0', 'its people mean nothing in other imports');
  const undone = await admin.post(`/import/${stack.databaseValue('SELECT id FROM import_job')}/undo`, { csrf: await admin.token() });
  assert.equal(undone.status, 303);
  assert.equal(stack.databaseValue('SELECT COUNT(*) FROM contract'), '0');
  assert.equal((await admin.submit('/setup/company', {})).status, 303);
});

test('no token stands in a log', () => {
  const log = (name) => readFileSync(join(stack.directory, 'log', name), 'utf8');
  assert.match(log('access.log'), /GET \/setup"/);
  assert.match(log('workers.log'), /route=\/setup /);
  for (const name of ['access.log', 'workers.log', 'web.log']) assert.ok(!log(name).includes('token='), name);
});
