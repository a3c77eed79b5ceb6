// What an administrator sees: the log's lines, /metrics across workers that die, and what /healthz says of the database.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { createContract } from '../support/contracts.mjs';
import { readMetrics } from '../support/metrics.mjs';
import { program } from '../support/program.mjs';
import { startStack } from '../support/stack.mjs';
import { until } from '../support/until.mjs';
import { workers } from '../support/workers.mjs';

const stack = await startStack({ WORKERS: '2', SUPPORTLEVEL_LOG: 'requests', SUPPORTLEVEL_SLOW_QUERY_MS: '1' });
after(() => stack.stop());
const editor = await signedIn(stack, 'editor');
const collector = await program(editor, 'viewer');
const metrics = async () => readMetrics((await collector.get('/metrics')).text);
const health = async () => {
  const answer = await new Client(stack).get('/healthz');
  return { status: answer.status, ...answer.json(), http: answer.status };
};

// ---- the log ----

test('each request is one line: who, which route, what it cost, and no address', async () => {
  const before = stack.log('request').length;
  const answer = await editor.get('/contracts?q=Geheimwort&sort=-number');
  assert.equal((await new Client(stack).get('/calendar/AAAAAAAAgeheim.ics')).status, 404);
  const [list, calendar, ...more] = await until(() => stack.log('request').slice(before), (lines) => lines.length >= 2);
  assert.deepEqual(more, []);
  assert.match(list.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.match(list.id, /^[0-9a-f]{8}$/);
  assert.notEqual(list.id, calendar.id);
  assert.deepEqual([list.user, list.method, list.route, list.status], ['editor', 'GET', '/contracts', '200']);
  assert.deepEqual([calendar.user, calendar.route, calendar.status], [undefined, '/calendar/{}', '404']);
  assert.ok(Number(list.ms) >= Number(list.database_ms) && Number(list.database_ms) > 0 && Number(list.render_ms) > 0);
  assert.ok(Number(list.rows) > 0);
  assert.ok(Number(list.bytes) > answer.bytes.length, 'with the head');
});

test('a slow statement is logged without its values, with the request that it belongs to', async () => {
  const { id } = await createContract(editor, { title: 'Nicht im Log 4711' });
  const holder = spawn('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--unbuffered', '--skip-column-names', 'supportlevel'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const held = new Promise((resolve) => holder.stdout.on('data', resolve));
  holder.stdin.write(`BEGIN; SELECT title FROM contract WHERE id = ${id} FOR UPDATE;\n`);
  await held;
  const saving = editor.submit(`/contracts/${id}/edit`, { title: 'Auch nicht 0815' }, 'form:has([name="number"])');
  await until(async () => stack.database("SELECT id FROM information_schema.processlist WHERE user = 'supportlevel' AND command <> 'Sleep'"), (rows) => rows.length > 0);
  holder.stdin.end('ROLLBACK;\n');
  assert.equal((await saving).status, 303);
  const [request] = await until(() => stack.log('request').filter((line) => line.route === '/contracts/{}' && line.method === 'POST'), (lines) => lines.length > 0);
  const slow = stack.log('slow_query').filter((line) => line.id === request.id && /\bcontract\b/.test(line.statement) && line.statement.includes('?'));
  assert.ok(slow.length > 0);
  assert.ok(slow.every((line) => line.user === 'editor' && Number(line.ms) >= 1));
  const log = readFileSync(`${stack.directory}/log/workers.log`, 'utf8');
  for (const word of ['4711', '0815', 'Geheimwort', 'geheim', stack.logins.editor]) assert.ok(!log.includes(word), word);
});

test('an error has the id that the page shows, in a line of its own and in the request\'s', async () => {
  stack.database('RENAME TABLE contract_word TO contract_word_away');
  let answer;
  try {
    answer = await editor.get('/contracts?q=Wort&lang=en');
  } finally {
    stack.database('RENAME TABLE contract_word_away TO contract_word');
  }
  assert.equal(answer.status, 500);
  const [error] = stack.log('error').filter((line) => answer.text.includes(line.id));
  assert.equal(error.status, '500');
  assert.equal(error.route, '/contracts');
  assert.match(error.message, /contract_word/);
  const [request] = await until(() => stack.log('request').filter((line) => line.id === error.id), (lines) => lines.length > 0);
  assert.equal(request.status, '500');
});

// ---- the metrics ----

test('what a killed worker had counted stays, and its successor counts on', async () => {
  const before = await metrics();
  const [victim, other] = workers(stack);
  process.kill(victim, 'SIGKILL');
  await until(async () => workers(stack), (now) => now.length === 2 && !now.includes(victim) && now.includes(other));
  const now = await until(metrics, (samples) => samples.supportlevel_workers === 2);
  assert.equal(now.supportlevel_worker_starts_total, before.supportlevel_worker_starts_total + 1);
  const list = 'supportlevel_requests_total{route="/contracts",method="GET",status="2xx"}';
  assert.ok(before[list] > 0);
  assert.equal(now[list], before[list]);
  await Promise.all(Array.from({ length: 8 }, () => editor.get('/contracts')));
  assert.equal((await metrics())[list], before[list] + 8);
});

test('a connection that broke, and the one in its place', async () => {
  for (let ask = 0; ask < 4; ask += 1) await editor.get('/contracts');
  const before = await metrics();
  const cut = stack.database("SELECT id FROM information_schema.processlist WHERE user = 'supportlevel'");
  for (const [id] of cut) stack.database(`KILL ${id}`);
  const now = await until(metrics, (samples) => samples.supportlevel_database_losses_total >= before.supportlevel_database_losses_total + 1);
  assert.ok(now.supportlevel_database_connections_total > before.supportlevel_database_connections_total);
});

// ---- the health ----

test('migrations that are missing, or more than the program knows', async () => {
  const newest = stack.databaseValue('SELECT MAX(name) FROM migration');
  stack.database(`UPDATE migration SET name = CONCAT('hidden_', name) WHERE name = '${newest}'`);
  try {
    assert.deepEqual(await health(), { status: 'failing', database: 'ok', migrations: 'behind', text: 'Die Tabellen der Datenbank sind nicht auf dem Stand des Programms: supportlevel migrate.', http: 503 });
  } finally {
    stack.database(`UPDATE migration SET name = '${newest}' WHERE name LIKE 'hidden%'`);
  }
  stack.database("INSERT INTO migration VALUES ('9999_newer', '', UTC_TIMESTAMP())");
  try {
    const { status, migrations, http } = await health();
    assert.deepEqual({ status, migrations, http }, { status: 'ok', migrations: 'newer', http: 200 });
  } finally {
    stack.database("DELETE FROM migration WHERE name = '9999_newer'");
  }
});

test('a restoring that has not ended', async () => {
  stack.database('CREATE TABLE restore_unfinished (id INT)');
  try {
    const { database, http } = await health();
    assert.deepEqual({ database, http }, { database: 'restoring', http: 503 });
  } finally {
    stack.database('DROP TABLE restore_unfinished');
  }
});

test('an account that the database refuses, and nothing of it in the answer', async () => {
  stack.database('ALTER USER supportlevel@localhost ACCOUNT LOCK');
  try {
    const answer = await new Client(stack).get('/healthz?lang=en');
    assert.equal(answer.status, 503);
    assert.deepEqual(answer.json(), { status: 'failing', database: 'refused', text: 'The database refuses the application: account, rights or name of the database are wrong.' });
  } finally {
    stack.database('ALTER USER supportlevel@localhost ACCOUNT UNLOCK');
  }
});

test('a database that hangs is found out long before a page gives up on it', async () => {
  const database = Number(stack.state.database_pid);
  let given = false;
  process.kill(database, 'SIGSTOP');
  try {
    const page = editor.get('/contracts').then(() => { given = true; });
    const { database: state, http } = await health();
    assert.deepEqual({ state, http, given }, { state: 'away', http: 503, given: false });
    process.kill(database, 'SIGCONT');
    await page;
  } finally {
    process.kill(database, 'SIGCONT');
  }
  assert.equal((await health()).http, 200);
});
