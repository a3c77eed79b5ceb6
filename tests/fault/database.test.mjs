// The database goes away and comes back; workers die; the web server stays.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { after, test } from 'node:test';
import { Client, formFields, signedIn } from '../support/client.mjs';
import { createContract, newNumber } from '../support/contracts.mjs';
import { startStack } from '../support/stack.mjs';
import { until } from '../support/until.mjs';
import { workers } from '../support/workers.mjs';

const stack = await startStack({ WORKERS: '2' });
after(() => stack.stop());
const editor = await signedIn(stack, 'editor');

/** Without the database: nobody can connect to its socket, and every connection there is has been cut. */
async function withoutDatabase(work) {
  const socket = stack.state.database_socket;
  renameSync(socket, `${socket}.away`);
  const cut = () => {
    stack.state.database_socket = `${socket}.away`;
    for (const [id] of stack.database("SELECT id FROM information_schema.processlist WHERE user = 'supportlevel'")) stack.database(`KILL ${id}`);
  };
  try {
    cut();
    await work();
  } finally {
    renameSync(`${socket}.away`, socket);
    stack.state.database_socket = socket;
  }
}

test('without the database: 503 that says so, and the next request after it came back works', async () => {
  await withoutDatabase(async () => {
    const health = await new Client(stack).get('/healthz');
    assert.equal(health.status, 503);
    assert.notEqual(health.json().database, 'ok');
    const page = await editor.get('/contracts');
    assert.equal(page.status, 503);
    assert.ok(page.headers.get('retry-after'));
    assert.ok(page.document.querySelector('h1'));
    assert.match(page.headers.get('cache-control'), /no-store/);
    const json = await editor.get('/contracts.json');
    assert.equal(json.status, 503);
  });
  for (let worker = 0; worker < 4; worker += 1) assert.equal((await editor.get('/contracts')).status, 200);
  assert.equal((await new Client(stack).get('/healthz')).status, 200);
});

test('a form sent meanwhile is answered 503 with everything that was typed, and can be sent again', async () => {
  const form = (await editor.get('/contracts/new')).document.querySelector('form:has([name="number"])');
  const fields = formFields(form);
  const number = newNumber('AWAY');
  const customer = stack.databaseValue('SELECT MIN(number) FROM customer');
  for (const [name, value] of Object.entries({ number, title: 'Während der Störung', customer_number: customer, type: 'MIETE', starts_on: '2026-01-01', note: 'eine\nlange Notiz' })) fields.set(name, value);
  let again;
  await withoutDatabase(async () => {
    const answer = await editor.post('/contracts', fields);
    assert.equal(answer.status, 503);
    const kept = [...answer.document.querySelectorAll('form')].find((one) => one.querySelector('[name="number"]'));
    assert.ok(kept, 'a form with what was typed');
    again = formFields(kept);
    for (const name of ['number', 'title', 'note']) assert.equal(again.get(name).replace(/\r\n/g, '\n'), fields.get(name), name);
  });
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM contract WHERE number = '${number}'`), '0');
  assert.equal((await editor.post('/contracts', again)).status, 303);
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM contract WHERE number = '${number}'`), '1');
});

test('a caller’s request that is sent meanwhile is taken in afterwards, once', async () => {
  const contract = stack.databaseValue('SELECT MIN(number) FROM contract WHERE status = 1');
  const fields = formFields((await editor.get(`/requests/new?contract=${encodeURIComponent(contract)}`)).document.querySelector('form[data-guard]'));
  fields.set('subject', 'Anruf während der Störung');
  let again;
  await withoutDatabase(async () => {
    const answer = await editor.post('/requests', fields);
    assert.equal(answer.status, 503);
    again = formFields([...answer.document.querySelectorAll('form')].find((one) => one.querySelector('[name="subject"]')));
  });
  assert.equal(again.get('subject'), 'Anruf während der Störung');
  const [one, other] = [await editor.post('/requests', again), await editor.post('/requests', again)];
  assert.deepEqual([one.status, other.status], [303, 303]);
  assert.equal(one.location, other.location);
  assert.equal(stack.databaseValue("SELECT COUNT(*) FROM request WHERE subject = 'Anruf während der Störung'"), '1');
});

test('a connection that was cut between two requests is not noticed', async () => {
  for (let worker = 0; worker < 4; worker += 1) assert.equal((await editor.get('/contracts')).status, 200);
  for (const [id] of stack.database("SELECT id FROM information_schema.processlist WHERE user = 'supportlevel'")) stack.database(`KILL ${id}`);
  for (let worker = 0; worker < 4; worker += 1) assert.equal((await editor.get('/contracts')).status, 200);
  const { id } = await createContract(editor);
  for (const [connection] of stack.database("SELECT id FROM information_schema.processlist WHERE user = 'supportlevel'")) stack.database(`KILL ${connection}`);
  const answer = await editor.submit(`/contracts/${id}/edit`, { title: 'nach dem Abriss' }, 'form:has([name="number"])');
  assert.equal(answer.status, 303);
  assert.equal(stack.databaseValue(`SELECT version FROM contract WHERE id = ${id}`), '2', 'saved once');
});

