// What the program believes of what the web server says of a request, and that a client can't say it in its place. Source: quality.md, security 3, 4, 5, 8; RFC 6265bis (__Host-); RFC 6797.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { askWorker, WorkerClient } from '../support/fastcgi.mjs';
import { sharedStack, startStack } from '../support/stack.mjs';

const stack = sharedStack();
const TLS = { HTTPS: 'on', REQUEST_SCHEME: 'https' };
const HSTS = 'strict-transport-security';

describe('behind TLS', () => {
  test('cookies are Secure, the session is __Host-', async () => {
    const client = new WorkerClient(stack, TLS);
    const answer = await client.signIn('viewer', stack.logins.viewer);
    assert.equal(answer.status, 303);
    const line = answer.setCookies.find((one) => one.startsWith('__Host-supportlevel_session='));
    assert.match(line, /^__Host-supportlevel_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    for (const one of answer.setCookies) assert.match(one, /; HttpOnly; SameSite=Lax; Secure$/);
    assert.equal((await client.request('/contracts')).status, 200);
  });

  test('__Host- has the whole host as its path also below a mount point; the others have the mount', async () => {
    const client = new WorkerClient(stack, { ...TLS, SCRIPT_NAME: '/support' });
    const answer = await client.request('/login');
    assert.match(answer.setCookies[0], /^__Host-supportlevel_session=[^;]+; Path=\/; /);
    const plain = await new WorkerClient(stack, { SCRIPT_NAME: '/support' }).request('/login');
    assert.match(plain.setCookies[0], /^supportlevel_session=[^;]+; Path=\/support\/; HttpOnly; SameSite=Lax$/);
  });

  test("a cookie without the prefix, which another host or plain HTTP could set, is no session's", async () => {
    const client = new WorkerClient(stack);
    assert.equal((await client.signIn('viewer', stack.logins.viewer)).status, 303);
    assert.equal((await client.request('/contracts')).status, 200);
    assert.equal((await client.request('/contracts', TLS)).status, 303);
  });

  const KINDS = [[200, '/login'], [200, '/healthz'], [303, '/contracts'], [401, '/contracts.json'], [303, '/no-such-page?x'], [404, '/calendar/none'], [414, `/contracts?q=${'a'.repeat(5000)}`], [400, '/contracts?q=%ff'], [405, '/contracts', 'PUT']];
  for (const [status, path, method = 'GET'] of KINDS) {
    test(`strict transport security is asked for: ${path.slice(0, 30)}`, async () => {
      const answer = await new WorkerClient(stack, TLS).request(path, { REQUEST_METHOD: method });
      assert.equal(answer.headers.get(HSTS), 'max-age=31536000');
      if (path !== '/no-such-page?x') assert.equal(answer.status, status);
    });
  }

  test('a client that only says so is not', async () => {
    const answer = await new Client(stack).get('/login', { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Ssl': 'on', 'Front-End-Https': 'on', Forwarded: 'proto=https', Https: 'on' });
    assert.equal(answer.headers.get(HSTS), null);
    assert.match(answer.setCookies[0], /^supportlevel_session=/);
    assert.doesNotMatch(answer.setCookies[0], /Secure/);
  });
});

describe('the mount point', () => {
  for (const name of ['//evil.example', '/\\evil.example', 'evil', '/a"b', "/a'b", '/<x>', '/a b', '/a\nb', '/ä', '/a//b', '/%2f']) {
    test(`${JSON.stringify(name)} is none`, async () => {
      const answer = await askWorker(stack, { SCRIPT_NAME: name, PATH_INFO: '/login' });
      assert.equal(answer.status, 500);
      assert.doesNotMatch(answer.text, /evil|<x>|a"b/);
    });
  }
  test('begins every link of ours', async () => {
    const client = new WorkerClient(stack, { SCRIPT_NAME: '/support-1/level_2' });
    assert.equal((await client.signIn('viewer', stack.logins.viewer)).headers.get('location'), '/support-1/level_2/');
    const { document } = await client.request('/');
    for (const link of document.querySelectorAll('[href], [src], form[action]')) {
      const address = link.getAttribute('href') ?? link.getAttribute('src') ?? link.getAttribute('action');
      assert.match(address, /^(#|\?|\/support-1\/level_2\/)/);
    }
  });
});

describe('the host', () => {
  const page = async (HTTP_HOST) => {
    const client = new WorkerClient(stack, { HTTP_HOST });
    assert.equal((await client.signIn('viewer', stack.logins.viewer)).status, 303);
    return client.request('/settings/tokens');
  };
  test('that a client names is in no address, where base_url is set', async () => {
    const answer = await page('evil.example');
    assert.equal(answer.status, 200);
    assert.doesNotMatch(answer.text, /evil\.example/);
    assert.match(answer.document.querySelector('.example').textContent, new RegExp(new URL(stack.baseUrl).host.replace(/\./g, '\\.')));
  });
  test("decides with Origin whether a form is our own", async () => {
    const client = new WorkerClient(stack);
    const csrf = (await client.request('/login')).document.querySelector('[name="csrf"]').getAttribute('value');
    for (const [HTTP_ORIGIN, HTTP_HOST, status] of [['https://intranet.example', 'intranet.example', 303], ['https://INTRANET.example', 'intranet.example', 303], ['https://evil.example', 'intranet.example', 403],
      ['https://intranet.example.evil.example', 'intranet.example', 403], ['null', 'intranet.example', 403], ['https://intranet.example:444', 'intranet.example', 403], ['https://a/b', 'a/b', 403], ['https://', '', 403]]) {
      const answer = await client.request('/settings/language', { HTTP_ORIGIN, HTTP_HOST }, { csrf, language: 'de' });
      assert.equal(answer.status, status, `${HTTP_ORIGIN} to ${HTTP_HOST}`);
    }
  });
  test('is what Host says, whatever other headers say', async () => {
    const client = new WorkerClient(stack, { HTTP_ORIGIN: 'https://evil.example' });
    const csrf = (await client.request('/login')).document.querySelector('[name="csrf"]').getAttribute('value');
    for (const name of ['HTTP_X_FORWARDED_HOST', 'HTTP_X_HOST', 'HTTP_X_FORWARDED_SERVER', 'HTTP_X_ORIGINAL_HOST', 'HTTP_FORWARDED']) {
      const value = name === 'HTTP_FORWARDED' ? 'host=evil.example' : 'evil.example';
      assert.equal((await client.request('/settings/language', { [name]: value }, { csrf, language: 'de' })).status, 403, name);
    }
  });
});

test('of a form with files nothing is read before it is known that whoever sends it may', async () => {
  // Announced and never sent: whoever is asked to wait for it gets another answer.
  const form = { CONTENT_TYPE: 'multipart/form-data; boundary=x', CONTENT_LENGTH: '50000000', REQUEST_METHOD: 'POST' };
  assert.equal((await askWorker(stack, { ...form, PATH_INFO: '/import' })).status, 401);
  for (const [role, status] of [['viewer', 403], ['editor', 403], ['admin', 400]]) {
    const client = new WorkerClient(stack);
    await client.signIn(role, stack.logins[role]);
    const answer = await client.request('/import', form);
    assert.equal(answer.status, status, role);
    if (role === 'admin') assert.match(answer.document.querySelector('main').textContent, /nicht vollständig/);
  }
});

describe('REMOTE_USER', () => {
  test('counts for nothing unless it is switched on', async () => {
    assert.equal((await askWorker(stack, { PATH_INFO: '/contracts', REMOTE_USER: 'admin' })).status, 303);
  });

  describe('switched on', async () => {
    const trusting = await startStack({ SUPPORTLEVEL_REMOTE_USER: '1', WORKERS: '1' });
    after(() => trusting.stop());
    test('signs in whom the web server has verified, and nobody else', async () => {
      const viewer = new WorkerClient(trusting, { REMOTE_USER: 'viewer' });
      const answer = await viewer.request('/contracts');
      assert.equal(answer.status, 200);
      assert.equal(answer.document.querySelector('.who').getAttribute('href'), '/settings/account');
      assert.equal((await viewer.request('/import')).status, 403);
      // Without the name there is no session, though the cookie is still here; with another name it is another's.
      assert.equal((await askWorker(trusting, { PATH_INFO: '/contracts', HTTP_COOKIE: [...viewer.cookies].map((pair) => pair.join('=')).join('; ') })).status, 303);
      assert.equal((await askWorker(trusting, { PATH_INFO: '/contracts', REMOTE_USER: 'stranger' })).status, 403);
      assert.equal(trusting.tool(['user', 'disable', 'editor']).status, 0);
      assert.equal((await askWorker(trusting, { PATH_INFO: '/contracts', REMOTE_USER: 'editor' })).status, 403);
    });
    test('is the same letters, large or small: not what the database alone takes for the same name', async () => {
      for (const [name, status] of [['VIEWER', 200], ['v\u00edewer', 403], ['viewer ', 403], ['vi\u200bewer', 403], ['viewer@example.org', 403], ['', 303]]) {
        assert.equal((await askWorker(trusting, { PATH_INFO: '/contracts', REMOTE_USER: name })).status, status, JSON.stringify(name));
      }
    });
    test('is never what a client says', async () => {
      for (const name of ['Remote-User', 'REMOTE_USER', 'Remote_User', 'X-Remote-User', 'X-Forwarded-User', 'Http-Remote-User']) {
        assert.equal((await new Client(trusting).get('/contracts', { [name]: 'admin' })).status, 303, name);
      }
      assert.equal((await new Client(trusting).get('/contracts', { authorization: `Basic ${btoa('admin:x')}` })).status, 303);
    });
    test('has its password elsewhere', async () => {
      const page = await new WorkerClient(trusting, { REMOTE_USER: 'viewer' }).request('/settings/account');
      assert.equal(page.document.querySelector('#password-form'), null);
      assert.ok(page.document.querySelector('#sign-out-form'));
      const editor = trusting.databaseValue("SELECT id FROM user WHERE name = 'editor'");
      const admin = new WorkerClient(trusting, { REMOTE_USER: 'admin' });
      const user = await admin.request(`/settings/users/${editor}`);
      assert.match(user.document.querySelector('.user-part').textContent, /am Webserver/);
      assert.equal(user.document.querySelector('form[action$="/password-link"]'), null);
      // A link that would be good elsewhere.
      const made = await (await signedIn(stack, 'admin')).submit(`/settings/users/${stack.databaseValue("SELECT id FROM user WHERE name = 'viewer'")}`, {}, 'form[action$="/password-link"]');
      const link = made.document.querySelector('#link').getAttribute('value').slice(stack.baseUrl.length);
      assert.equal((await new Client(stack).get(link)).status, 200);
      trusting.database(`INSERT INTO password_link (user_id, token_hash) SELECT id, UNHEX('${stack.databaseValue('SELECT HEX(token_hash) FROM password_link ORDER BY created_at DESC LIMIT 1')}') FROM user WHERE name = 'viewer'`);
      assert.equal((await new Client(trusting).get(link)).status, 403);
      stack.database('DELETE FROM password_link');
    });
  });
});
