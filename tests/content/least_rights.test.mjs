// Who takes over a worker gets no further: its user, its capabilities, its files, its account of the database. The installed services are closed in by systemd: tests/package.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { build, root, sharedStack } from '../support/stack.mjs';
import { workers } from '../support/workers.mjs';

const stack = sharedStack();
const isRoot = process.getuid() === 0;
const [worker] = workers(stack);
const status = Object.fromEntries(readFileSync(`/proc/${worker}/status`, 'utf8').split('\n').map((line) => line.split(/:\s+/)));
const environment = Object.fromEntries(readFileSync(`/proc/${worker}/environ`, 'utf8').split('\0').map((line) => line.split(/=(.*)/s)));

describe('a worker', () => {
  test('is never root, and gets no rights by any program', () => {
    assert.ok(!status.Uid.split('\t').includes('0'));
    assert.ok(!status.Gid.split('\t').includes('0') || !isRoot);
    assert.equal(status.NoNewPrivs, '1');
    for (const kind of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) assert.match(status[kind], /^0+$/, kind);
    if (isRoot) assert.match(status.CapBnd, /^0+$/);
  });

  test('can write neither its program nor its templates, the settings, the logs or the database', { skip: !isRoot }, () => {
    const [uid] = status.Uid.split('\t');
    for (const path of [join(root, build, 'supportlevel.fcgi'), join(root, 'templates/layout.cs'), join(root, 'static'), root, stack.directory, join(stack.directory, 'log'), join(stack.directory, 'mariadb')]) {
      const run = spawnSync('setpriv', ['--reuid', uid, '--clear-groups', 'test', '-w', path]);
      assert.equal(run.status, 1, path);
    }
  });

  test('is reached by the web server alone', () => {
    const socket = statSync(stack.state.worker_socket);
    assert.equal(socket.mode & 0o777, 0o600);
    assert.equal(String(socket.uid), status.Uid.split('\t')[0]);
    assert.equal(statSync(join(stack.state.worker_socket, '..')).mode & 0o777, 0o700);
  });
});

describe("the workers' account of the database", () => {
  const { username, password } = new URL(environment.SUPPORTLEVEL_DATABASE_URL);
  const run = (sql) => spawnSync('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, `--user=${username}`, 'supportlevel', '--execute', sql],
    { encoding: 'utf8', env: { ...process.env, MYSQL_PWD: password } });

  test('may read and change rows', () => {
    assert.equal(run('SELECT COUNT(*) FROM contract').status, 0);
    assert.deepEqual(stack.database(`SHOW GRANTS FOR ${username}@localhost`).map(([line]) => line.replace(/ IDENTIFIED BY .*/, '')).sort(),
      ['GRANT SELECT, INSERT, UPDATE, DELETE ON `supportlevel`.* TO `supportlevel`@`localhost`', 'GRANT USAGE ON *.* TO `supportlevel`@`localhost`']);
  });

  for (const sql of ['CREATE TABLE mine (id INT)', 'ALTER TABLE contract ADD COLUMN mine INT', 'DROP TABLE contract', 'TRUNCATE TABLE contract', 'CREATE INDEX mine ON contract (title)', 'CREATE VIEW mine AS SELECT 1',
    'CREATE TRIGGER mine BEFORE INSERT ON contract FOR EACH ROW SET NEW.title = 1', `DROP TRIGGER ${stack.databaseValue('SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() LIMIT 1')}`, 'CREATE PROCEDURE mine() SELECT 1', 'DELETE HISTORY FROM contract', 'LOCK TABLES contract WRITE', 'CREATE USER mine',
    "GRANT SELECT ON supportlevel.* TO supportlevel@localhost", 'SELECT * FROM mysql.global_priv', "SELECT 1 INTO OUTFILE '/tmp/mine'", "LOAD DATA INFILE '/etc/passwd' INTO TABLE contract", 'SET GLOBAL general_log = 1', 'SHUTDOWN', 'KILL 1']) {
    test(`may not: ${sql}`, () => {
      const { status: ended, stderr } = run(sql);
      assert.equal(ended, 1, sql);
      assert.match(stderr, /denied|Unknown thread|not the owner/);
    });
  }

  test('reads no file of the server', () => assert.match(run("SELECT LOAD_FILE('/etc/passwd') IS NULL AS nothing").stdout, /^nothing\n1$/m));
});

test('SQL is prepared: values never become part of a statement', () => {
  // Only text of ours, whole, goes another way; and what is put together by format has no place for a value.
  const run = spawnSync('grep', ['-rnE', 'mysql_(real_)?query\\(', 'cgi-bin'], { cwd: root, encoding: 'utf8' });
  const places = run.stdout.trim().split('\n').map((line) => line.replace(/:\d+:.*/, '').replace('cgi-bin/', ''));
  assert.deepEqual([...new Set(places)].sort(), ['repository/database_connection.c']);
  const outside = spawnSync('grep', ['-rlE', 'connection_run_text\\(|mysql_', 'cgi-bin/pages', 'cgi-bin/web', 'cgi-bin/format', 'cgi-bin/domain', 'cgi-bin/tool', 'cgi-bin/main.c'], { cwd: root, encoding: 'utf8' });
  assert.equal(outside.stdout, '');
  const quoted = spawnSync('grep', ['-rnhoE', "'%[^'\"]*'[^\"]*\"[^;]*", 'cgi-bin/repository'], { cwd: root, encoding: 'utf8' });
  assert.deepEqual(quoted.stdout.trim().split('\n').map((line) => line.replace(/^.*", /, '')), ['kind->table)']);
});

test('SQL is prepared: a quote is a quote wherever something is looked up by what was sent', async () => {
  const before = stack.errors();
  const QUOTES = ["x'", "x' OR '1'='1", 'x" OR "1"="1', "x\\' OR 1=1 -- "];
  const editor = await signedIn(stack, 'editor');
  for (const quote of QUOTES) {
    const part = encodeURIComponent(quote);
    assert.equal((await new Client(stack).signIn(quote, quote)).status, 422, quote);
    stack.database('DELETE FROM login_failure');
    for (const path of [`/levels/${part}`, `/settings/service-calendars/${part}`, `/contracts/${part}`, `/customers/${part}`, `/requests/${part}`, `/calendar/${part}.ics`]) assert.equal((await editor.get(path)).status, 404, path);
    for (const query of [`contracts?q=${part}`, `customers?q=${part}`, `contracts?customer=${part}`, `contracts?level=${part}`, `contracts?type=${part}`, `contracts?responsible=${part}`, `contracts?after=${part}`, `contracts?sort=${part}`, `requests?customer=${part}`]) {
      assert.ok([200, 303, 400].includes((await editor.get(`/${query}`)).status), query);
    }
    assert.ok([200, 404].includes((await editor.get(`/entitlement?customer=${part}`)).status));
    assert.equal((await new Client(stack).get('/contracts.json', { authorization: `Bearer slt_${part}` })).status, 401);
    assert.equal((await new Client(stack).get('/contracts', { cookie: `supportlevel_session=${part}` })).status, 303);
  }
  assert.deepEqual(stack.errors(), before);
});
