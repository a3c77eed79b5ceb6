// The same page by other stacks, what no page can be faster than (floor) and than which none can be served faster (ceiling), behind one nginx.
//
//   node tests/bench/peers.mjs --check    compares the peers' tables with ours, cell by cell, and gives a first figure of each
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseHTML } from 'linkedom';
import { Client, signedIn } from '../support/client.mjs';
import { freePort, root, startStack } from '../support/stack.mjs';
import { until } from '../support/until.mjs';

/** The page that all of them show. */
export const PAGE = '/contracts?level=L2&status=active';
const bench = dirname(fileURLToPath(import.meta.url));
const peers = join(bench, 'peers');
const BENCH_USER = 'supportlevel_bench';
const isRoot = process.getuid() === 0;

/** Compiles floor.c; its path. `floor --loop N FILE` prints the seconds of the bare statements. */
function buildFloor() {
  const program = join(root, 'build/bench/floor');
  mkdirSync(dirname(program), { recursive: true });
  const flags = execFileSync('pkg-config', ['--cflags', '--libs', 'libmariadb'], { encoding: 'utf8' }).trim().replace(/-I/g, '-isystem ').split(/\s+/);
  execFileSync(process.env.CC || 'gcc', ['-std=c17', '-D_GNU_SOURCE', '-O2', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Wshadow', '-Werror',
    '-o', program, join(bench, 'floor.c'), ...flags, '-lfcgi'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return program;
}

/** Statements that our worker runs for one page, as bytes with a line each: the server logs them with their values, which it does only for those
 *  prepared while it logs, hence the workers' connections are broken off first. */
async function loggedStatements(stack, client, workers, directory) {
  const log = join(directory, 'general.log');
  const settings = stack.database('SELECT @@GLOBAL.general_log_file, @@GLOBAL.log_output')[0];
  stack.database(`SET GLOBAL log_output = 'FILE', GLOBAL general_log_file = '${log}', GLOBAL general_log = ON`);
  for (const [id] of stack.database("SELECT id FROM information_schema.processlist WHERE user = 'supportlevel'")) stack.database(`KILL ${id}`);
  // nginx gives a page to whichever worker takes it first: all of them shall have prepared everything.
  for (let page = 0; page < 8; page += 1) await Promise.all(Array.from({ length: workers * 2 }, () => client.get(PAGE)));
  stack.database('FLUSH GENERAL LOGS');
  const before = readFileSync(log, 'latin1').length;
  const { text } = await client.get(PAGE);
  stack.database(`SET GLOBAL general_log = OFF, GLOBAL general_log_file = '${settings[0]}', GLOBAL log_output = '${settings[1]}'`);
  const lines = readFileSync(log, 'latin1').slice(before).split('\n');
  const statements = lines.map((line) => /^[^\t]*\t+(?:[\d: ]+\t)? *\d+ Execute\t(.*)$/.exec(line)?.[1]).filter(Boolean);
  if (statements.length < 2 || statements.some((sql) => /= \?/.test(sql))) throw new Error(`the page's statements were not logged whole:\n${lines.join('\n').slice(0, 2000)}`);
  return { statements: Buffer.from(`${statements.join('\n')}\n`, 'latin1'), html: text };
}

/** The peers' account goes; their session ends as every other. */
export const forgetPeers = (stack) => stack.database(`DROP USER IF EXISTS ${BENCH_USER}@localhost`);

/** What startPeers needs of a running stack and a client that is signed in: an account of the peers' own, the session also by the hash that
 *  all of their stacks bring (SHA-256), the page and its statements. `directory` must be one that the database may write to. */
export async function describePage(stack, client, { workers = 2, directory }) {
  const password = randomBytes(16).toString('hex');
  const cookie = client.cookies.get('supportlevel_session');
  const hash = createHash('sha256').update(Buffer.from(cookie, 'base64url')).digest('hex');
  stack.database(`CREATE OR REPLACE USER ${BENCH_USER}@localhost IDENTIFIED BY '${password}'; GRANT SELECT ON supportlevel.* TO ${BENCH_USER}@localhost;
    INSERT INTO session (id_hash, user_id, created_at, used_at) SELECT x'${hash}', id, UTC_TIMESTAMP(), UTC_TIMESTAMP() FROM user WHERE name = 'viewer'`);
  return { socket: stack.state.database_socket, user: BENCH_USER, password, cookie, workers, directory, ...await loggedStatements(stack, client, workers, directory) };
}

/** A program of this run; `stop` ends it and waits for its end. */
function start(name, directory, environment, program, args, signal = 'SIGTERM') {
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', program, ...args], { cwd: directory, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output = (output + text).slice(-4000); });
  const ended = new Promise((resolve) => child.on('close', resolve));
  return {
    complaint: () => {
      const log = join(directory, `${name}.log`);
      return `${name}: ${child.exitCode === null ? '' : `ended with ${child.exitCode} `}${output}${existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : ''}\n`;
    },
    stop: async () => {
      child.kill(signal);
      await ended;
    },
  };
}

function fpmConfiguration(directory, workers) {
  const path = join(directory, 'php-fpm.conf');
  writeFileSync(path, `[global]\nerror_log = ${directory}/php.log\ndaemonize = no\n[peer]\nlisten = ${directory}/php.sock\n`
    + `${isRoot ? 'user = root\ngroup = root\n' : ''}pm = static\npm.max_children = ${workers}\nclear_env = no\ncatch_workers_output = yes\n`);
  return ['--fpm-config', path, '--nodaemonize', ...(isRoot ? ['--allow-to-run-as-root'] : []),
    '-d', 'opcache.enable=1', '-d', 'opcache.validate_timestamps=0', '-d', 'opcache.jit_buffer_size=0', '-d', 'display_errors=0'];
}

function nginxConfiguration(directory, port) {
  const words = { USER: isRoot ? 'user root;' : '', DIRECTORY: directory, PEERS: peers, PORT: port };
  const path = join(directory, 'nginx.conf');
  writeFileSync(path, readFileSync(join(peers, 'nginx.conf'), 'utf8').replace(/@(USER|DIRECTORY|PEERS|PORT)@/g, (_, word) => words[word]));
  return ['-p', directory, '-c', path, '-e', join(directory, 'nginx.log')];
}

const scriptPath = (script) => execFileSync(join(root, script), { encoding: 'utf8' }).trim();
const fastcgi = (directory, name, workers, program, ...args) => ['-n', '-s', join(directory, `${name}.sock`), '-M', '0600', '--',
  '/usr/bin/multiwatch', '-f', String(workers), '-s', 'TERM', '--', program, ...args];

/** Starts the peers, the floor and the ceiling, each with `workers` processes; takes what describePage gave. Resolves when each has shown the page:
 *  a list of { name, url, headers, stop }; `stop` of any ends that one, nginx ends with the last. */
export async function startPeers({ socket, user, password, cookie, workers, directory, statements, html }) {
  if (!existsSync(join(peers, 'node/node_modules'))) execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: join(peers, 'node'), stdio: 'inherit' });
  const environment = { BENCH_SOCKET: socket, BENCH_USER: user, BENCH_PASSWORD: password, BENCH_WORKERS: String(workers), BENCH_LISTEN: join(directory, 'node.sock'),
    BENCH_CACHE: join(directory, 'xslate'),
    // The unpacked PHP-FPM has no list of modules of its own.
    PHP_INI_SCAN_DIR: '/etc/php/8.2/cli/conf.d' };
  writeFileSync(join(directory, 'statements.sql'), statements);
  mkdirSync(join(directory, 'ceiling'), { recursive: true });
  writeFileSync(join(directory, 'ceiling/contracts'), html);
  const run = (name, program, args, signal) => start(name, directory, environment, program, args, signal);
  const programs = {
    php: run('php', scriptPath('tests/bench/peers/php/php-fpm.sh'), fpmConfiguration(directory, workers)),
    python: run('python', 'uwsgi', ['--plugin', 'python3', '--master', '--die-on-term', '--processes', String(workers), '--socket', join(directory, 'python.sock'),
      '--wsgi-file', join(peers, 'python/page.py'), '--disable-logging', '--lazy-apps', '--need-app']),
    perl: run('perl', 'spawn-fcgi', fastcgi(directory, 'perl', workers, join(peers, 'perl/page.pl'))),
    node: run('node', process.execPath, [join(peers, 'node/page.js')]),
    floor: run('floor', 'spawn-fcgi', fastcgi(directory, 'floor', workers, buildFloor(), join(directory, 'statements.sql'))),
    ceiling: null,
  };
  const port = await freePort();
  const nginx = run('nginx', scriptPath('scripts/nginx.sh'), nginxConfiguration(directory, port), 'SIGQUIT');
  let left = Object.keys(programs).length;
  const stopOne = async (program) => {
    await program?.stop();
    left -= 1;
    if (left === 0) await nginx.stop();
  };
  const list = Object.entries(programs).map(([name, program]) => ({
    name, url: `http://127.0.0.1:${port}/${name}${PAGE}`, headers: { cookie: `supportlevel_session=${cookie}` }, stop: () => stopOne(program),
    complaint: () => `${program?.complaint() ?? ''}${nginx.complaint()}`,
  }));
  try {
    for (const peer of list) await answers(peer);
  } catch (error) {
    for (const peer of list) await peer.stop();
    throw error;
  }
  return list;
}

