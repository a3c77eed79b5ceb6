// Requests that no browser sends, or not by itself. Whatever they get, the next request works.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { Client, rawHead, rawRequest, signedIn } from '../support/client.mjs';
import { build, root, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const editor = await signedIn(stack, 'editor');
const csrf = await editor.token();
const cookie = [...editor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

afterEach(async () => assert.equal((await new Client(stack).get('/healthz')).status, 200));

const get = (target, headers = {}) => rawRequest(stack, rawHead(stack, 'GET', target, { Cookie: cookie, ...headers }));
const post = (target, body, headers = {}) =>
  rawRequest(stack, Buffer.concat([Buffer.from(rawHead(stack, 'POST', target, { Cookie: cookie, ...FORM, 'Content-Length': String(body.length), ...headers })), Buffer.from(body)]));

describe('addresses', () => {
  const CASES = [
    ['too long for the program', `/contracts?q=${'a'.repeat(5000)}`, [414]],
    ['too long for the server', `/contracts?q=${'a'.repeat(20000)}`, [414]],
    ['invalid UTF-8 in the query', '/contracts?q=%ff%fe', [400]],
    ['overlong UTF-8', '/contracts?q=%c0%af', [400]],
    ['a surrogate', '/contracts?q=%ed%a0%80', [400]],
    ['NUL in the query', '/contracts?q=a%00b', [400]],
    ['a control character', '/contracts?q=a%1bb', [400]],
    ['a bad percent code', '/contracts?q=%zz', [400]],
    ['half a percent code', '/contracts?q=%a', [400]],
    ['invalid UTF-8 in the path', '/levels/%ff', [400, 404]],
    ['NUL in the path', '/levels/L1%00', [400, 404]],
    ['an encoded slash', '/levels/L1%2fedit', [400, 404, 403]],
    ['dots', '/../../../../etc/passwd', [400, 403, 404]],
    ['encoded dots', '/static/%2e%2e/%2e%2e/etc/passwd', [400, 403, 404]],
    ['dots in a name', '/contracts?Config.VarEscapeMode=none', [400]],
    ['brackets in a name', '/contracts?level%5B%5D=L1', [400]],
    ['a tree in a name', '/contracts?Page.title=x', [400]],
    ['an unknown parameter elsewhere', '/customers?colour=blue', [400]],
    ['an unknown parameter of a sheet', '/levels?colour=blue', [400]],
    ['1,001 parameters', `/contracts?${'l=1&'.repeat(1001)}`, [400, 414]],
  ];
  for (const [what, target, allowed] of CASES) {
    test(what, async () => {
      const answer = await get(target);
      assert.ok(allowed.includes(answer.status), `${answer.status}`);
      assert.doesNotMatch(answer.text, /root:x:0/);
    });
  }
});

describe('bodies', () => {
  test('10,000 parameters', async () => assert.equal((await post('/contracts', `csrf=${csrf}&${'a=1&'.repeat(10000)}`)).status, 400));
  test('10,000 times the same field', async () => assert.equal((await post('/contracts', `csrf=${csrf}&${'number=1&'.repeat(10000)}`)).status, 400));
  test('over the limit', async () => assert.equal((await post('/contracts', 'x'.repeat((1 << 20) + 1))).status, 413));
  test('a length that promises far too much', async () => {
    const answer = await rawRequest(stack, rawHead(stack, 'POST', '/contracts', { ...FORM, Cookie: cookie, 'Content-Length': '99999999999' }));
    assert.equal(answer.status, 413);
  });
  test('a length beyond 64 bits', async () => {
    const answer = await rawRequest(stack, rawHead(stack, 'POST', '/contracts', { ...FORM, Cookie: cookie, 'Content-Length': '99999999999999999999999' }));
    assert.ok([400, 413].includes(answer.status), String(answer.status));
  });
  test('a length that is none', async () => {
    const answer = await rawRequest(stack, rawHead(stack, 'POST', '/contracts', { ...FORM, Cookie: cookie, 'Content-Length': '-1' }));
    assert.equal(answer.status, 400);
  });
  test('a type that is no form', async () => {
    assert.equal((await post('/contracts', '{"number":"1"}', { 'Content-Type': 'text/plain' })).status, 415);
    assert.equal((await post('/logout', '{"number":"1"}', { 'Content-Type': 'application/json' })).status, 415);
  });
  test('JSON without the token of a form', async () => assert.equal((await post('/contracts', '{"number":"1"}', { 'Content-Type': 'application/json' })).status, 403));
  test('no type at all', async () => assert.ok([400, 403, 415].includes((await post('/contracts', `csrf=${csrf}`, { 'Content-Type': '' })).status)));
  test('invalid UTF-8', async () => assert.equal((await post('/contracts', Buffer.from(`csrf=${csrf}&title=%ff`))).status, 400));
  test('raw bytes above 127', async () => assert.equal((await post('/contracts', Buffer.concat([Buffer.from(`csrf=${csrf}&title=`), Buffer.from([0xff, 0xfe])]))).status, 400));
  test('NUL', async () => assert.equal((await post('/contracts', `csrf=${csrf}&title=a%00b`)).status, 400));
  test('a field that the form has not', async () => assert.ok([400, 422].includes((await post('/contracts', `csrf=${csrf}&Page.csrf=1&hdf.loadpaths.0=/etc`)).status)));
  test('a body that ends early', async () => {
    const answer = await rawRequest(stack, rawHead(stack, 'POST', '/contracts', { ...FORM, Cookie: cookie, 'Content-Length': '1000' }) + 'csrf=', 90000).catch(() => ({ status: 0 }));
    assert.ok([0, 400, 408].includes(answer.status) || Number.isNaN(answer.status), String(answer.status));
  });
  test('a version that is none', async () => {
    const id = stack.databaseValue('SELECT MIN(id) FROM contract');
    for (const version of ['', '0', '-1', 'x', '99999999999999999999']) {
      const answer = await post(`/contracts/${id}`, `csrf=${csrf}&version=${version}&title=x`);
      assert.ok([400, 409, 422].includes(answer.status), `${version}: ${answer.status}`);
    }
  });
});

describe('every address', async () => {
  const admin = await signedIn(stack, 'admin');
  const session = [...admin.cookies].map((pair) => pair.join('=')).join('; ');
  const routes = spawnSync(join(root, build, 'supportlevel.fcgi'), ['--routes'], { encoding: 'utf8' }).stdout.trim().split('\n').flatMap((line) => {
    const [method, pattern, , ...formats] = line.split(' ');
    return ['', ...formats.map((format) => `.${format}`)].map((ending) => ({ method, path: pattern.replace(/\{\}/g, '1') + ending, some: pattern.includes('{}') }));
  });
  const ask = (method, target, headers = {}, body = '') => rawRequest(stack, rawHead(stack, method, target, { Cookie: session, ...headers }) + body);
  const QUERIES = [['hdf.loadpaths.0=/etc', 400], ['Config.VarEscapeMode=none', 400], ['Page.title=x', 400], ['Page.message=x', 400], ['colour=blue', 400], ['q=%ff', 400], ['%ff=1', 400], ['q=%c0%af', 400], ['q=%ed%a0%80', 400],
    ['q=a%00b', 400], ['a%00=b', 400], ['q=%1b', 400], ['q=%c2%85', 400], ['q=%zz', 400], ['l=1&'.repeat(1001), 400], [`q=${'a'.repeat(4096)}`, 414], [`${'a'.repeat(4096)}=1`, 414]];
  for (const { path, some } of routes.filter(({ method }) => method === 'GET')) {
    test(`GET ${path}`, async () => {
      for (const [query, status] of QUERIES) {
        const answer = await ask('GET', `${path}?${query}`);
        // What is unreadable is said before anything is looked for; what nobody knows may be asked of what isn't there.
        const allowed = some && /^[\w.]+=/.test(query) && !query.includes('%') ? [status, 404] : [status];
        assert.ok(allowed.includes(answer.status), `${query.slice(0, 30)}: ${answer.status}`);
        // Page.message is what a template shows there: a name with a dot is a name and no place in a page's data.
        assert.doesNotMatch(answer.text, /class="notice notice-done"/, query.slice(0, 30));
      }
    });
  }
  for (const { path } of routes.filter(({ method }) => method === 'POST')) {
    test(`POST ${path}`, async () => {
      const send = async (body, headers = {}) => (await ask('POST', path, { ...FORM, 'Content-Length': String(Buffer.byteLength(body)), ...headers }, body)).status;
      assert.equal(await send('', { 'Content-Length': '99999999999' }), 413, 'more than 32 bits');
      assert.equal(await send('', { 'Content-Length': '-1' }), 400, 'no length');
      assert.equal(await send('<a/>', { 'Content-Type': 'application/xml' }), 415, 'no form');
      for (const body of ['a=%ff', 'a=%00', 'a=%1b', 'a=%zz', '%ff=1', 'a=1&'.repeat(1001)]) assert.equal(await send(body), 400, body.slice(0, 20));
    });
  }
});

test("a field's name is a name and no place in a page's data", async () => {
  const client = new Client(stack);
  const fields = { csrf: await client.token('/login'), username: '', password: 'x', 'Page.message': 'x', 'Login.problem': 'sent along', 'Page.user.name': 'x', 'Page.can.admin': '1' };
  const answer = await client.post('/login', fields);
  assert.equal(answer.status, 422);
  assert.equal(answer.document.querySelector('.notice-done'), null);
  assert.equal(answer.document.querySelector('.site-nav'), null);
  assert.doesNotMatch(answer.text, /sent along/);
  stack.database('DELETE FROM login_failure');
});

test('text is composed wherever it comes from: NFC', async () => {
  const list = await get(`/contracts?q=${encodeURIComponent('Mu\u0308ller')}`);
  assert.match(list.text, /^Location: \S*\/contracts\?q=M%C3%BCller\r$/m);
});

describe('headers', () => {
  test('a cookie that is none of ours', async () => {
    for (const value of ['=', ';;;', 'a', `session=${'x'.repeat(4000)}`, 'session=%00', '"', 'session="; session=']) {
      const answer = await rawRequest(stack, rawHead(stack, 'GET', '/contracts', { Cookie: value }));
      assert.equal(answer.status, 303, value.slice(0, 20));
    }
  });
  test('one header of 9,000 bytes', async () => assert.ok([400, 431].includes((await get('/contracts', { 'X-Long': 'x'.repeat(9000) })).status)));
  test('a strange language', async () => {
    for (const value of ['*', 'de;q=nan', ',,,,', 'x'.repeat(2000), 'de;q=-1, en;q=99999999']) {
      assert.equal((await get('/levels', { 'Accept-Language': value })).status, 200, value.slice(0, 20));
    }
  });
  test("another host's name changes no address of ours", async () => {
    const answer = await rawRequest(stack, rawHead(stack, 'GET', '/contracts', { Host: 'evil.example' }));
    assert.doesNotMatch(answer.text, /evil\.example/);
    const page = await get('/contracts', { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' });
    assert.doesNotMatch(page.text, /evil\.example/);
  });
  test('a line break in the way back', async () => {
    const answer = await get('/login?to=/contracts%0d%0aSet-Cookie:%20x=1');
    assert.doesNotMatch(answer.text, /^Set-Cookie: x=1/m);
  });
});

test('no TRACE', async () => {
  assert.ok([403, 405, 501].includes((await rawRequest(stack, rawHead(stack, 'TRACE', '/contracts', { Cookie: cookie }))).status));
});

test('no method of that name', async () => {
  assert.ok([400, 403, 405, 501].includes((await rawRequest(stack, rawHead(stack, 'BREW', '/contracts', { Cookie: cookie }))).status));
});

test('what was typed never becomes markup', async () => {
  const evil = `"><script>alert(1)</script>'&lt;`;
  const page = await editor.get(`/contracts?q=${encodeURIComponent(evil)}`);
  assert.ok(!page.text.includes('<script>alert'));
  const bad = await editor.get(`/contracts?${encodeURIComponent(evil)}=1`);
  assert.equal(bad.status, 400);
  assert.ok(!bad.text.includes('<script>alert'));
  const form = await editor.post('/contracts', { csrf, number: evil, title: evil, customer_number: evil, type: evil, level: evil, starts_on: evil, note: evil });
  assert.equal(form.status, 422);
  assert.ok(!form.text.includes('<script>alert'));
  const login = await new Client(stack).get(`/login?to=${encodeURIComponent('/' + evil)}`);
  assert.ok(!login.text.includes('<script>alert'));
});
