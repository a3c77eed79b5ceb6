// The whole product for tests: database, workers and web server in a directory of their own, started by the script that `make run` uses.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Where the programs are, below the root: another directory holds those that are built with sanitizers. */
export const build = process.env.BUILD || 'build';

/** The product's "today" of every test, unless it asks for another. */
export const TODAY = '2026-02-11';
/** … and its "now", a Wednesday morning. */
export const NOW = `${TODAY}T10:15`;

/** A port of this machine that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Where a running stack is and who may sign in; made by startStack, or of the stack that the test run shares. */
export class Stack {
  constructor(facts) {
    Object.assign(this, facts);
  }

  /** Rows of texts for an SQL statement, run as the database's owner; NULL is null. */
  database(sql) {
    const run = spawnSync('mariadb', ['--no-defaults', `--socket=${this.state.database_socket}`, '--batch', '--raw', '--skip-column-names',
      '--default-character-set=utf8mb4', 'supportlevel'], { input: sql, encoding: 'utf8', maxBuffer: 64 << 20 });
    if (run.status !== 0) throw new Error(`${run.stderr.trim()}\n${sql}`);
    return run.stdout.split('\n').slice(0, -1).map((line) => line.split('\t').map((cell) => (cell === 'NULL' ? null : cell)));
  }

  /** The first cell of the first row. */
  databaseValue(sql) {
    return this.database(sql)[0]?.[0] ?? null;
  }

  /** The workers' log as objects, of one event or of all. */
  log(event) {
    const lines = readFileSync(join(this.directory, 'log/workers.log'), 'utf8').split('\n').filter((line) => line.startsWith('time='));
    const read = (line) => Object.fromEntries([...line.matchAll(/(\w+)=("(?:\\.|[^"\\])*"|\S*)/g)].map(([, name, value]) => [name, value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value]));
    return lines.map(read).filter((line) => !event || line.event === event);
  }

  /** What the workers logged of faults, as it stands there. */
  errors() {
    return readFileSync(join(this.directory, 'log/workers.log'), 'utf8').split('\n').filter((line) => / event=(error|fault) /.test(line));
  }

  /** Runs the `supportlevel` command as the database's owner. */
  tool(args, input = '', environment = {}) {
    const user = spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim();
    return spawnSync(join(root, build, 'supportlevel'), args, {
      input, encoding: 'utf8', cwd: root,
      env: { ...process.env, SUPPORTLEVEL_TODAY: TODAY,
        SUPPORTLEVEL_DATABASE_URL: `mariadb://${user}@localhost/supportlevel?socket=${this.state.database_socket}`, LC_ALL: 'C.UTF-8', ...environment },
    });
  }
}

function readState(directory) {
  const lines = readFileSync(join(directory, 'running'), 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

/** What the sanitizers, or valgrind (which begins its lines with ==PID==), wrote of the workers; "" when they found nothing. */
function reports(directory) {
  const lines = readFileSync(join(directory, 'log/workers.log'), 'utf8').split('\n');
  const first = lines.findIndex((line) => /ERROR: (Address|Leak)Sanitizer|: runtime error: |^==\d+== /.test(line));
  return first < 0 ? '' : lines.slice(first, first + 60).join('\n');
}

/** Starts a stack; resolves when it answers. With COMPANY=empty nobody can sign in yet: `setupLink` is the address that was printed. `environment` adds to WEB, PORT, WORKERS … of scripts/run.sh; a VAR of its own is kept when it stops. `ended` resolves when it has. */
export async function startStack(environment = {}, wantedPort = null) {
  const directory = environment.VAR ?? mkdtempSync(join(tmpdir(), 'supportlevel-test-'));
  const port = wantedPort ?? await freePort();
  const child = spawn(join(root, 'scripts/run.sh'), [], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, WORKERS: '3', BUFFER_POOL: '64M', SUPPORTLEVEL_TODAY: TODAY, SUPPORTLEVEL_NOW: NOW, SUPPORTLEVEL_DEVELOPMENT: '0', DATABASE: '', MOUNT: '',
      ...environment, PORT: String(port), VAR: directory },
  });
  // Also when a test file breaks off before it can stop what it started.
  process.once('exit', () => child.kill('SIGTERM'));
  let output = '';
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const answered = new Promise((resolve) => {
    const read = (text) => {
      output += text;
      if (/^login: viewer \S+$|^http\S+\/setup\?token=\S+$/m.test(output)) resolve('answered');
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
  });
  if ((await Promise.race([answered, ended])) !== 'answered') {
    if (!environment.VAR) rmSync(directory, { recursive: true, force: true });
    throw new Error(`the stack did not start:\n${output}`);
  }
  const logins = Object.fromEntries([...output.matchAll(/^login: (\S+) (\S+)$/gm)].map((found) => [found[1], found[2]]));
  const state = readState(directory);
  const stack = new Stack({ baseUrl: state.address.replace(/\/$/, ''), port, logins, directory, state, web: environment.WEB || process.env.WEB || 'apache', setupLink: /^http\S+\/setup\?token=\S+$/m.exec(output)?.[0] });
  stack.ended = ended;
  stack.stop = async () => {
    child.kill('SIGTERM');
    await ended;
    const found = reports(directory);
    if (!process.env.KEEP_STACK && !environment.VAR) rmSync(directory, { recursive: true, force: true });
    if (found) throw new Error(`what the workers were run with found:\n${found}`);
  };
  return stack;
}

/** The stack that all test files of a run share (run.mjs starts it). */
export function sharedStack() {
  if (!process.env.TEST_STACK) throw new Error('run tests by: node tests/run.mjs http|content|browser [file …]');
  return new Stack(JSON.parse(process.env.TEST_STACK));
}