const fetched = (peer) => new Client({ baseUrl: peer.url }).request(peer.url, { headers: peer.headers });

async function answers(peer) {
  try {
    await until(() => fetched(peer).catch((error) => error), (answer) => answer.status === 200);
  } catch (error) {
    throw new Error(`${peer.name}: ${error.message}\n${peer.complaint()}`);
  }
}

/** Visible text and links of the table, and the options of the form above it. */
function visible(html) {
  const { document } = parseHTML(html);
  const text = (element) => element.textContent.replace(/\s+/g, ' ').trim();
  const cells = [...document.querySelectorAll('table.contracts tr')].map((row) => [...row.querySelectorAll('th, td')]
    .map((cell) => `${text(cell)} ${row.closest('tbody') ? cell.querySelector('a')?.getAttribute('href') ?? '' : ''}`.trim()));
  const options = [...document.querySelectorAll('form.filter option, form.filter label.choice:not([hidden])')]
    .map((option) => `${text(option)} ${option.hasAttribute('selected') || option.querySelector('[checked]') ? 'chosen' : ''}`.trim());
  return [...cells, options, [text(document.querySelector('.total'))]];
}

/** The first difference in words, or nothing. */
function difference(ours, theirs) {
  const [wanted, found] = [visible(ours), visible(theirs)];
  if (wanted.length !== found.length) return `${found.length} rows, not ${wanted.length}`;
  for (const [row, cells] of wanted.entries()) {
    for (const [column, cell] of cells.entries()) {
      if (found[row][column] !== cell) return `row ${row}, column ${column + 1}: "${found[row][column]}", not "${cell}"`;
    }
    if (found[row].length !== cells.length) return `row ${row}: ${found[row].length} cells, not ${cells.length}`;
  }
  const ratio = Buffer.byteLength(theirs) / Buffer.byteLength(ours);
  return ratio > 0.8 && ratio < 1.2 ? '' : `${ratio.toFixed(2)} times our bytes`;
}

