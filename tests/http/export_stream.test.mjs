// An export is a stream: the first bytes leave before the last row is read, nobody waits for what nobody reads, all is of one moment, memory stays.
// With one worker, whatever keeps it busy keeps everybody waiting.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { Client, rawHead, signedIn } from '../support/client.mjs';
import { selection } from '../support/contracts.mjs';
import { startStack } from '../support/stack.mjs';
import { until } from '../support/until.mjs';

const stack = await startStack({ WORKERS: '1' });
after(() => stack.stop());
const COUNT = 6000;
const NOTE = 8000;
assert.equal(stack.tool(['generate', '--contracts', String(COUNT)]).status, 0);
const viewer = await signedIn(stack, 'viewer');

// More contracts than are looked for at once, in every order, by each of the ways that they can be found.
for (const query of ['sort=number', '-number', 'title', '-title', 'customer', 'level', '-level', 'type', 'status', '-ends', 'notice', '-value', 'updated',
  'title&level=L1&level=none', 'customer&status=active&status=ended', 'number&level=L1&level=L2&level=none', '-customer&starts_from=2024-01-01', 'type&level=L1', 'customer&q=g', 'title&type=WARTUNG&ends_to=%2B1y']
  .map((order) => order.replace(/^(sort=)?/, 'sort='))) {
  test(`the file has the contracts of all pages in their order: ${query}`, async () => {
    const contracts = await selection(viewer, `${query}&per=200`);
    const csv = await viewer.get(`/contracts.csv?${query}`);
    assert.ok(contracts.length > 100, 'enough of them');
    assert.deepEqual(csv.text.split('\r\n').slice(1, -1).map((row) => row.slice(0, row.indexOf(','))), contracts.map((contract) => contract.number));
  });
}

const total = Number(stack.databaseValue('SELECT COUNT(*) FROM contract'));
const numbers = stack.database('SELECT number FROM contract ORDER BY number').map(([number]) => number);
const cookie = [...viewer.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

const rowsSent = () => Number(stack.databaseValue("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'ROWS_SENT'"));
const transactions = () => Number(stack.databaseValue("SELECT COUNT(*) FROM information_schema.INNODB_TRX AS trx JOIN information_schema.PROCESSLIST AS list ON list.ID = trx.trx_mysql_thread_id WHERE list.USER = 'supportlevel'"));

/** Asks for a file and waits for its first bytes, and reads no more. */
async function beginDownload(path) {
  const asked = httpRequest(viewer.url(path), { agent: false, headers: { cookie } });
  asked.on('error', () => {}); // it is broken off on purpose
  asked.end();
  const [response] = await once(asked, 'response');
  assert.equal(response.statusCode, 200);
  await once(response, 'readable');
  response.on('error', () => {});
  return response;
}

async function readRest(response) {
  const pieces = [];
  for await (const piece of response) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

describe('with more bytes than all buffers between a worker and its reader hold', () => {
  before(() => stack.database(`UPDATE contract SET note = REPEAT('n', ${NOTE})`));

  test('the first byte leaves before the last row is read', async () => {
    const sent = rowsSent();
    const download = await beginDownload('/contracts.csv');
    await until(transactions, (count) => count === 1);
    assert.ok(rowsSent() - sent < total);
    download.destroy();
    await new Client(stack).get('/healthz');
  });

  test('a download that is broken off ends the query, and the worker is free', async () => {
    const sent = rowsSent();
    const download = await beginDownload('/contracts.csv');
    download.destroy();
    assert.equal((await new Client(stack).get('/healthz')).status, 200);
    await until(transactions, (count) => count === 0);
    assert.ok(rowsSent() - sent < total, 'the rest was not read');
  });

  test('a file is of one moment, whatever is written while it is read', async () => {
    const download = await beginDownload('/contracts.csv');
    const [first, last, gone] = [numbers[0], numbers.at(-1), numbers.at(-2)];
    stack.database(`UPDATE contract SET number = CONCAT('zzz', number) WHERE number = '${first}'; UPDATE contract SET number = CONCAT('000', number) WHERE number = '${last}';
      DELETE FROM contract WHERE number = '${gone}'`);
    const text = await readRest(download);
    assert.deepEqual(text.split('\r\n').slice(1, -1).map((row) => row.slice(0, row.indexOf(','))), numbers);
    assert.equal(Number(stack.databaseValue('SELECT COUNT(*) FROM contract')), total - 1);
  });

  test('a workbook that nobody waits for is not made', { skip: stack.web !== 'nginx' && 'only nginx tells a worker that its reader has gone before there is anything to send' }, async () => {
    const locker = spawn('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--unbuffered', '--skip-column-names', 'supportlevel'], { stdio: ['pipe', 'pipe', 'inherit'] });
    locker.stdin.write("LOCK TABLES contract WRITE; SELECT 'locked';\n");
    await once(locker.stdout, 'data');
    const sent = rowsSent();
    const socket = connect(new URL(stack.baseUrl).port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(rawHead(stack, 'GET', '/contracts.xlsx', { Cookie: cookie }));
    const waiting = () => Number(stack.databaseValue("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'supportlevel' AND STATE LIKE 'Waiting for table metadata lock'"));
    while (waiting() === 0) assert.equal(socket.destroyed, false);
    socket.destroy();
    await once(socket, 'close');
    locker.stdin.end('UNLOCK TABLES;\n');
    await once(locker, 'exit');
    assert.equal((await new Client(stack).get('/healthz')).status, 200);
    await until(transactions, (count) => count === 0);
    assert.ok(rowsSent() - sent < total);
  });

  // ---- memory ----

  const worker = () => readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && statusOf(pid, 'PPid') === stack.state.workers_pid);
  function statusOf(pid, name) {
    try {
      return new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    } catch {
      return undefined;
    }
  }

  /** The most memory that the worker had while it made a file, in KiB. */
  async function peakOf(path) {
    const pid = worker();
    assert.ok(pid, 'a worker');
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    const answer = await viewer.get(path);
    assert.equal(answer.status, 200);
    return Number(statusOf(pid, 'VmHWM'));
  }

  for (const [what, ending, query] of [['CSV', 'csv', ''], ['CSV for Excel', 'csv', '&format=excel'], ['XLSX', 'xlsx', '']]) {
    test(`${what}: a worker needs as much memory for all contracts as for some hundred`, async () => {
      const path = (level) => `/contracts.${ending}?${level}sort=-updated${query}`;
      await peakOf(path('')); // what it needs once
      const some = await peakOf(path('level=L3&'));
      const all = await peakOf(path(''));
      assert.ok(all <= some * 1.1, `${some} KiB and ${all} KiB`);
    });
  }
});
