// GET /metrics: what it counts, and that it is what a Prometheus reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { promtoolSays, readMetrics } from '../support/metrics.mjs';
import { program } from '../support/program.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const viewer = await signedIn(stack, 'viewer');
const collector = await program(viewer, 'viewer', 'Prometheus');

async function metrics() {
  const answer = await collector.get('/metrics');
  assert.equal(answer.status, 200);
  return readMetrics(answer.text);
}
/** By how much samples grew through `work`. */
async function growth(work) {
  const before = await metrics();
  await work();
  const after = await metrics();
  return (sample) => (after[sample] ?? 0) - (before[sample] ?? 0);
}
const count = (route, method, status) => `supportlevel_requests_total{route="${route}",method="${method}",status="${status}"}`;

test('the format is Prometheus\' own, with nothing that its checker would want otherwise', async () => {
  const answer = await collector.get('/metrics');
  assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
  assert.match(answer.headers.get('cache-control'), /no-store/);
  readMetrics(answer.text);
  assert.equal(promtoolSays(answer.text), '');
});

test('requests are counted by route, method and class of the status, whichever worker answers', async () => {
  const contract = stack.databaseValue('SELECT MIN(id) FROM contract');
  const grew = await growth(async () => {
    await Promise.all(Array.from({ length: 12 }, () => viewer.get('/contracts')));
    await viewer.get('/contracts.json');
    await viewer.request('/contracts', { method: 'HEAD' });
    await viewer.get('/contracts?colour=blue');
    await viewer.get(`/contracts/${contract}`);
    await viewer.post(`/contracts/${contract}`, {});
    await new Client(stack).get('/contracts');
    await viewer.get('/no/such/page');
    await viewer.request('/contracts', { method: 'PUT', body: 'x' });
  });
  assert.equal(grew(count('/contracts', 'GET', '2xx')), 14);
  assert.equal(grew(count('/contracts', 'GET', '4xx')), 1);
  assert.equal(grew(count('/contracts', 'GET', '3xx')), 1);
  assert.equal(grew(count('/contracts/{}', 'GET', '2xx')), 1);
  assert.equal(grew(count('/contracts/{}', 'POST', '4xx')), 1);
  assert.equal(grew(count('none', 'any', '4xx')), 2);
});

test('a histogram holds every request, and never fewer below a higher bound', async () => {
  const samples = await metrics();
  for (const name of ['supportlevel_request_duration_seconds', 'supportlevel_database_duration_seconds']) {
    const buckets = Object.entries(samples).filter(([key]) => key.startsWith(`${name}_bucket{route="/contracts",method="GET"`));
    assert.deepEqual(buckets.map(([key]) => /le="([^"]+)"/.exec(key)[1]), ['0.001', '0.0025', '0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '10', '+Inf']);
    const counts = buckets.map(([, number]) => number);
    assert.deepEqual(counts, counts.toSorted((a, b) => a - b));
    const all = ['2xx', '3xx', '4xx', '5xx'].reduce((sum, status) => sum + (samples[count('/contracts', 'GET', status)] ?? 0), 0);
    assert.equal(counts.at(-1), all);
    assert.equal(samples[`${name}_count{route="/contracts",method="GET"}`], all);
    assert.ok(samples[`${name}_sum{route="/contracts",method="GET"}`] > 0);
  }
  assert.ok(samples['supportlevel_database_duration_seconds_sum{route="/contracts",method="GET"}'] < samples['supportlevel_request_duration_seconds_sum{route="/contracts",method="GET"}']);
});

test('rows and bytes', async () => {
  let bytes = 0;
  const grew = await growth(async () => { bytes = (await viewer.get('/contracts.csv')).bytes.length; });
  assert.ok(grew('supportlevel_answer_bytes_total') > bytes);
  assert.ok(grew('supportlevel_database_rows_total') >= Number(stack.databaseValue('SELECT COUNT(*) FROM contract')));
});

test('contracts, sessions and queues are those of the database', async () => {
  const samples = await metrics();
  const STATUS = ['upcoming', 'active', 'cancelled', 'ended'];
  const rows = stack.database("SELECT COALESCE(code, 'none'), status, COUNT(*) FROM contract LEFT JOIN support_level ON support_level.id = level_id GROUP BY 1, 2");
  const stored = Object.fromEntries(rows.map(([level, status, contracts]) => [`supportlevel_contracts{level="${level}",status="${STATUS[status]}"}`, Number(contracts)]));
  assert.ok(rows.length > 10);
  const told = Object.entries(samples).filter(([name, number]) => name.startsWith('supportlevel_contracts{') && number > 0);
  assert.deepEqual(Object.fromEntries(told), stored);
  // Other tests leave sessions behind that have ended.
  assert.equal(samples.supportlevel_sessions, Number(stack.databaseValue('SELECT COUNT(*) FROM session WHERE used_at >= UTC_TIMESTAMP() - INTERVAL 8 HOUR AND created_at >= UTC_TIMESTAMP() - INTERVAL 24 HOUR')));
});

test('a support request stands in its queue, waits, is overdue and leaves', async () => {
  const editor = await signedIn(stack, 'editor');
  const contract = stack.databaseValue("SELECT number FROM contract JOIN support_level ON support_level.id = level_id WHERE status = 1 AND code = 'L2' LIMIT 1");
  const queue = (state) => `supportlevel_queued_requests{level="L1",state="${state}"}`;
  const overdue = 'supportlevel_overdue_requests{level="L1"}';
  let id = null;
  const taken = await growth(async () => {
    const answer = await editor.submit(`/requests/new?contract=${encodeURIComponent(contract)}`, { subject: 'Für die Zahlen' }, 'form[data-guard]');
    id = /requests\/(\d+)/.exec(answer.location)[1];
  });
  assert.deepEqual([taken(queue('open')), taken(queue('waiting')), taken(overdue)], [1, 0, 0]);
  const late = await growth(async () => stack.database(`UPDATE request SET queue_at = '2026-02-10 00:00:00' WHERE id = ${id}`));
  assert.deepEqual([late(queue('open')), late(overdue)], [0, 1]);
  const waits = await growth(async () => stack.database(`UPDATE request SET state = 1 WHERE id = ${id}`));
  assert.deepEqual([waits(queue('open')), waits(queue('waiting')), waits(overdue)], [-1, 1, -1]);
  const gone = await growth(async () => stack.database(`DELETE FROM request WHERE id = ${id}`));
  assert.equal(gone(queue('waiting')), -1);
});

test('every worker is told of, with age and memory', async () => {
  const samples = await metrics();
  const workers = samples.supportlevel_workers;
  assert.ok(workers >= 1 && workers <= samples.supportlevel_worker_starts_total);
  const of = (name) => Object.entries(samples).filter(([key]) => key.startsWith(`${name}{`)).map(([, number]) => number);
  assert.equal(of('supportlevel_worker_start_time_seconds').length, workers);
  assert.ok(of('supportlevel_worker_start_time_seconds').every((seconds) => seconds > 1.7e9 && seconds <= Date.now() / 1000));
  assert.ok(of('supportlevel_worker_resident_memory_bytes').every((bytes) => bytes > 1 << 20 && bytes < 64 << 20));
});
