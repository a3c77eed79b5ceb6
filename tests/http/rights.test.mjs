import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { program } from '../support/program.mjs';
import { routeOf, routes } from '../support/routes.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const contract = stack.databaseValue('SELECT MIN(id) FROM contract');
const customer = stack.databaseValue('SELECT MIN(id) FROM customer');
const viewerId = stack.databaseValue("SELECT id FROM user WHERE name = 'viewer'");
stack.database(`INSERT IGNORE INTO document (contract_id, name, content_type, size, hash) VALUES (${contract}, 'Rechte.txt', 'text/plain', 1, REPEAT('h', 32));
  INSERT IGNORE INTO document_piece SELECT id, 0, 'x' FROM document WHERE name = 'Rechte.txt'`);
const document = stack.databaseValue(`SELECT id FROM document WHERE contract_id = ${contract} AND name = 'Rechte.txt'`);

// Every route and the lowest role that may use it (product.md, "Who may what"). 4000000000 is the id of nothing: whoever may look is told so.
const ROUTES = [
  ['GET', '/', 'viewer'],
  ['GET', '/contracts', 'viewer'],
  ['GET', '/contracts.csv', 'viewer'],
  ['GET', '/contracts.xlsx', 'viewer'],
  ['GET', '/contracts.json', 'viewer'],
  ['GET', '/contracts.ics', 'viewer'],
  ['GET', '/settings/calendars', 'viewer'],
  ['GET', '/settings/calendars/new', 'viewer'],
  ['POST', '/settings/calendars', 'viewer'],
  ['POST', '/settings/calendars/999999999/revoke', 'viewer'],
  ['GET', `/contracts/${contract}`, 'viewer'],
  ['GET', `/contracts/${contract}.json`, 'viewer'],
  ['GET', `/contracts/${contract}/documents`, 'viewer'],
  ['GET', `/contracts/${contract}/documents.json`, 'viewer'],
  ['GET', `/contracts/${contract}/documents/${document}`, 'viewer'],
  ['POST', `/contracts/${contract}/documents`, 'editor'],
  ['POST', `/contracts/${contract}/documents/4000000000/remove`, 'editor'],
  ['GET', '/customers', 'viewer'],
  ['GET', `/customers/${customer}`, 'viewer'],
  ['GET', '/reports/levels', 'viewer'],
  ['GET', '/reports/levels.json', 'viewer'],
  ['GET', '/reports/levels.csv', 'viewer'],
  ['GET', '/reports/levels.xlsx', 'viewer'],
  ['GET', '/contracts/columns', 'viewer'],
  ['GET', '/views', 'viewer'],
  ['GET', '/views/new', 'viewer'],
  ['POST', '/views', 'viewer'],
  ['POST', '/views/start', 'viewer'],
  ['POST', '/views/4000000000', 'viewer'],
  ['POST', '/views/4000000000/delete', 'viewer'],
  ['GET', '/levels', 'viewer'],
  ['GET', '/levels/L1', 'viewer'],
  ['GET', '/levels/compare', 'viewer'],
  ['GET', `/contracts/${contract}/history`, 'viewer'],
  ['GET', `/customers/${customer}/history`, 'viewer'],
  ['GET', '/levels/L1/history', 'viewer'],
  ['GET', '/entitlement?customer=K-10001', 'viewer'],
  ['GET', '/entitlement.json?customer=K-10001', 'viewer'],
  ['GET', '/requests', 'viewer'],
  ['GET', '/requests.json', 'viewer'],
  ['GET', '/reports/requests', 'viewer'],
  ['GET', '/reports/requests.json', 'viewer'],
  ['GET', '/requests/new', 'editor'],
  ['POST', '/requests', 'editor'],
  ['POST', '/requests/4000000000', 'editor'],
  ['GET', '/levels/L4/staff', 'admin'],
  ['POST', '/levels/L4/staff', 'admin'],
  ['GET', '/settings/service-calendars', 'viewer'],
  ['GET', '/settings/service-calendars/BUERO', 'viewer'],
  ['GET', '/settings/service-calendars/BUERO/history', 'viewer'],
  ['GET', '/settings/service-calendars/new', 'admin'],
  ['GET', '/settings/service-calendars/BUERO/edit', 'admin'],
  ['POST', '/settings/service-calendars', 'admin'],
  ['POST', '/settings/service-calendars/BUERO', 'admin'],
  ['POST', '/settings/service-calendars/BUERO/delete', 'admin'],
  ['GET', '/contracts/new', 'editor'],
  ['GET', `/contracts/${contract}/edit`, 'editor'],
  ['GET', `/contracts/${contract}/copy`, 'editor'],
  ['POST', '/contracts', 'editor'],
  ['POST', `/contracts/${contract}`, 'editor'],
  ['POST', `/contracts/${contract}/delete`, 'admin'],
  ['GET', `/contracts/${contract}/cancel`, 'editor'],
  ['POST', `/contracts/${contract}/cancel`, 'editor'],
  ['POST', `/contracts/${contract}/withdraw`, 'editor'],
  ['GET', '/contracts/bulk', 'editor'],
  ['POST', '/contracts/bulk', 'editor'],
  ['POST', '/contracts/bulk/4000000000/undo', 'editor'],
  ['GET', '/customers/new', 'editor'],
  ['GET', `/customers/${customer}/edit`, 'editor'],
  ['POST', '/customers', 'editor'],
  ['POST', `/customers/${customer}`, 'editor'],
  ['GET', '/levels/new', 'admin'],
  ['GET', '/levels/L1/edit', 'admin'],
  ['POST', '/levels', 'admin'],
  ['POST', '/levels/L1', 'admin'],
  ['POST', '/levels/L1/retire', 'admin'],
  ['GET', '/setup/company', 'admin'],
  ['POST', '/setup/company', 'admin'],
  ['GET', '/settings', 'viewer'],
  ['GET', '/settings/types', 'viewer'],
  ['GET', '/settings/types/MIETE', 'viewer'],
  ['GET', '/settings/types/MIETE/history', 'viewer'],
  ['GET', '/settings/types/new', 'admin'],
  ['GET', '/settings/types/MIETE/edit', 'admin'],
  ['POST', '/settings/types', 'admin'],
  ['POST', '/settings/types/MIETE', 'admin'],
  ['POST', '/settings/types/MIETE/retire', 'admin'],
  ['POST', '/settings/types/MIETE/delete', 'admin'],
  ['GET', '/settings/users', 'admin'],
  ['GET', '/settings/users/new', 'admin'],
  ['GET', `/settings/users/${viewerId}`, 'admin'],
  ['GET', `/settings/users/${viewerId}/edit`, 'admin'],
  ['GET', `/settings/users/${viewerId}/history`, 'admin'],
  ['POST', '/settings/users', 'admin'],
  ['POST', `/settings/users/${viewerId}`, 'admin'],
  ['POST', `/settings/users/${viewerId}/active`, 'admin'],
  ['POST', '/settings/users/4000000000/password-link', 'admin'],
  ['POST', '/settings/users/4000000000/sign-out', 'admin'],
  ['GET', '/import', 'admin'],
  ['POST', '/import', 'admin'],
  ['POST', '/import/4000000000', 'admin'],
  ['POST', '/import/4000000000/undo', 'admin'],
  ['GET', '/customers.json', 'viewer'],
  ['GET', `/customers/${customer}.json`, 'viewer'],
  ['GET', '/levels.json', 'viewer'],
  ['GET', '/levels/L1.json', 'viewer'],
  ['GET', '/openapi.json', 'viewer'],
  ['GET', '/settings/account', 'viewer'],
  ['POST', '/settings/account/password', 'viewer'],
  ['GET', '/settings/tokens', 'viewer'],
  ['POST', '/settings/tokens', 'viewer'],
  ['POST', '/settings/tokens/999999/revoke', 'viewer'],
  ['GET', '/openapi', 'viewer'],
  ['GET', '/views/4000000000/edit', 'viewer'],
  ['GET', '/requests/4000000000', 'viewer'],
  ['GET', '/requests/4000000000.json', 'viewer'],
  ['GET', '/contracts/bulk/4000000000', 'editor'],
  ['POST', '/contracts.json', 'editor'],
  ['POST', `/contracts/${contract}.json`, 'editor'],
  ['POST', `/contracts/${contract}/delete.json`, 'admin'],
  ['POST', '/customers.json', 'editor'],
  ['POST', `/customers/${customer}.json`, 'editor'],
  ['POST', `/customers/${customer}/delete`, 'admin'],
  ['POST', `/customers/${customer}/delete.json`, 'admin'],
  ['POST', '/requests.json', 'editor'],
  ['POST', '/levels.json', 'admin'],
  ['POST', '/levels/L1.json', 'admin'],
  ['POST', '/levels/L1/delete', 'admin'],
  ['POST', '/levels/L1/delete.json', 'admin'],
  ['GET', '/import/4000000000', 'admin'],
  ['GET', '/import/4000000000/problems', 'admin'],
  ['GET', '/import/4000000000/problems.csv', 'admin'],
  ['GET', '/import/4000000000/rejected', 'admin'],
  ['GET', '/import/4000000000/rejected.csv', 'admin'],
];
// What is open to everybody, with the statuses that nobody in particular gets.
const OPEN = [
  ['GET', '/healthz', [200]],
  ['GET', '/login', [200]],
  ['POST', '/login', [403, 422]],
  ['POST', '/settings/language', [303, 400, 403]],
  ['GET', '/setup', [303]],
  ['GET', '/password', [403]],
  ['POST', '/password', [403]],
  ['POST', '/setup', [403]],
  ['GET', '/calendar/none', [404]],
  ['GET', '/calendar/none.ics', [404]],
];
// Signing out ends a session, metrics are for programs: each has a test of its own below.
const BY_THEMSELVES = [
  ['POST', '/logout', 'viewer'],
  ['POST', '/settings/account/sign-out', 'viewer'],
  ['GET', '/metrics', 'viewer'],
];
const RANK = { viewer: 1, editor: 2, admin: 3 };

