// A database server of a test's own that is started again whenever it ends, as a service manager does, so that it can be killed.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, startStack } from './stack.mjs';
import { until } from './until.mjs';

export class DatabaseServer {
  /** `data`: where its files lie, when not below its own directory; `environment` and `options`: of the server. */
  constructor({ data, environment = {}, options = [] } = {}) {
    this.options = options;
    this.directory = mkdtempSync('/tmp/supportlevel-fault-');
    this.data = data ?? join(this.directory, 'var');
    this.runtime = join(this.directory, 'run');
    this.socket = join(this.runtime, 'database/mariadb.sock');
    this.environment = environment;
    this.starts = 0;
    for (const place of [this.data, join(this.data, 'log'), join(this.data, 'temporary'), this.runtime, join(this.runtime, 'database')]) mkdirSync(place, { recursive: true });
    // The workers may be another user.
    for (const place of [this.directory, this.runtime, join(this.runtime, 'database')]) chmodSync(place, 0o711);
    process.once('exit', () => this.child?.kill('SIGKILL'));
  }

  /** With the settings and files of `make run`. */
  async start() {
    const made = spawnSync('bash', ['-ec', '. scripts/processes.sh; . scripts/database.sh; write_database_settings; create_database_files'], {
      cwd: root, encoding: 'utf8', env: { ...process.env, VAR: this.data, RUNTIME: this.runtime, DATABASE_SOCKET: this.socket, WORKERS: '10', BUFFER_POOL: '64M' },
    });
    if (made.status !== 0) throw new Error(made.stderr);
    this.run();
    await this.answers();
    const password = randomBytes(16).toString('hex');
    this.query(`CREATE DATABASE supportlevel; CREATE USER supportlevel@localhost IDENTIFIED BY '${password}'; GRANT ALL ON supportlevel.* TO supportlevel@localhost`);
    this.url = `mariadb://supportlevel:${password}@localhost/supportlevel?socket=${this.socket}`;
  }

  run() {
    const asRoot = process.getuid() === 0 ? ['--user=root'] : [];
    this.starts += 1;
    const log = openSync(join(this.directory, 'database.log'), 'a');
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', 'mariadbd', `--defaults-file=${join(this.data, 'my.cnf')}`, ...asRoot, ...this.options], {
      stdio: ['ignore', log, log], env: { ...process.env, ...this.environment },
    });
    closeSync(log);
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    // Not in a row while it can't start, such as on a full disk.
    this.ended.then(() => setTimeout(() => { if (!this.stopping) this.run(); }, 100));
  }

  query(sql) {
    const asked = spawnSync('mariadb', ['--no-defaults', `--socket=${this.socket}`, '--batch', '--skip-column-names'], { input: sql, encoding: 'utf8' });
    if (asked.status !== 0) throw new Error(asked.stderr);
    return asked.stdout.trim();
  }

  /** Resolves when it answers. A start that takes longer than half a minute is broken off, as a service manager does: it may wait for ever. */
  async answers() {
    const ask = async () => spawnSync('mariadb', ['--no-defaults', `--socket=${this.socket}`, '--execute', 'SELECT 1']).status;
    for (let tries = 1; ; tries += 1) {
      try {
        return await until(ask, (status) => status === 0);
      } catch (error) {
        if (tries === 4) throw error;
        await this.kill();
      }
    }
  }

  /** Resolves when the process is gone; another one is started then. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async stop() {
    this.stopping = true;
    await this.kill(); // nothing of it is needed any more
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** The product upon this server; it stops before the server does. */
  async serve(environment = {}) {
    const stack = await startStack({ DATABASE: this.url, VAR: join(this.directory, 'site'), ...environment });
    stack.state.database_socket = this.socket;
    return stack;
  }
}
