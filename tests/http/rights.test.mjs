import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { program } from '../support/program.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const contract = stack.databaseValue('SELECT MIN(id) FROM contract');
const customer = stack.databaseValue('SELECT MIN(id) FROM customer');
stack.database(`INSERT IGNORE INTO document (contract_id, name, content_type, size, hash) VALUES (${contract}, 'Rechte.txt', 'text/plain', 1, REPEAT('h', 32));
  INSERT IGNORE INTO document_piece SELECT id, 0, 'x' FROM document WHERE name = 'Rechte.txt'`);
const document = stack.databaseValue(`SELECT id FROM document WHERE contract_id = ${contract} AND name = 'Rechte.txt'`);

// Every route and the lowest role that may use it (product.md, "Who may what").
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
  ['GET', '/levels/L1/staff', 'admin'],
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
  ['GET', '/import', 'admin'],
  ['POST', '/import', 'admin'],
  ['POST', '/import/4000000000', 'admin'],
  ['POST', '/import/4000000000/undo', 'admin'],
  ['GET', '/customers.json', 'viewer'],
  ['GET', `/customers/${customer}.json`, 'viewer'],
  ['GET', '/levels.json', 'viewer'],
  ['GET', '/levels/L1.json', 'viewer'],
  ['GET', '/openapi.json', 'viewer'],
  ['GET', '/settings/tokens', 'viewer'],
  ['POST', '/settings/tokens', 'viewer'],
  ['POST', '/settings/tokens/999999/revoke', 'viewer'],
];
const RANK = { viewer: 1, editor: 2, admin: 3 };

/** A POST that can change nothing: a version that no row has, and required fields empty. */
function ask(client, method, path, csrf) {
  return method === 'GET' ? client.get(path) : client.post(path, { csrf, version: '999999', number: '', title: '', name: '', code: '' });
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
        else if (method === 'GET') assert.equal(answer.status, 200);
        else assert.ok([200, 303, 400, 404, 409, 422].includes(answer.status), String(answer.status));
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
        if (path.startsWith('/settings/') || RANK[role] < RANK[lowest]) assert.equal(answer.status, 403);
        else if (method === 'GET') assert.equal(answer.status, 200);
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
