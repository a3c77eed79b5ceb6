// The description for programs, held against the real answers: every route, every schema, every parameter.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Client, signedIn } from '../support/client.mjs';
import { manyContracts, newNumber } from '../support/contracts.mjs';
import { pdf, sendFiles } from '../support/files.mjs';
import { program } from '../support/program.mjs';
import { build, root, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
manyContracts(stack);
const admin = await program(await signedIn(stack, 'admin'), 'admin');
const viewer = await program(await signedIn(stack, 'viewer'), 'viewer');
const description = (await admin.get('/openapi.json')).json();
const operations = Object.entries(description.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })));
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
addFormats(ajv);
ajv.addSchema({ $id: 'description', components: description.components });
ajv.addKeyword('components');

/** The faults of a value by a schema of the description. */
function faults(schema, value) {
  const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"description#/components')));
  return check(value) ? [] : check.errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}
const named = (name) => ({ $ref: `description#/components/schemas/${name}` });

const answered = new Set();
/** Checks an answer by what the description says of its operation and status. */
function holds(answer, method, path) {
  const operation = description.paths[path][method.toLowerCase()];
  const response = operation.responses[answer.status];
  assert.ok(response, `${method} ${path}: ${answer.status} isn't described: ${answer.text}`);
  const type = answer.headers.get('content-type')?.split(';')[0] ?? null;
  if (!response.content) assert.equal(answer.text, '', `${method} ${path} ${answer.status}: no body`);
  else {
    assert.ok(response.content[type], `${method} ${path} ${answer.status}: ${type}`);
    assert.deepEqual(faults(response.content[type].schema, answer.json()), [], `${method} ${path} ${answer.status}`);
  }
  for (const name of Object.keys(response.headers ?? {})) assert.ok(answer.headers.get(name), `${method} ${path} ${answer.status}: ${name}`);
  answered.add(`${method} ${path} ${answer.status}`);
  return answer;
}

/** What each collection is asked to make and to change. */
const customerNumber = stack.databaseValue('SELECT number FROM customer ORDER BY id LIMIT 1');
const COLLECTIONS = [
  { path: '/contracts', name: 'contract', part: '{id}', key: 'id', change: { title: 'anders', level: null, amount: '7.50' },
    make: () => ({ number: newNumber('O'), title: 'beschrieben', customer_number: customerNumber, type: 'MIETE', starts_on: '2026-01-01' }) },
  { path: '/customers', name: 'customer', part: '{id}', key: 'id', change: { city: 'Köln' }, make: () => ({ number: newNumber('O'), name: 'Beschrieben GmbH' }) },
  { path: '/levels', name: 'level', part: '{code}', key: 'code', change: { response_minutes: 60, next_level: 'L1' }, make: () => ({ code: newNumber('O').replace(/-/g, '.'), name: 'beschrieben', rank: 90 }) },
];

test('it is OpenAPI 3.1 whose every reference leads somewhere', () => {
  assert.match(description.openapi, /^3\.1\.\d+$/);
  assert.ok(description.info.title && description.info.version);
  for (const [, name] of JSON.stringify(description).matchAll(/"#\/components\/schemas\/(\w+)"/g)) assert.ok(description.components.schemas[name], name);
  for (const name of Object.keys(description.components.schemas)) ajv.compile(named(name));
  for (const { method, path, parameters, responses } of operations) {
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part);
    assert.deepEqual(parameters.filter((one) => one.in === 'path').map((one) => one.name), parts, `${method} ${path}`);
    assert.ok(Object.keys(responses).some((status) => status.startsWith('2')), `${method} ${path}`);
  }
  for (const scheme of description.security.flatMap(Object.keys)) assert.ok(description.components.securitySchemes[scheme], scheme);
});

test('every JSON route is described, with the role that it needs, and no other', () => {
  const run = spawnSync(join(root, build, 'supportlevel.fcgi'), ['--routes'], { encoding: 'utf8' });
  const routes = run.stdout.trim().split('\n').map((line) => line.split(' ')).filter(([, , , ...formats]) => formats.includes('json'));
  const expected = routes.map(([method, pattern, role]) => `${method} ${pattern}.json ${role}`).sort();
  const described = operations.map(({ method, path, description: text }) => `${method} ${path.replace(/\{\w+\}/g, '{}')} ${/role (\w+)/.exec(text)[1]}`).sort();
  assert.deepEqual(described, expected);
});

