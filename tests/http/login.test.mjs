import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { WorkerClient } from '../support/fastcgi.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
// Wrong passwords make the next sign-in wait; the other test files needn't.
after(() => stack.database('DELETE FROM login_failure'));

test('a page asked for without a session leads to the sign-in, which leads back to it', async () => {
  const client = new Client(stack);
  const first = await client.get('/contracts?level=L1');
  assert.equal(first.status, 303);
  const login = new URL(first.location, client.url('/contracts'));
  assert.ok(login.pathname.endsWith('/login'));
  assert.ok(login.searchParams.get('to').endsWith('/contracts?level=L1'));
  const signed = await client.signIn('viewer', stack.logins.viewer, login.href);
  assert.equal(signed.status, 303);
  assert.ok(new URL(signed.location, client.url('/')).href.endsWith('/contracts?level=L1'));
});

test('/login?to= never leads to another site', async () => {
  for (const to of ['https://example.org/', '//example.org/', '/\\example.org', 'javascript:alert(1)', '/%09/example.org', '/\t/example.org']) {
    const client = new Client(stack);
    const answer = await client.signIn('viewer', stack.logins.viewer, `/login?to=${encodeURIComponent(to)}`);
    const target = answer.status === 303 ? new URL(answer.location, client.url('/')) : new URL(client.url('/'));
    assert.equal(target.origin, client.origin, to);
    assert.notEqual(answer.status, 500, to);
  }
});

