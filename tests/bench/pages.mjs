// What a page costs: beside a worker that only runs its statements (the floor), nginx sending it as a file (the ceiling) and the same page of other stacks; where its time goes;
// how it grows with the number of contracts, by filter, sort and depth; and what a worker's memory does.
// BENCH_ROWS (1m; 10m adds ten million), BENCH_ROUNDS (5), BENCH_SECONDS (2: of a round), BENCH_REQUESTS (1m: mixed requests for the memory), BENCH_ONLY (speed, growth, memory).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signedIn } from '../support/client.mjs';
import { childrenOf } from '../support/processes.mjs';
import { workers as workersOf } from '../support/workers.mjs';
import { startCompany } from './company.mjs';
import { shares } from './instructions.mjs';
import { count, median, peakMemory, report, residentMemory, table } from './measure.mjs';
import { describePage, forgetPeers, PAGE, startPeers } from './peers.mjs';

const ROWS = count('BENCH_ROWS', 1e6);
const ROUNDS = count('BENCH_ROUNDS', 5);
const SECONDS = count('BENCH_SECONDS', 2);
const REQUESTS = count('BENCH_REQUESTS', 1e6);
const ONLY = process.env.BENCH_ONLY || '';
const wanted = (part) => ONLY === '' || ONLY === part;

const directory = mkdtempSync(join(tmpdir(), 'supportlevel-bench-'));
chmodSync(directory, 0o755);
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
const stopped = [];
const stopAll = async () => { for (const stop of stopped.splice(0).reverse()) await stop(); };
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopAll().then(() => process.exit(1)));

async function company(rows, environment = {}) {
  const stack = await startCompany(rows, environment);
  stopped.push(() => stack.stop());
  return stack;
}

const cookieOf = (client) => [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
const name = (rows) => (rows >= 1e6 ? `${rows / 1e6} million` : rows.toLocaleString('en'));

// ---- load ----

/** `wrk` on an address: answers a second; none may be anything but 2xx or 3xx. */
function load(url, headers, { seconds = SECONDS, connections = 8, script } = {}) {
  const options = ['--threads', '2', '--connections', String(connections), '--duration', `${seconds}s`, '--timeout', '30s', ...(script ? ['--script', script] : [])];
  for (const [header, value] of Object.entries(headers)) options.push('--header', `${header}: ${value}`);
  return new Promise((resolve, reject) => {
    const child = spawn('wrk', [...options, url], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece) => { text += piece; });
    child.on('error', reject);
    child.on('close', () => {
      const failed = /Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)/.exec(text);
      const rate = /Requests\/sec:\s+([\d.]+)/.exec(text);
      const requests = /(\d+) requests in/.exec(text);
      if (failed || !rate) reject(new Error(`${url}: ${failed?.[0] ?? text}`));
      else resolve({ rate: Number(rate[1]), requests: Number(requests[1]) });
    });
  });
}

/** Processor time that a process and its children have used, in µs. */
function processorTime(...pids) {
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) * 1e4;
  }, 0);
}

const partsOf = (stack) => ({ 'web server': childrenOf(stack.state.web_pid), worker: workersOf(stack), database: [Number(stack.state.database_pid)] });

// ---- speed ----

const ratio = (numbers, own) => (median(numbers) / median(own)).toFixed(2);