describe('what is answered is what is described', () => {
  for (const { path, name, part, key, change, make } of COLLECTIONS) {
    const one = `${path}/${part}.json`;
    const all = `${path}.json`;
    const drop = `${path}/${part}/delete.json`;
    test(`${path}: every record, and each by itself`, async () => {
      const list = holds(await viewer.get(all), 'GET', all).json()[path.slice(1)];
      assert.ok(list.length > 0);
      for (const record of list.slice(0, 10)) assert.deepEqual(holds(await viewer.get(`${path}/${record[key]}.json`), 'GET', one).json(), record);
      const tag = (await viewer.get(`${path}/${list[0][key]}.json`)).headers.get('etag');
      holds(await viewer.get(`${path}/${list[0][key]}.json`, { 'if-none-match': tag }), 'GET', one);
      holds(await viewer.get(`${path}/4000000000.json`), 'GET', one);
      holds(await viewer.get(`${all}?colour=blue`), 'GET', all);
      holds(await new Client(stack).get(all), 'GET', all);
      holds(await new Client(stack).get(`${path}/${list[0][key]}.json`), 'GET', one);
    });

    test(`${path}: made, changed, refused, deleted`, async () => {
      const sent = make();
      assert.deepEqual(faults(named(`${name}_new`), sent), []);
      const made = holds(await admin.send(all, sent), 'POST', all);
      assert.equal(made.status, 201);
      const address = `${path}/${made.json()[key]}`;
      const tag = made.headers.get('etag');
      assert.deepEqual(faults(named(`${name}_changes`), change), []);
      assert.deepEqual(faults(named(`${name}_changes`), made.json()), [], 'what was read may be sent back');
      assert.equal(holds(await admin.send(`${address}.json`, change), 'POST', one).status, 428);
      const changed = holds(await admin.send(`${address}.json`, change, tag), 'POST', one);
      assert.equal(changed.status, 200);
      assert.equal(holds(await admin.send(`${address}.json`, change, tag), 'POST', one).status, 412);
      const [title] = Object.keys(sent);
      assert.equal(holds(await admin.send(`${address}.json`, { [title]: '' }, '*'), 'POST', one).status, 422);
      assert.equal(holds(await admin.send(all, {}), 'POST', all).status, 422);
      assert.equal(holds(await admin.send(all, { colour: 'blue' }), 'POST', all).status, 400);
      assert.equal(holds(await viewer.send(all, make()), 'POST', all).status, 403);
      assert.equal(holds(await viewer.send(`${address}.json`, change, '*'), 'POST', one).status, 403);
      assert.equal(holds(await admin.request(all, { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }), 'POST', all).status, 415);
      assert.equal(holds(await viewer.send(`${address}/delete.json`, undefined, '*'), 'POST', drop).status, 403);
      assert.equal(holds(await admin.send(`${address}/delete.json`), 'POST', drop).status, 428);
      assert.equal(holds(await admin.send(`${address}/delete.json`, undefined, tag), 'POST', drop).status, 412);
      assert.equal(holds(await admin.send(`${address}/delete.json`, undefined, changed.headers.get('etag')), 'POST', drop).status, 204);
      assert.equal(holds(await admin.send(`${address}/delete.json`, undefined, '*'), 'POST', drop).status, 404);
    });

    test(`${path}: what the schema requires and forbids, the application does too`, async () => {
      const schema = description.components.schemas[`${name}_new`];
      for (const required of schema.required) {
        const { [required]: gone, ...rest } = make();
        assert.notEqual(gone, undefined, required);
        const answer = await admin.send(all, rest);
        assert.equal(answer.status, 422, required);
        assert.deepEqual(answer.json().errors.map(({ field }) => field), [required]);
      }
      for (const [field, { maxLength, maximum, enum: choices }] of Object.entries(schema.properties)) {
        if (field === 'csrf') continue;
        const wrong = maxLength !== undefined ? 'x'.repeat(maxLength + 1) : maximum !== undefined ? maximum + 1 : choices ? 'no such choice' : 'x';
        assert.notDeepEqual(faults(schema, { ...make(), [field]: wrong }), [], field);
        const answer = await admin.send(all, { ...make(), [field]: wrong });
        assert.equal(answer.status, 422, `${field}: ${answer.text}`);
        assert.ok(answer.json().errors.some((error) => error.field === field), `${field}: ${answer.text}`);
        if (choices) {
          for (const choice of choices) assert.ok(!/not_a_choice/.test((await admin.send(all, { ...make(), [field]: choice })).text), `${field} ${choice}`);
        }
      }
    });
  }

  test('something that is still needed', async () => {
    const id = stack.databaseValue('SELECT customer_id FROM contract LIMIT 1');
    assert.equal(holds(await admin.send(`/customers/${id}/delete.json`, undefined, '*'), 'POST', '/customers/{id}/delete.json').status, 409);
    assert.equal(holds(await admin.send('/levels/L1/delete.json', undefined, '*'), 'POST', '/levels/{code}/delete.json').status, 409);
  });

  test('the level report, however it is divided', async () => {
    const address = '/reports/levels.json';
    const choices = description.paths[address].get.parameters.find(({ name }) => name === 'by').schema.enum;
    for (const by of choices) assert.equal(holds(await viewer.get(`${address}?by=${by}&on=2026-01-31`), 'GET', address).status, 200, by);
    assert.equal(holds(await viewer.get(`${address}?by=colour`), 'GET', address).status, 400);
    const tag = (await viewer.get(address)).headers.get('etag');
    assert.equal(holds(await viewer.get(address, { 'if-none-match': tag }), 'GET', address).status, 304);
  });

  test('the documents of a contract', async () => {
    const id = stack.databaseValue('SELECT MIN(id) FROM contract');
    const address = `/contracts/${id}/documents.json`;
    assert.equal((await sendFiles(admin, `/contracts/${id}/documents`, {}, [['file', `${newNumber('O')}.pdf`, pdf()]])).status, 201);
    const answer = holds(await viewer.get(address), 'GET', '/contracts/{id}/documents.json');
    assert.ok(answer.json().documents.length > 0);
    assert.equal(holds(await viewer.get(address, { 'if-none-match': answer.headers.get('etag') }), 'GET', '/contracts/{id}/documents.json').status, 304);
    holds(await viewer.get('/contracts/4000000000/documents.json'), 'GET', '/contracts/{id}/documents.json');
    stack.database(`DELETE FROM document WHERE contract_id = ${id}`);
  });

  test('what customers may expect now: one, several, none', async () => {
    const address = '/entitlement.json';
    const numbers = stack.database('SELECT number FROM customer ORDER BY id LIMIT 20').map(([number]) => number);
    for (const number of numbers) assert.equal(holds(await viewer.get(`${address}?customer=${encodeURIComponent(number)}`), 'GET', address).status, 200, number);
    assert.equal(holds(await viewer.get(`${address}?customer=K-100`), 'GET', address).status, 300);
    assert.equal(holds(await viewer.get(`${address}?customer=nobody-of-that-name`), 'GET', address).status, 404);
  });

  test('support requests: a queue, one, taken in, their report', async () => {
    const all = '/requests.json';
    const number = stack.databaseValue('SELECT MIN(number) FROM contract WHERE status = 1 AND level_id IS NOT NULL');
    const sent = { contract: number, subject: 'beschrieben', queue: 'L1' };
    assert.deepEqual(faults(named('request_new'), sent), []);
    const made = holds(await admin.send(all, sent), 'POST', all);
    assert.equal(made.status, 201);
    const one = holds(await viewer.get(`/requests/${made.json().id}.json`), 'GET', '/requests/{id}.json');
    assert.deepEqual(one.json(), made.json());
    assert.equal(holds(await viewer.get(`/requests/${made.json().id}.json`, { 'if-none-match': one.headers.get('etag') }), 'GET', '/requests/{id}.json').status, 304);
    holds(await viewer.get('/requests/4000000000.json'), 'GET', '/requests/{id}.json');
    assert.equal(holds(await admin.send(all, { ...sent, subject: '' }), 'POST', all).status, 422);
    assert.equal(holds(await admin.send(all, { ...sent, colour: 'blue' }), 'POST', all).status, 400);
    assert.equal(holds(await viewer.send(all, sent), 'POST', all).status, 403);
    const { parameters } = description.paths[all].get;
    const level = stack.databaseValue("SELECT code FROM support_level WHERE code = 'L1'");
    for (const { name, schema } of parameters.filter((parameter) => parameter.in === 'query' && parameter.schema.enum)) {
      for (const value of schema.enum) {
        const query = new URLSearchParams(name === 'figure' ? { level, figure: value, month: '2026-02' } : { [name]: value });
        assert.equal(holds(await viewer.get(`${all}?${query}`), 'GET', all).status, 200, String(query));
      }
      assert.equal(holds(await viewer.get(`${all}?${name}=nothing-of-the-kind`), 'GET', all).status, 400, name);
    }
    const list = holds(await viewer.get(`${all}?level=L1`), 'GET', all);
    assert.ok(list.json().requests.length > 0);
    const report = '/reports/requests.json';
    assert.equal(holds(await viewer.get(`${report}?from=2026-01&to=2026-02`), 'GET', report).status, 200);
    assert.equal(holds(await viewer.get(`${report}?from=2026-00`), 'GET', report).status, 400);
  });

  test('a contract as it was', async () => {
    const id = stack.databaseValue('SELECT MIN(id) FROM contract');
    const now = new Date().toISOString();
    assert.equal(holds(await viewer.get(`/contracts/${id}.json?as_of=${now}`), 'GET', '/contracts/{id}.json').status, 200);
    assert.equal(holds(await viewer.get(`/contracts/${id}.json?as_of=2000-01-01`), 'GET', '/contracts/{id}.json').status, 404);
    assert.equal(holds(await viewer.get(`/contracts/${id}.json?as_of=yesterday`), 'GET', '/contracts/{id}.json').status, 400);
  });

  test('the description itself', async () => {
    const answer = holds(await viewer.get('/openapi.json'), 'GET', '/openapi.json');
    holds(await viewer.get('/openapi.json', { 'if-none-match': answer.headers.get('etag') }), 'GET', '/openapi.json');
  });
});