test('a row that another transaction holds is waited for, or said to be busy', async () => {
  const { id } = await createContract(editor);
  const holder = spawn('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--unbuffered', '--skip-column-names', 'supportlevel'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const held = new Promise((resolve) => holder.stdout.on('data', resolve));
  holder.stdin.write(`BEGIN; SELECT title FROM contract WHERE id = ${id} FOR UPDATE;\n`);
  await held;
  const saving = editor.submit(`/contracts/${id}/edit`, { title: 'danach' }, 'form:has([name="number"])');
  holder.stdin.end('ROLLBACK;\n');
  const answer = await saving;
  assert.ok([303, 503].includes(answer.status), String(answer.status));
  const version = stack.databaseValue(`SELECT version FROM contract WHERE id = ${id}`);
  assert.equal(version, answer.status === 303 ? '2' : '1');
});

test('a record whose last change lies in the future is left as it is: its history would lose that version', async () => {
  const { id } = await createContract(editor);
  stack.database(`SET timestamp = UNIX_TIMESTAMP() + 3600; UPDATE contract SET title = 'als die Uhr vorging' WHERE id = ${id}`);
  const versions = () => stack.database(`SELECT title FROM contract FOR SYSTEM_TIME ALL WHERE id = ${id} ORDER BY row_start`).flat();
  const before = versions();
  const answer = await editor.submit(`/contracts/${id}/edit`, { title: 'danach' }, 'form:has([name="number"])');
  assert.equal(answer.status, 503);
  assert.equal(formFields(answer.document.querySelector('main form')).get('title'), 'danach', 'what was typed is kept');
  assert.deepEqual(versions(), before);
  stack.database(`SET timestamp = UNIX_TIMESTAMP() + 7200; UPDATE contract SET title = 'als die Uhr weiter war' WHERE id = ${id}`);
  assert.deepEqual(versions(), [...before, 'als die Uhr weiter war']);
  assert.equal((await editor.get(`/contracts/${id}`)).status, 200);
});

test('a statement that takes longer than 10 seconds is broken off: 503, and the worker goes on', async () => {
  // A lock on the whole table is waited for without an end of its own.
  const holder = spawn('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--unbuffered', '--skip-column-names', 'supportlevel'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const held = new Promise((resolve) => holder.stdout.once('data', resolve));
  holder.stdin.write("LOCK TABLES customer WRITE; SELECT 'held';\n");
  await held;
  const answer = await editor.get('/customers');
  holder.stdin.end();
  assert.equal(answer.status, 503);
  assert.ok(answer.headers.get('retry-after'));
  assert.match(stack.errors().at(-1), /max_statement_time exceeded/, 'by the database, before the connection is given up');
  assert.equal((await editor.get('/customers')).status, 200);
});

test('a worker that dies is replaced', async () => {
  const before = workers(stack);
  assert.equal(before.length, 2);
  process.kill(before[0], 'SIGKILL');
  await until(async () => workers(stack), (now) => now.length === 2 && !now.includes(before[0]));
  for (let ask = 0; ask < 6; ask += 1) assert.equal((await editor.get('/contracts')).status, 200);
});

test('a worker that is asked to end finishes its request first', async () => {
  const { id } = await createContract(editor);
  const holder = spawn('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--unbuffered', '--skip-column-names', 'supportlevel'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const held = new Promise((resolve) => holder.stdout.once('data', resolve));
  const form = formFields((await editor.get(`/contracts/${id}/edit`)).document.querySelector('form:has([name="number"])'));
  holder.stdin.write(`BEGIN; SELECT title FROM contract WHERE id = ${id} FOR UPDATE;\n`);
  await held;
  form.set('title', 'trotzdem');
  const saving = editor.post(`/contracts/${id}`, form);
  await until(async () => stack.database("SELECT id FROM information_schema.processlist WHERE user = 'supportlevel' AND command <> 'Sleep'"), (rows) => rows.length > 0);
  for (const pid of workers(stack)) process.kill(pid, 'SIGTERM');
  holder.stdin.end('ROLLBACK;\n');
  assert.equal((await saving).status, 303);
  assert.equal(stack.databaseValue(`SELECT title FROM contract WHERE id = ${id}`), 'trotzdem');
});

test('without workers the web server itself says so', async () => {
  const socket = stack.state.worker_socket;
  renameSync(socket, `${socket}.away`);
  try {
    const answer = await new Client(stack).get('/contracts');
    assert.equal(answer.status, 503);
    assert.match(answer.text, /antwortet gerade nicht/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
    assert.equal((await new Client(stack).get('/static/style.css')).status, 200);
  } finally {
    renameSync(`${socket}.away`, socket);
  }
  assert.equal((await new Client(stack).get('/healthz')).status, 200);
});
