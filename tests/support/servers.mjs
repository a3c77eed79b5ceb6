// Servers that sign people in, and web servers that let them: each on a free port, ended by its id and at the latest with the test.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort, root } from './stack.mjs';
import { until } from './until.mjs';

const MODULES = '/usr/lib/apache2/modules';
const ADDITIONS = join(root, 'system/sign-in');
/** Where Debian has libraries: usr/lib/x86_64-linux-gnu. */
export const LIBRARIES = `usr/lib/${spawnSync('gcc', ['-print-multiarch'], { encoding: 'utf8' }).stdout.trim()}`;

const answers = (port) => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() && true)).on('error', () => resolve(false));
});

/** Where a Debian package's program is, installed or unpacked, and with it the files named of its package. */
export function unpacked(debianPackage, program, ...files) {
  const run = spawnSync(join(root, 'scripts/unpack.sh'), [debianPackage, program, ...files], { encoding: 'utf8', cwd: root });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout.trim();
}

/** What a test file starts and where it keeps things; `stop` ends and removes all of it. */
export class Servers {
  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), 'supportlevel-sso-'));
    chmodSync(this.directory, 0o755);
    this.children = [];
  }

  /** Writes a file; where it is. */
  file(name, text, mode = 0o644) {
    const path = join(this.directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode });
    return path;
  }

  /** Runs a program to its end; what it printed. */
  run(program, args, { input = '', environment = {}, fails = false } = {}) {
    const run = spawnSync(program, args, { input, encoding: 'utf8', env: { ...process.env, ...environment }, timeout: 60000 });
    if ((run.status !== 0) !== fails) throw new Error(`${program} ${args.join(' ')}: ${run.status} ${run.error ?? ''}\n${run.stdout}${run.stderr}`);
    return run.stdout;
  }

  /** Starts a server; resolves when it takes connections at the port. The kernel ends it with this process. */
  async start(port, program, args, environment = {}) {
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { said += text; });
    child.ended = new Promise((resolve) => child.on('exit', resolve));
    this.children.push(child);
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`);
      return answers(port);
    }, Boolean);
  }

  /** The web server of a stack that runs behind Apache once more, on a port of its own: with an addition's file, what it defines and the modules it needs. Gives its address. */
  async startApache(stack, addition, { modules, defines, environment, host = 'localhost', text = '' }) {
    const port = await freePort();
    const running = join(dirname(dirname(stack.state.worker_socket)), 'web/apache.conf');
    const own = readFileSync(running, 'utf8').replaceAll(`:${stack.port}`, `:${port}`)
      .replace(/^PidFile .*$/m, `PidFile "${this.directory}/apache${port}.pid"`).replace(/^ErrorLog .*$/m, `ErrorLog "${this.directory}/apache.log"`)
      .replace(/^(DefaultRuntimeDir) .*$/m, `$1 "${this.directory}"`)
      .replace(/^Define SUPPORTLEVEL_ADDITIONS .*$/m, `Define SUPPORTLEVEL_ADDITIONS "${this.addition(addition)}"`);
    const loaded = modules.map((module) => `LoadModule ${module}_module ${MODULES}/mod_${module}.so\n`).join('');
    const defined = Object.entries(defines).map(([name, value]) => `Define ${name} "${value}"\n`).join('');
    const configuration = this.file(`apache${port}.conf`, own.replace(/^ServerRoot /m, `${loaded}${defined}$&`) + text);
    await this.start(port, '/usr/sbin/apache2', ['-f', configuration, '-DFOREGROUND'], environment);
    return `http://${host}:${port}`;
  }

  /** A copy of an addition, with the words filled in that an installation fills in. */
  addition(name) {
    return this.file(`additions/${name}`, readFileSync(join(ADDITIONS, name), 'utf8').replaceAll('@SYSCONFDIR@', this.directory));
  }

  /** nginx's program with the stack's workers and the addition that asks an Apache, which listens at another port here. */
  async startNginx(stack, apachePort) {
    const port = await freePort();
    const site = readFileSync(join(root, 'nginx.conf'), 'utf8').replace(/^#.*\n/gm, '');
    const addition = this.file('nginx/sign-in.conf', readFileSync(join(ADDITIONS, 'nginx.conf'), 'utf8').replace('127.0.0.1:8099', `127.0.0.1:${apachePort}`));
    const words = { LISTEN: `127.0.0.1:${port}`, MOUNT: '', STATIC: join(root, 'static'), SOCKET: stack.state.worker_socket, BODY_LIMIT: '1048576', UPLOAD_LIMIT: '67108864',
      LOG: join(this.directory, 'nginx.access.log'), ADDITIONS: addition };
    this.file('nginx/site.conf', site.replace(/@([A-Z_]+)@/g, (_, word) => words[word]));
    const places = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map((kind) => `${kind}_temp_path ${this.directory}/nginx/${kind};\n`).join('');
    const configuration = this.file('nginx/nginx.conf', `daemon off;\n${process.getuid() === 0 ? 'user www-data;\n' : ''}worker_processes 1;\npid ${this.directory}/nginx.pid;
error_log ${this.directory}/nginx.log;\nevents { worker_connections 64; }\nhttp {\n${places}include ${this.directory}/nginx/site.conf;\n}\n`);
    await this.start(port, unpacked('nginx', 'usr/sbin/nginx'), ['-p', this.directory, '-c', configuration, '-e', `${this.directory}/nginx.log`]);
    return `http://localhost:${port}`;
  }

  async stop() {
    for (const child of this.children.reverse()) {
      child.kill('SIGTERM');
      await child.ended;
    }
    if (!process.env.KEEP_STACK) rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Makes a user without a password, as an administrator does for people whom the web server signs in. */
export function addUser(stack, name, role = 'viewer') {
  const run = stack.tool(['user', 'add', name, '--role', role, '--display-name', `${name} Beispiel`, '--no-password']);
  if (run.status !== 0 && !/exists already/.test(run.stderr)) throw new Error(run.stderr);
}