async function speed(stack) {
  const viewer = await signedIn(stack, 'viewer');
  const page = await viewer.get(PAGE);
  assert.equal(page.status, 200);
  const cookie = cookieOf(viewer);
  const described = await describePage(stack, viewer, { directory });
  stopped.push(() => forgetPeers(stack));
  const peers = await startPeers(described);
  for (const peer of peers) stopped.push(() => peer.stop());
  const candidates = [
    { name: 'the page', url: stack.baseUrl + PAGE, headers: { cookie } },
    { name: 'asked for again', url: stack.baseUrl + PAGE, headers: { cookie, 'if-none-match': page.headers.get('etag') } },
    ...peers,
  ];
  const rates = Object.fromEntries(candidates.map((candidate) => [candidate.name, []]));
  for (const candidate of candidates) await load(candidate.url, candidate.headers, { seconds: 1 });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const candidate of candidates) {
      const { rate } = await load(candidate.url, candidate.headers);
      rates[candidate.name].push(rate);
      process.stderr.write(`round ${round + 1} of ${ROUNDS}: ${candidate.name} ${Math.round(rate)}/s\n`);
    }
  }
  const own = rates['the page'];
  const goals = { 'asked for again': '5', floor: '0.90', php: '1.6', node: '2.2', python: '2.8', perl: '4' };
  const lines = candidates.map(({ name: candidate }) => {
    const figure = candidate === 'the page' ? '1.00' : candidate === 'asked for again' ? ratio(rates[candidate], own) : ratio(own, rates[candidate]);
    return [candidate, Math.round(median(rates[candidate])), Math.round(Math.min(...rates[candidate])), Math.round(Math.max(...rates[candidate])), figure, goals[candidate] ?? ''];
  });
  return { text: table([['', 'a second', 'least', 'most', 'ratio', 'goal'], ...lines].map((line) => line.map(String))), cookie, bytes: page.bytes.length, statements: described.statements.toString('latin1').trim().split('\n').length };
}

// ---- where the time goes ----