const found = (path) => (path.includes('4000000000') ? 404 : 200);

/** A POST that can change nothing: a version that no row has, and required fields empty. */
function ask(client, method, path, csrf) {
  return method === 'GET' ? client.get(path) : client.post(path, { csrf, version: '999999', number: '', title: '', name: '', code: '' });
}

describe('the table above', () => {
  const rows = [...ROUTES, ...BY_THEMSELVES, ...OPEN.map(([method, path]) => [method, path, 'nobody'])];

  test('has every route of the program, in every format', () => {
    const known = new Set(rows.map(([method, path]) => routeOf(method, path)));
    assert.deepEqual(routes.filter((route) => !known.has(route)).map(({ method, pattern, ending }) => `${method} ${pattern}${ending}`), []);
  });
  for (const [method, path, lowest] of rows) {
    test(`gives ${method} ${path} the program's role`, () => assert.equal(routeOf(method, path)?.role, lowest));
  }
});

describe('open to everybody', () => {
  for (const [method, path, statuses] of OPEN) {
    test(`${method} ${path}`, async () => {
      const answer = await ask(new Client(stack), method, path, 'none');
      assert.ok(statuses.includes(answer.status), String(answer.status));
    });
  }
});

// Whoever asks: a method that an address doesn't know is no way around the right to one that it does.
const METHODS = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'GETS'];
describe('other methods', async () => {
  const clients = { nobody: new Client(stack), viewer: await signedIn(stack, 'viewer'), editor: await signedIn(stack, 'editor'), admin: await signedIn(stack, 'admin') };
  const paths = [...new Set([...ROUTES, ...OPEN].map(([, path]) => path))];
  const knows = (method, path) => [...ROUTES, ...OPEN].some(([one, other]) => one === method && other === path);
  for (const [role, client] of Object.entries(clients)) {
    for (const path of paths) {
      test(`${path} as ${role}`, async () => {
        for (const method of METHODS) {
          const { status } = await client.request(path, { method });
          assert.ok([400, 403, 405, 501].includes(status), `${method}: ${status}`);
        }
        const head = await client.request(path, { method: 'HEAD' });
        const get = await client.get(path);
        assert.equal(head.status, get.status, 'HEAD');
        assert.equal(head.bytes.length, 0);
        if (knows('GET', path)) return;
        // The pattern of another line may fit: "/contracts/bulk" for "/contracts/{}".
        assert.ok([303, 401, 403, 404, 405].includes(get.status), `GET: ${get.status}`);
        if (get.status === 405) assert.match(get.headers.get('allow'), /^(GET, HEAD, )?POST$/);
      });
    }
  }
});

