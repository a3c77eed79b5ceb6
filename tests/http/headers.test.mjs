import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();

function checkHeaders(answer) {
  const policy = answer.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  // Nothing comes from anywhere but here, and what `default-src` doesn't speak for is said too, where there are pages of ours.
  const directives = new Map(policy.split(/\s*;\s*/).map((one) => one.split(/\s+(.*)/s)));
  for (const [name, sources] of directives) assert.match(sources, /^'(none|self)'$/, name);
  if (directives.size > 2) assert.deepEqual([directives.get('form-action'), directives.get('base-uri')], ["'self'", "'none'"]);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(answer.headers.get('referrer-policy'), 'same-origin');
}

const client = await signedIn(stack, 'admin');
const nobody = new Client(stack);
const contract = stack.databaseValue('SELECT MIN(id) FROM contract');

describe('every answer carries the security headers, once', () => {
  const asked = [
    ['a page', 200, client, '/contracts'], ['a contract', 200, client, `/contracts/${contract}`], ['a form', 200, client, '/contracts/new'],
    ['JSON', 200, client, '/contracts.json'], ['CSV', 200, client, '/contracts.csv'], ['XLSX', 200, client, '/contracts.xlsx?level=none'], ['the sign-in', 200, nobody, '/login'],
    ['the way to it', 303, nobody, '/contracts'], ['nothing there', 404, client, '/no-such-page'], ['no such contract', 404, client, '/contracts/4000000000'],
    ['a bad filter', 400, client, '/contracts?colour=blue'], ['no session', 401, nobody, '/contracts.json'], ['liveness', 200, nobody, '/healthz'],
    ['a static file', 200, nobody, '/static/style.css'], ['no such file', 404, nobody, '/static/no-such-file.css'],
    ['an address too long', 414, nobody, `/contracts?q=${'a'.repeat(9000)}`],
  ];
  for (const [what, status, who, path] of asked) {
    test(`${what}: ${status}`, async () => {
      const answer = await who.get(path);
      assert.equal(answer.status, status);
      checkHeaders(answer);
    });
  }
});

describe('pages with data are stored nowhere', () => {
  for (const path of ['/', '/contracts', '/contracts.json', '/contracts.csv', '/contracts.xlsx', '/customers', '/levels']) {
    test(path, async () => assert.match((await client.get(path)).headers.get('cache-control'), /no-store/));
  }
});

test('static files may be kept, and are asked for again by their ETag', async () => {
  const first = await nobody.get('/static/style.css');
  assert.match(first.headers.get('content-type'), /^text\/css/);
  assert.match(first.headers.get('cache-control'), /max-age=\d+/);
  const again = await nobody.get('/static/style.css', { 'if-none-match': first.headers.get('etag') });
  assert.equal(again.status, 304);
});

test('no list of the static files', async () => {
  assert.ok([403, 404].includes((await nobody.get('/static/')).status));
});

test('no strict transport security without TLS', async () => {
  assert.equal((await nobody.get('/login')).headers.get('strict-transport-security'), null);
});

test('a method that a page does not know is answered 405', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    assert.equal((await client.request('/contracts', { method })).status, 405, method);
  }
});