function firstFigure(url, headers) {
  const run = spawnSync('wrk', ['-t2', '-c8', '-d5', ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]), url], { encoding: 'utf8' });
  const bad = /Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)/.exec(run.stdout);
  if (bad || run.status !== 0) throw new Error(`${url}: ${bad?.[0] ?? run.stderr}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(run.stdout)[1]);
}

async function compare(stack, list, html, cookie) {
  const ours = { name: 'ours', url: stack.baseUrl + PAGE, headers: { cookie: `supportlevel_session=${cookie}` } };
  let different = 0;
  for (const peer of list.filter(({ name }) => name !== 'floor')) {
    const { text, bytes } = await fetched(peer);
    const found = difference(html, text);
    if (found) different += 1;
    console.log(`${peer.name}: ${found || 'OK'} (${bytes.length} bytes, ours ${Buffer.byteLength(html)})`);
  }
  for (const peer of [ours, ...list]) console.log(`${peer.name}: ${firstFigure(peer.url, peer.headers).toFixed(0)} pages/s`);
  return different;
}

async function check() {
  const stack = await startStack({ WEB: 'nginx', WORKERS: '2' });
  const directory = mkdtempSync(join(tmpdir(), 'supportlevel-peers-'));
  let list = [];
  try {
    const generated = stack.tool(['generate', '--contracts', '20000']);
    if (generated.status !== 0) throw new Error(generated.stderr);
    const page = await describePage(stack, await signedIn(stack, 'viewer'), { workers: 2, directory });
    list = await startPeers(page);
    return await compare(stack, list, page.html, page.cookie);
  } finally {
    for (const peer of list) await peer.stop();
    await stack.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] !== '--check') throw new Error('usage: node tests/bench/peers.mjs --check');
  process.exitCode = (await check()) === 0 ? 0 : 1;
}