assert.equal(stack.tool(['user', 'add', 'signs-out', '--role', 'viewer'], 'a passphrase of four words\n').status, 0);
for (const path of ['/logout', '/settings/account/sign-out']) {
  test(`signing out is for whoever is signed in, by a form of the session: ${path}`, async () => {
    const nobody = await new Client(stack).post(path, {});
    assert.ok([303, 401, 403].includes(nobody.status), String(nobody.status));
    // Somebody who is signed in nowhere else.
    const viewer = new Client(stack);
    assert.equal((await viewer.signIn('signs-out', 'a passphrase of four words')).status, 303);
    assert.equal((await viewer.post(path, { csrf: 'wrong' })).status, 403);
    assert.equal((await viewer.get('/contracts')).status, 200);
    assert.equal((await viewer.post(path, { csrf: await viewer.token() })).status, 303);
    assert.equal((await viewer.get('/contracts')).status, 303);
  });
}

describe('without a session', () => {
  for (const [method, path] of ROUTES) {
    test(`${method} ${path}`, async () => {
      const answer = await ask(new Client(stack), method, path, 'none');
      if (method === 'POST') assert.ok([303, 401, 403].includes(answer.status), String(answer.status));
      else if (/\.(csv|json|xlsx|ics)$/.test(path)) assert.equal(answer.status, 401);
      else if (/\.(csv|json|ics)(\?|$)/.test(path)) assert.equal(answer.status, 401);
      else assert.equal(answer.status, 303);
      if (answer.status === 303) assert.match(answer.location, /\/login/);
    });
  }
});

