// node tests/cluster/kill.mjs: a cluster under writes loses one database after the other, first by death, then by silence; prints what was
// acknowledged and what is there, how long nobody could write, and whether who was signed in stayed so; the last line is "N passed, N failed".
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Client, formFields, signedIn } from '../support/client.mjs';
import { NOW, root, TODAY } from '../support/stack.mjs';

const WRITERS = 4;

/** Asks until the answer is as wanted; that it ends at all is seen to by the whole run's limit. */
async function until(answer, wanted) {
  while (!wanted(answer())) await new Promise((resolve) => setTimeout(resolve, 200));
}

/** The first of twelve ports in a row that nobody uses. */
async function freePorts() {
  for (;;) {
    const first = 20000 + 12 * Math.floor(Math.random() * 1000);
    const servers = [];
    const bound = Array.from({ length: 12 }, (_, at) => new Promise((resolve) => {
      servers.push(createServer().on('error', () => resolve(false)).listen(first + at, '127.0.0.1', () => resolve(true)));
    }));
    const free = (await Promise.all(bound)).every(Boolean);
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    if (free) return first;
  }
}

async function startCluster() {
  const port = await freePorts();
  const child = spawn(join(root, 'scripts/cluster.sh'), [], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: String(port), WORKERS: '3', SUPPORTLEVEL_TODAY: TODAY, SUPPORTLEVEL_NOW: NOW, SUPPORTLEVEL_DEVELOPMENT: '0' },
  });
  process.once('exit', () => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const ended = once(child, 'exit');
  let output = '';
  const answered = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (/^login: viewer \S+$/m.test(output)) resolve(true);
      });
    }
  });
  await Promise.race([answered, ended]);
  if (!/^login: viewer/m.test(output)) throw new Error(`the cluster did not start:\n${output}`);
  const logins = Object.fromEntries([...output.matchAll(/^login: (\S+) (\S+)$/gm)].map((found) => [found[1], found[2]]));
  const at = (address) => ({ baseUrl: address.replace(/\/$/, ''), logins });
  return {
    ...at(/^(http:\S+)$/m.exec(output)[1]),
    webNodes: /^web nodes: (\S+) (\S+)$/m.exec(output).slice(1).map(at),
    sockets: /^databases: (.*)$/m.exec(output)[1].split(' '),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The lines of an SQL statement's answer from one database, cells separated by tabs; null when it doesn't answer. */
function ask(socket, sql) {
  const run = spawnSync('mariadb', ['--no-defaults', `--socket=${socket}`, '--batch', '--raw', '--skip-column-names', '--connect-timeout=2', 'supportlevel'],
    { input: sql, encoding: 'utf8', timeout: 10000, maxBuffer: 64 << 20 });
  return run.status === 0 ? run.stdout.split('\n').slice(0, -1) : null;
}

const pidOf = (socket) => Number(readFileSync(join(dirname(socket), 'database/mariadb.pid'), 'utf8'));
const status = (socket, name) => ask(socket, `SELECT variable_value FROM information_schema.global_status WHERE variable_name = '${name}'`)?.[0];
const whole = (cluster) => until(() => cluster.sockets.map((socket) => `${status(socket, 'wsrep_local_state_comment')} ${status(socket, 'wsrep_cluster_size')}`),
  (states) => states.every((state) => state === 'Synced 3'));
/** Of each database: commits that it refused because another database's came first, and statements that it broke off for one. */
const conflicts = (cluster) => cluster.sockets.map((socket) => Number(status(socket, 'wsrep_local_cert_failures')) + Number(status(socket, 'wsrep_local_bf_aborts')));
/** A database that was killed counts anew. */
const added = (before, after) => after.reduce((sum, count, at) => sum + (count < before[at] ? count : count - before[at]), 0);

/** Contracts there are, and those that the triggers counted and folding kept. */
const COUNTS = `SET SESSION wsrep_sync_wait = 1; SELECT (SELECT COUNT(*) FROM contract), (SELECT SUM(contracts) FROM contract_count),
  (SELECT SUM(contracts) FROM contract_day WHERE kind = 0 AND unit = 0) + (SELECT COALESCE(SUM(sign), 0) FROM contract_change), (SELECT COUNT(*) FROM contract_change)`;

/** Writes contracts, one after the other, each looked at by the other web node as soon as it is acknowledged. */
class Writer {
  constructor(cluster, name) {
    this.cluster = cluster;
    this.name = name;
    this.written = [];
    this.unseen = [];
    this.answers = {};
    this.longestOutage = 0;
  }

  async signIn() {
    this.client = await signedIn(this.cluster, 'editor');
    // The same session at both web nodes by themselves.
    this.readers = this.cluster.webNodes.map((node) => Object.assign(new Client(node), { cookies: this.client.cookies }));
    const page = await this.client.get('/contracts/new');
    const form = formFields(page.document.querySelector('form:has([name="number"])'));
    for (const [name, value] of Object.entries({ title: 'Im Verbund', customer_number: this.cluster.customer, type: 'WARTUNG', level: 'L1', starts_on: '2026-01-01' })) form.set(name, value);
    this.form = form;
  }

  async write(number) {
    this.form.set('number', number);
    const answer = await this.client.post('/contracts', this.form).catch((error) => ({ status: error.code ?? error.message }));
    this.answers[answer.status] = (this.answers[answer.status] ?? 0) + 1;
    if (answer.status !== 303) return false;
    this.written.push(number);
    const path = new URL(answer.location, this.cluster.baseUrl).pathname;
    for (const reader of this.readers) {
      const page = await reader.get(path).catch((error) => ({ status: error.code }));
      if ([404, 401, 403, 302, 303].includes(page.status)) this.unseen.push(`${number}: ${page.status}`);
    }
    return true;
  }

  async run() {
    this.goesOn = true;
    let last = performance.now();
    for (let at = 1; this.goesOn; at += 1) {
      if (!(await this.write(`${this.name}-${at}`))) continue;
      this.longestOutage = Math.max(this.longestOutage, performance.now() - last);
      last = performance.now();
    }
  }
}

let passed = 0;
let failed = 0;
function check(what, good, figures) {
  if (good) passed += 1;
  else failed += 1;
  console.log(`${good ? '' : 'FAILED '}${what}: ${figures}`);
}

const cluster = await startCluster();

/** How a database goes away and comes back, and how many writes are acknowledged meanwhile. */
const ways = {
  'not lost': { away: () => {}, back: () => {}, writes: 300 },
  'killed (-9)': { away: (pid) => process.kill(pid, 'SIGKILL'), back: () => {}, writes: 20 },
  'stopped (SIGSTOP)': { away: (pid) => process.kill(pid, 'SIGSTOP'), back: (pid) => process.kill(pid, 'SIGCONT'), writes: 20 },
};

/** One database goes away under load and comes back; then everything acknowledged has to be everywhere, once. */
async function lose(node, how) {
  const socket = cluster.sockets[node];
  const before = conflicts(cluster);
  const writers = Array.from({ length: WRITERS }, (_, at) => new Writer(cluster, `${how.slice(0, 1).toUpperCase()}${node + 1}-${at + 1}`));
  for (const writer of writers) await writer.signIn();
  const running = writers.map((writer) => writer.run());
  const count = () => writers.reduce((sum, writer) => sum + writer.written.length, 0);
  await until(() => count(), (written) => written >= 20);
  const pid = pidOf(socket);
  ways[how].away(pid);
  const atLoss = count();
  try {
    await until(() => count(), (written) => written >= atLoss + ways[how].writes);
  } finally {
    ways[how].back(pid);
  }
  await whole(cluster);
  for (const writer of writers) writer.goesOn = false;
  await Promise.all(running);

  const written = writers.flatMap((writer) => writer.written);
  const name = `database ${node + 1} ${how}`;
  for (const [at, one] of cluster.sockets.entries()) {
    const there = new Set(ask(one, 'SET SESSION wsrep_sync_wait = 1; SELECT number FROM contract'));
    const missing = written.filter((number) => !there.has(number));
    check(`${name}, in database ${at + 1}`, missing.length === 0, `${written.length} acknowledged, ${written.length - missing.length} present ${missing.slice(0, 5).join(' ')}`);
  }
  const [there, counted, inReport, waiting] = ask(cluster.sockets[(node + 1) % 3], COUNTS)[0].split('\t').map(Number);
  check(`${name}, kept counts`, there === counted && there === inReport, `${there} contracts, ${counted} in the list's counts, ${inReport} in the report's (${waiting} changes still to be folded in)`);
  const unseen = writers.flatMap((writer) => writer.unseen);
  check(`${name}, own writes seen at both web nodes at once`, unseen.length === 0, `${2 * written.length - unseen.length} of ${2 * written.length} ${unseen.slice(0, 5).join(', ')}`);
  const kept = (await Promise.all(writers.map((writer) => writer.client.get('/contracts')))).filter((page) => page.status === 200).length;
  check(`${name}, sessions kept`, kept === WRITERS, `${kept} of ${WRITERS}`);
  const answers = {};
  for (const writer of writers) for (const [answer, times] of Object.entries(writer.answers)) answers[answer] = (answers[answer] ?? 0) + times;
  console.log(`    longest time without an acknowledged write: ${(Math.max(...writers.map((writer) => writer.longestOutage)) / 1000).toFixed(1)} s; ` +
    `conflicts met: ${added(before, conflicts(cluster))}; answers: ${JSON.stringify(answers)}`);
}

try {
  cluster.customer = ask(cluster.sockets[0], 'SELECT MIN(number) FROM customer')[0];
  const keyless = ask(cluster.sockets[0], "SELECT table_name FROM information_schema.tables WHERE table_schema = 'supportlevel' AND table_type <> 'VIEW' AND (engine <> 'InnoDB' OR table_name NOT IN " +
    "(SELECT table_name FROM information_schema.statistics WHERE table_schema = 'supportlevel' AND index_name = 'PRIMARY'))");
  check('tables that cannot be replicated', keyless.length === 0, `${keyless.length} ${keyless.join(' ')}`);
  for (const how of Object.keys(ways)) for (const node of how === 'not lost' ? [0] : cluster.sockets.keys()) await lose(node, how);
} catch (error) {
  check('the run', false, error.stack);
} finally {
  await cluster.stop();
}
console.log(`cluster: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
