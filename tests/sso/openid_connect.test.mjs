// OpenID Connect: a provider of its own, Apache with openid-connect.conf, and a browser that is sent to and fro.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { newPage } from '../support/browser.mjs';
import { Client } from '../support/client.mjs';
import { startProvider } from '../support/provider.mjs';
import { addUser, Servers } from '../support/servers.mjs';
import { freePort, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const servers = new Servers();
const PASSWORD = 'Sieben Zwerge 1857';
let provider;
let address;

before(async () => {
  for (const name of ['carla', 'dora']) addUser(stack, name);
  const port = await freePort();
  const secret = randomUUID();
  const client = { client_id: 'supportlevel', client_secret: secret, redirect_uris: [], response_types: ['code'], grant_types: ['authorization_code'] };
  // The provider wants to know where the site is, and Apache asks the provider at its first sign-in only.
  address = await servers.startApache(stack, 'openid-connect.conf', {
    modules: ['authn_core', 'authz_user', 'auth_openidc'], environment: {},
    defines: {
      SUPPORTLEVEL_PROVIDER: `http://localhost:${port}/.well-known/openid-configuration`, SUPPORTLEVEL_PROVIDER_CLIENT: 'supportlevel',
      SUPPORTLEVEL_PROVIDER_SECRETS: servers.file('secrets', `OIDCClientSecret ${secret}\nOIDCCryptoPassphrase ${randomUUID()}\n`, 0o600),
    },
  });
  client.redirect_uris.push(`${address}/openid-connect`);
  provider = await startProvider(port, { carla: PASSWORD, fremd: PASSWORD, '4711:dóra': PASSWORD }, client);
});
after(async () => {
  await servers.stop();
  provider?.closeAllConnections();
  provider?.close();
});

/** A browser that has come to the provider's page on its way to a page of the site, and has typed there. */
async function signIn(name, password, path = '/contracts?level=L2') {
  const page = await newPage();
  await page.goto(address + path);
  await page.fill('[name="name"]', name);
  await page.fill('[name="password"]', password);
  const [answer] = await Promise.all([page.waitForNavigation(), page.click('button')]);
  return { page, answer };
}

test('who signs in at the provider comes back to the page that was asked for, signed in', async () => {
  const { page } = await signIn('carla', PASSWORD);
  await page.waitForSelector('.site-nav');
  assert.equal(page.url(), `${address}/contracts?level=L2`);
  assert.match(await page.innerText('body'), /carla Beispiel/);
  await page.goto(`${address}/reports/levels`);
  assert.match(await page.innerText('body'), /carla Beispiel/, 'and stays so');
  await page.context().close();
});

test('a wrong password comes back to no page of the site', async () => {
  const { page } = await signIn('carla', 'falsch');
  assert.equal(await page.innerText('#problem'), 'falsch');
  await page.goto(`${address}/contracts`);
  assert.ok(await page.isVisible('[name="password"]'), 'asked again');
  assert.ok(!page.url().startsWith(address));
  await page.context().close();
});

test('who is nobody here is told so', async () => {
  const { page, answer } = await signIn('fremd', PASSWORD);
  assert.equal(answer.status(), 403);
  assert.match(await page.innerText('main'), /„fremd“/);
  await page.context().close();
});

test('a name that differs from a user’s by an accent is another one', async () => {
  const { page, answer } = await signIn('4711:dóra', PASSWORD);
  assert.equal(answer.status(), 403);
  assert.match(await page.innerText('main'), /„dóra“/);
  await page.context().close();
});

test("no header, claim, code or cookie of a client's own making signs anybody in", async () => {
  const get = (path, headers) => new Client({ baseUrl: address }).get(path, { accept: 'text/html', ...headers });
  for (const name of ['Remote-User', 'REMOTE_USER', 'OIDC_CLAIM_preferred_username', 'OIDC-CLAIM-preferred-username']) {
    const answer = await get('/contracts', { [name]: 'carla' });
    assert.equal(answer.status, 302, name);
    assert.ok(!answer.location.startsWith(address), name);
  }
  assert.equal((await get('/contracts', { cookie: 'mod_auth_openidc_session=eyJhbGciOiJub25lIn0.e30.' })).status, 302);
  const made = await get('/openid-connect?code=x&state=y');
  assert.ok(made.status >= 400 || !made.location.startsWith(`${address}/contracts`), `${made.status} ${made.location}`);
  assert.equal((await get('/contracts.json', { authorization: 'Bearer x' })).status, 401);
  assert.equal((await get('/healthz')).status, 200);
});