for (const role of Object.keys(RANK)) {
  const client = await signedIn(stack, role);
  const csrf = await client.token();
  describe(`as ${role}`, () => {
    for (const [method, path, lowest] of ROUTES) {
      test(`${method} ${path}`, async () => {
        const answer = await ask(client, method, path, csrf);
        if (RANK[role] < RANK[lowest]) assert.equal(answer.status, 403);
        else if (method === 'GET') assert.equal(answer.status, found(path));
        else assert.ok([200, 303, 400, 404, 409, 422, 428].includes(answer.status), String(answer.status));
      });
    }
  });
}

// The same by access tokens, but for what is not for programs at all.
for (const role of Object.keys(RANK)) {
  const token = await program(await signedIn(stack, 'admin'), role);
  describe(`by a token of the role ${role}`, () => {
    for (const [method, path, lowest] of ROUTES) {
      test(`${method} ${path}`, async () => {
        const answer = await ask(token, method, path);
        if (path.startsWith('/settings') || RANK[role] < RANK[lowest]) assert.equal(answer.status, 403);
        else if (method === 'GET') assert.equal(answer.status, found(path));
        else assert.ok([400, 404, 409, 422, 428].includes(answer.status), String(answer.status));
      });
    }
  });
}

test('/metrics is for programs, by a token of any role; of people only admins see it', async () => {
  assert.equal((await new Client(stack).get('/metrics')).status, 303);
  assert.equal((await new Client(stack).get('/metrics', { authorization: 'Bearer slt_wrong' })).status, 401);
  for (const [role, status] of [['viewer', 403], ['editor', 403], ['admin', 200]]) {
    const person = await signedIn(stack, role);
    assert.equal((await person.get('/metrics')).status, status, role);
    assert.equal((await (await program(person, 'viewer')).get('/metrics')).status, 200, `a token of ${role}`);
  }
});

const client = await signedIn(stack, 'admin');
const others = await signedIn(stack, 'editor').then((editor) => editor.token());
describe('a form without the right token', () => {
  for (const [, path] of ROUTES.filter(([method]) => method === 'POST')) {
    test(`POST ${path}`, async () => {
      assert.equal((await client.post(path, { version: '999999' })).status, 403, 'no token');
      assert.equal((await client.post(path, { csrf: 'wrong', version: '999999' })).status, 403, 'a made-up token');
      assert.equal((await client.post(path, { csrf: others, version: '999999' })).status, 403, 'the token of another session');
    });
  }

  test('nor from another site', async () => {
    const csrf = await client.token();
    const answer = await client.post('/contracts', { csrf }, { origin: 'https://example.org' });
    assert.equal(answer.status, 403);
  });
});

test("a client's own Remote-User header signs nobody in", async () => {
  for (const name of ['Remote-User', 'REMOTE-USER', 'X-Remote-User', 'X-Forwarded-User']) {
    assert.equal((await new Client(stack).get('/contracts', { [name]: 'admin' })).status, 303, name);
  }
  assert.equal((await new Client(stack).get('/contracts', { authorization: `Basic ${btoa('admin:x')}` })).status, 303);
});