async function parts(stack, cookie) {
  const found = Object.fromEntries(Object.keys(partsOf(stack)).map((part) => [part, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = Object.entries(partsOf(stack)).map(([part, pids]) => [part, processorTime(...pids)]);
    const { requests } = await load(stack.baseUrl + PAGE, { cookie }, { connections: 2 });
    for (const [part, time] of before) found[part].push((processorTime(...partsOf(stack)[part]) - time) / requests);
  }
  const goals = { database: '250' };
  const lines = Object.entries(found).map(([part, times]) => [part, Math.round(median(times)), Math.round(Math.min(...times)), Math.round(Math.max(...times)), goals[part] ?? '']);
  const worker = median(found.worker);
  const shared = await shares(stack, PAGE, cookie);
  const split = Object.entries(shared.parts).map(([part, share]) => [`  ${part}`, Math.round(worker * share), '', '', part === 'all but the query' ? '100' : '']);
  return `${table([['µs of processor time a page', 'middle', 'least', 'most', 'goal'], ...lines, ...split].map((line) => line.map(String)))}\n\n`
    + `The worker's parts by their shares of its ${Math.round(shared.instructions / 1000).toLocaleString('en')} thousand instructions a page (callgrind).`;
}

// ---- growth ----

/** The address that a selection is led to: its parameters in their order. */
async function canonical(client, path) {
  const answer = await client.get(path);
  assert.ok([200, 303].includes(answer.status), `${path}: ${answer.status}`);
  return answer.location ?? path;
}

/** The last page of a chain of cursors, `pages` further. */
async function pageFurther(client, address, pages) {
  for (let page = 1; page < pages; page += 1) {
    const next = (await client.get(address)).document.querySelector('a[rel="next"]')?.getAttribute('href');
    if (!next) return null;
    address = next;
  }
  return address;
}

/** One thing asked for by one connection that stays: milliseconds. */
function ask(agent, stack, cookie, path) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const asked = request(path.startsWith('http') ? path : stack.baseUrl + path, { agent, headers: { cookie } }, (response) => {
      response.on('data', () => {});
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - begin);
        else reject(new Error(`${path}: ${response.statusCode}`));
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

const SORTS = ['number', 'title', 'customer', 'level', 'type', 'status', 'starts', 'ends', 'notice', 'value', 'updated'];

/** What is asked for, by what it may cost: against the same of the smallest company, or against the list page of its own. */
function addresses() {
  const word = 'Kassensystem';
  const list = [
    ['/contracts', 'all'],
    [PAGE, 'level and status'],
    ['/contracts?level=none', 'without level'],
    ['/contracts?level=L1&level=L2&level=none&status=active', 'several levels'],
    ['/contracts?status=active&type=MIETE', 'status and type'],
    ['/contracts?responsible=editor', 'responsible'],
    ['/contracts?customer=G-0000500', 'customer'],
    ['/contracts?notice_from=today&notice_to=%2B30d', 'notice in 30 days'],
    ['/contracts?ends_to=%2B90d&status=active', 'ends in 90 days'],
    ['/contracts?starts_from=-1m', 'started in a month'],
    ['/contracts?value_from=1000&value_to=1100', 'value'],
    ['/contracts?on=2025-06-30', 'in force on a day'],
    ['/contracts?level=L3&responsible=editor&value_from=500', 'level, responsible, value'],
    ...SORTS.flatMap((sort) => [[`/contracts?status=active&sort=${sort}`, `by ${sort}`], [`/contracts?status=active&sort=-${sort}`, `by ${sort}, turned`]]),
  ].map(([path, what]) => ({ path, what, against: 'size', goal: 1.5 }));
  return { list, others: [
    { path: `/contracts?q=${word}`, what: 'one word', against: 'list', goal: 5 },
    { path: `/contracts?q=${encodeURIComponent('kassen bäck')}`, what: 'two word beginnings', against: 'list', goal: 5 },
    { path: `/contracts?q=${encodeURIComponent('netz haupt')}`, what: 'two frequent ones', against: 'list', goal: 5 },
    { path: '/contracts?q=G-00000500', what: 'a number', against: 'list', goal: 5 },
    { path: '/reports/levels', what: 'level report', against: 'list', goal: 3 },
    { path: '/', what: 'overview', against: 'list', goal: 3 },
    { path: '/entitlement?customer=G-0000500', what: 'entitlement', against: 'list', goal: '' },
    { path: '/customers', what: 'customers', against: 'list', goal: '' },
    { path: '/contracts.json?level=L2&status=active', what: 'the list as JSON', against: 'list', goal: '' },
    { path: '/contracts.csv?customer=G-0000500', what: 'a customer as CSV', against: 'list', goal: '' },
    { path: '/contracts.xlsx?customer=G-0000500', what: 'a customer as XLSX', against: 'list', goal: '' },
  ] };
}

/** Of each company a customer with as many contracts as that one has in the smallest. */
function sameCustomers(stacks) {
  const having = (count) => `SELECT number FROM customer WHERE number LIKE 'G-%' AND (SELECT COUNT(*) FROM contract WHERE customer_id = customer.id) = ${count} LIMIT 1`;
  const [first] = stacks.values();
  const contracts = first.databaseValue("SELECT COUNT(*) FROM contract JOIN customer ON customer.id = customer_id WHERE customer.number = 'G-0000500'");
  return new Map([...stacks].map(([size, stack]) => [size, stack.databaseValue(having(contracts))]));
}

async function growth(stacks) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sizes = [...stacks.keys()];
  const clients = new Map();
  for (const [rows, stack] of stacks) clients.set(rows, await signedIn(stack, 'viewer'));
  const customers = sameCustomers(stacks);
  const { list, others } = addresses();
  const rows = [...list, ...others];
  // The same cursor page of each size, as far in as the smallest has pages, and much further.
  for (const [pages, what] of [[2000, 'page 2,000 by cursor']]) rows.push({ what, against: 'first', goal: 1.2, pages, first: '/contracts?level=L2&status=active' });
  for (const row of rows) {
    row.times = new Map(sizes.map((size) => [size, []]));
    row.paths = new Map();
    for (const size of sizes) {
      const path = row.path?.replace('G-0000500', customers.get(size));
      row.paths.set(size, row.pages ? await pageFurther(clients.get(size), row.first, row.pages) : await canonical(clients.get(size), path));
    }
  }
  for (let round = -1; round < Math.max(9, ROUNDS); round += 1) {
    for (const row of rows) {
      for (const size of sizes) {
        if (row.paths.get(size) === null) continue;
        const time = await ask(agent, stacks.get(size), cookieOf(clients.get(size)), row.paths.get(size));
        if (round >= 0) row.times.get(size).push(time);
      }
    }
    process.stderr.write(`growth: round ${round + 2} of ${Math.max(9, ROUNDS) + 1}\n`);
  }
  agent.destroy();
  const largest = sizes.at(-1);
  const page = rows.find((row) => row.path === PAGE);
  const lines = rows.map((row) => {
    const times = sizes.map((size) => row.times.get(size));
    const base = { size: times[0], list: page.times.get(largest), first: page.times.get(largest) }[row.against];
    const last = times.at(-1);
    return [row.what, ...times.map((list_) => (list_.length ? median(list_).toFixed(1) : '–')), last.length && base.length ? (median(last) / median(base)).toFixed(2) : '', { size: `the same of ${name(sizes[0])}`, list: 'level and status', first: 'its first page' }[row.against], String(row.goal)];
  });
  return table([['ms, one after the other', ...sizes.map(name), 'ratio', 'to', 'goal'], ...lines]);
}

// ---- memory ----

/** Pages, filters, files and programs' answers, as `wrk` asks for them one after the other. */
async function mixture(stack, viewer) {
  const { list, others } = addresses();
  const contract = stack.databaseValue('SELECT MIN(id) FROM contract');
  // Not those that take the database long: they would be most of the time, and nothing else of the worker's memory.
  const long = /_from=|_to=|on=|q=|responsible=/;
  const paths = [...list, ...others].map((row) => row.path).filter((path) => !long.test(path)).concat([`/contracts/${contract}`, `/contracts/${contract}/history`, '/levels', '/levels/compare', '/views', '/requests',
    '/healthz', '/contracts.csv?customer=G-0000501', '/contracts.ics?customer=G-0000500', '/entitlement.json?customer=G-0000500', '/settings/calendars', '/contracts/columns', '/openapi.json']);
  const asked = [];
  for (const path of paths) asked.push(await canonical(viewer, path));
  const file = join(directory, 'mixture.lua');
  writeFileSync(file, `local paths = {${asked.map((path) => `"${path}"`).join(', ')}}\nlocal at = 0\nrequest = function()\n  at = at % #paths + 1\n  return wrk.format("GET", paths[at])\nend\n`);
  return file;
}

async function memory(stack) {
  const viewer = await signedIn(stack, 'viewer');
  const script = await mixture(stack, viewer);
  const cookie = cookieOf(viewer);
  let sent = (await load(stack.baseUrl, { cookie }, { seconds: 10, script })).requests;
  const began = workersOf(stack);
  const before = began.map(residentMemory);
  const warm = sent;
  while (sent < REQUESTS + warm) {
    sent += (await load(stack.baseUrl, { cookie }, { seconds: 30, script })).requests;
    process.stderr.write(`memory: ${sent - warm} of ${REQUESTS} requests\n`);
  }
  assert.deepEqual(workersOf(stack), began, 'the workers are still those that began');
  const after = began.map(residentMemory);
  const lines = began.map((pid, worker) => [`worker ${worker + 1}`, before[worker].own.toFixed(1), after[worker].own.toFixed(1), `${((after[worker].own / before[worker].own - 1) * 100).toFixed(1)} %`,
    before[worker].all.toFixed(1), after[worker].all.toFixed(1), peakMemory(pid).toFixed(1)]);
  return `${table([[`MiB, ${(sent - warm).toLocaleString('en')} mixed requests`, 'own before', 'own after', 'change', 'resident before', 'after', 'most'], ...lines])}\n\n`
    + 'Own: what the worker has for itself; resident: with the pages of libraries and program files that all processes share. The most is that of a sign-in, whose password check takes 256 MiB on purpose.';
}

// ---- all of it ----

try {
  const body = [];
  const base = await company(1e6, { SUPPORTLEVEL_WORKER_REQUESTS: String(REQUESTS * 10) });
  if (wanted('speed')) {
    const { text, cookie, bytes, statements } = await speed(base);
    body.push(`The page ${PAGE} (50 rows, ${(bytes / 1024).toFixed(0)} KiB, ${statements} statements), a million contracts, two workers behind nginx. Of the others the ratio is the page's rate to theirs.\n\n${text}`);
    body.push(await parts(base, cookie));
  }
  if (wanted('growth')) {
    const stacks = new Map([[1e4, await company(1e4)], [1e6, base]]);
    if (ROWS > 1e6) stacks.set(ROWS, await company(ROWS));
    body.push(await growth(stacks));
  }
  if (wanted('memory')) body.push(await memory(base));
  report(`pages-${ROWS}${ONLY && `-${ONLY}`}`, 'What a page costs', body.join('\n\n'));
} finally {
  await stopAll();
}