test('a wrong password and an unknown name get the same answer', async () => {
  const texts = [];
  for (const name of ['viewer', 'nobody-of-this-name']) {
    const answer = await new Client(stack).signIn(name, 'not the password');
    assert.ok([200, 401, 403, 422].includes(answer.status), String(answer.status));
    assert.equal(answer.location, null);
    texts.push(answer.text.replaceAll(name, 'NAME').replace(/value="[^"]*"/g, ''));
    stack.database('DELETE FROM login_failure');
  }
  assert.equal(texts[0], texts[1]);
});

test('an unknown name, one that was switched off and a wrong password take the same time', async () => {
  assert.equal(stack.tool(['user', 'add', 'gone', '--role', 'viewer'], 'a passphrase of four words\n').status, 0);
  assert.equal(stack.tool(['user', 'disable', 'gone']).status, 0);
  const times = { viewer: [], gone: [], 'nobody-of-this-name': [], ['x'.repeat(61)]: [] };
  for (let round = 0; round < 3; round += 1) {
    for (const [name, list] of Object.entries(times)) {
      const client = new Client(stack);
      const csrf = await client.token('/login');
      const begun = performance.now();
      assert.equal((await client.post('/login', { csrf, username: name, password: 'not the password' })).status, 422);
      list.push(performance.now() - begun);
      stack.database('DELETE FROM login_failure');
    }
  }
  // The password's own time is hundreds of milliseconds, everything else a few: who skipped it would be a hundred times faster.
  const shortest = Object.values(times).map((list) => Math.min(...list));
  assert.ok(Math.max(...shortest) < 3 * Math.min(...shortest), JSON.stringify(times));
  assert.ok(Math.min(...shortest) > 50, JSON.stringify(times));
});

describe('failures make wait', () => {
  const failures = (subject) => Number(stack.databaseValue(`SELECT failures FROM login_failure WHERE subject = '${subject}'`));
  const from = (REMOTE_ADDR) => new WorkerClient(stack, { REMOTE_ADDR });
  after(() => stack.database('DELETE FROM login_failure'));

  test('longer after each, up to five minutes, and the right password too; not from elsewhere, and not after the wait', async () => {
    stack.database("DELETE FROM login_failure; INSERT INTO login_failure VALUES ('user:viewer@192.0.2.7', 2, UTC_TIMESTAMP())");
    assert.equal((await from('192.0.2.7').signIn('viewer', 'wrong password')).status, 422);
    let last = 0;
    for (const [count, wait] of [[3, 2], [4, 4], [5, 8], [8, 64], [10, 256], [11, 300], [500, 300]]) {
      stack.database(`UPDATE login_failure SET failures = ${count}, last_at = UTC_TIMESTAMP() WHERE subject = 'user:viewer@192.0.2.7'`);
      const answer = await from('192.0.2.7').signIn('viewer', stack.logins.viewer);
      last = Number(answer.headers.get('retry-after'));
      assert.equal(answer.status, 429);
      assert.ok(last <= wait && last >= wait - 1, `${count}: ${last}`);
    }
    // The account is locked for nobody else.
    assert.equal((await from('192.0.2.8').signIn('viewer', stack.logins.viewer)).status, 303);
    stack.database("UPDATE login_failure SET last_at = UTC_TIMESTAMP() - INTERVAL 301 SECOND");
    assert.equal((await from('192.0.2.7').signIn('viewer', stack.logins.viewer)).status, 303);
    assert.equal(stack.databaseValue("SELECT COUNT(*) FROM login_failure WHERE subject = 'user:viewer@192.0.2.7'"), '0');
  });

  test('an address that tries many names', async () => {
    stack.database("DELETE FROM login_failure; INSERT INTO login_failure VALUES ('address:192.0.2.9', 19, UTC_TIMESTAMP())");
    assert.equal((await from('192.0.2.9').signIn('some-name', 'wrong password')).status, 422);
    assert.equal(failures('address:192.0.2.9'), 20);
    stack.database("UPDATE login_failure SET failures = 26, last_at = UTC_TIMESTAMP() WHERE subject = 'address:192.0.2.9'");
    assert.equal((await from('192.0.2.9').signIn('another-name', 'wrong password')).status, 429);
    assert.equal(failures('address:192.0.2.9'), 26);
  });

  test('one network of IPv6 counts as one address', async () => {
    stack.database('DELETE FROM login_failure');
    for (const address of ['2001:db8:1:2::1', '2001:db8:1:2:ffff::2']) assert.equal((await from(address).signIn('some-name', 'wrong password')).status, 422);
    assert.equal((await from('2001:db8:1:3::1').signIn('some-name', 'wrong password')).status, 422);
    assert.equal(failures('address:2001:db8:1:2::/64'), 2);
    assert.equal(failures('address:2001:db8:1:3::/64'), 1);
  });
});

test('the session cookie is HttpOnly, SameSite=Lax, new at sign-in, and stored only hashed', async () => {
  const client = new Client(stack);
  await client.get('/login');
  const before = new Map(client.cookies);
  const answer = await client.signIn('viewer', stack.logins.viewer);
  const lines = answer.setCookies;
  assert.ok(lines.length > 0);
  const session = lines.find((line) => !/max-age=0/i.test(line) && !/=;/.test(line));
  assert.match(session, /HttpOnly/i);
  assert.match(session, /SameSite=Lax/i);
  assert.match(session, /Path=\//i);
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(session);
  assert.notEqual(before.get(name), value);
  assert.ok(value.length >= 43, '256 bits');
  const stored = stack.database('SELECT HEX(id_hash) FROM session').map(([hash]) => hash);
  assert.ok(!stored.includes(Buffer.from(value, 'base64url').toString('hex').toUpperCase()));
  assert.ok(!stored.includes(value.toUpperCase()));
});

test('a session id is 256 random bits: none of its bytes is foreseen', async () => {
  const ids = [];
  for (let i = 0; i < 32; i += 1) ids.push(/^[^=]+=([\w-]{43});/.exec((await new Client(stack).get('/login')).setCookies[0])[1]);
  const bytes = ids.map((id) => Buffer.from(id, 'base64url'));
  // Of 32 random bytes some two are alike.
  for (let place = 0; place < 32; place += 1) assert.ok(new Set(bytes.map((id) => id[place])).size > 16, `byte ${place}`);
});

test('signing in once more ends the session that was there', async () => {
  const client = await signedIn(stack, 'viewer');
  const before = new Client(stack);
  before.cookies = new Map(client.cookies);
  const answer = await client.post('/login', { csrf: await client.token(), username: 'viewer', password: stack.logins.viewer });
  assert.equal(answer.status, 303);
  assert.equal((await client.get('/contracts')).status, 200);
  assert.equal((await before.get('/contracts')).status, 303);
});

test('signing out ends the session on the server too', async () => {
  const client = await signedIn(stack, 'viewer');
  const cookies = new Map(client.cookies);
  const answer = await client.post('/logout', { csrf: await client.token() });
  assert.equal(answer.status, 303);
  client.cookies = cookies;
  assert.equal((await client.get('/contracts')).status, 303);
});

test('a session idle for more than eight hours has ended', async () => {
  const client = await signedIn(stack, 'viewer');
  const newest = stack.databaseValue('SELECT HEX(id_hash) FROM session ORDER BY created_at DESC, used_at DESC LIMIT 1');
  assert.equal((await client.get('/contracts')).status, 200);
  stack.database("UPDATE session JOIN user ON user.id = user_id SET used_at = used_at - INTERVAL 481 MINUTE WHERE user.name = 'viewer'");
  assert.ok(newest);
  assert.equal((await client.get('/contracts')).status, 303);
});

test('a session ends after 24 hours though it was in use', async () => {
  const client = await signedIn(stack, 'viewer');
  stack.database("UPDATE session JOIN user ON user.id = user_id SET session.created_at = session.created_at - INTERVAL 1441 MINUTE WHERE user.name = 'viewer'");
  assert.equal((await client.get('/contracts')).status, 303);
});

test('an account that was switched off cannot go on', async () => {
  assert.equal(stack.tool(['user', 'add', 'leaver', '--role', 'viewer'], 'a passphrase of four words\n').status, 0);
  const client = new Client(stack);
  assert.equal((await client.signIn('leaver', 'a passphrase of four words')).status, 303);
  assert.equal((await client.get('/contracts')).status, 200);
  assert.equal(stack.tool(['user', 'disable', 'leaver']).status, 0);
  assert.equal((await client.get('/contracts')).status, 303);
});

test('sign-in needs the token of its own form', async () => {
  const client = new Client(stack);
  await client.get('/login');
  const answer = await client.post('/login', { username: 'viewer', password: stack.logins.viewer, csrf: 'x' });
  assert.equal(answer.status, 403);
});