/** A value that a parameter's schema allows; those that are more than text by their names. */
function example({ name, schema }) {
  const values = { type: 'MIETE', level: 'none', customer: customerNumber, responsible: 'me', lang: 'en', cols: 'number,title' };
  if (values[name]) return values[name];
  const inner = schema.items ?? schema;
  if (inner.enum) return String(inner.enum[0]);
  if (inner.pattern) return ['+90d', '12.50'].find((value) => new RegExp(inner.pattern).test(value));
  return 'a';
}

describe('parameters', () => {
  const { parameters } = description.paths['/contracts.json'].get;
  const query = parameters.filter((one) => one.in === 'query');

  test('each that is described is understood, with every value that is listed', async () => {
    for (const parameter of query.filter(({ name }) => !['after', 'before'].includes(name))) {
      const listed = (parameter.schema.items ?? parameter.schema).enum ?? [example(parameter)];
      for (const value of listed) {
        const answer = await viewer.get(`/contracts.json?${new URLSearchParams({ [parameter.name]: value })}`);
        assert.equal(holds(answer, 'GET', '/contracts.json').status, 200, `${parameter.name}=${value}: ${answer.text.slice(0, 200)}`);
      }
    }
  });

  test('and those of the product are all described', () => {
    const expected = ['level', 'status', 'type', 'customer', 'responsible', 'q', 'starts_from', 'starts_to', 'ends_from', 'ends_to', 'notice_from', 'notice_to', 'value_from', 'value_to',
      'on', 'ended_from', 'ended_to', 'cols', 'sort', 'per', 'after', 'before', 'lang'];
    assert.deepEqual(query.map(({ name }) => name).sort(), expected.sort());
  });

  test('a listed choice is all there is', async () => {
    for (const parameter of query.filter(({ schema }) => (schema.items ?? schema).enum)) {
      assert.equal((await viewer.get(`/contracts.json?${parameter.name}=nothing-of-the-kind`)).status, 400, parameter.name);
    }
  });
});

// Nothing that no test has seen is promised; a contract is needed by nothing else, so only a race brings its 409.
after(() => {
  const promised = operations.flatMap(({ method, path, responses }) => Object.keys(responses).map((status) => `${method} ${path} ${status}`));
  const silent = promised.filter((one) => / (2\d\d|409|412|428)$/.test(one) && !answered.has(one) && one !== 'POST /contracts/{id}/delete.json 409');
  assert.deepEqual(silent, [], 'described, and never seen');
});
