// A database on another machine, over TLS: only one whose certificate the given authority signed for that host, and never in the open. Source: quality.md, security; RFC 5280, RFC 6125.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DatabaseServer } from '../support/database_server.mjs';
import { freePort, sharedStack } from '../support/stack.mjs';

const shared = sharedStack();
const directory = mkdtempSync('/tmp/supportlevel-tls-');
chmodSync(directory, 0o755);
const file = (name) => join(directory, name);
function openssl(...args) {
  const run = spawnSync('openssl', args, { cwd: directory, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
}
function authority(name) {
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`);
}
authority('ours');
authority('another');
openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-subj', '/CN=database', '-keyout', 'server.key', '-out', 'server.csr');
writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1,DNS:database.example\n');
openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ours.pem', '-CAkey', 'ours.key', '-CAcreateserial', '-days', '2', '-extfile', 'names', '-out', 'server.pem');

const port = await freePort();
// 127.0.0.2 is the same server under a name that is not in its certificate.
const server = new DatabaseServer({ options: ['--skip-networking=0', '--bind-address=127.0.0.1,127.0.0.2', `--port=${port}`, `--ssl-ca=${file('ours.pem')}`, `--ssl-cert=${file('server.pem')}`, `--ssl-key=${file('server.key')}`] });
after(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});
await server.start();
const PASSWORD = 'a secret of the database';
server.query(`CREATE USER remote@'%' IDENTIFIED BY '${PASSWORD}' REQUIRE SSL; GRANT ALL ON supportlevel.* TO remote@'%'; CREATE USER careless@'%' IDENTIFIED BY '${PASSWORD}'; GRANT ALL ON supportlevel.* TO careless@'%'`);

const url = (ca, { host = '127.0.0.1', user = 'remote' } = {}) => `mariadb://${user}:${encodeURIComponent(PASSWORD)}@${host}:${port}/supportlevel${ca ? `?tls_ca=${ca}` : ''}`;
const tool = (address, ...args) => shared.tool(args, '', { SUPPORTLEVEL_DATABASE_URL: address });
function refused(address, reason) {
  const run = tool(address, 'check');
  assert.notEqual(run.status, 0, 'must not connect');
  assert.match(run.stderr + run.stdout, reason);
  assert.ok(!(run.stderr + run.stdout).includes(PASSWORD));
}

test('an account that requires TLS is reached, and used, by the right authority', () => {
  const migrated = tool(url(file('ours.pem')), 'migrate', '--directory', 'sql');
  assert.equal(migrated.status, 0, migrated.stderr);
  assert.equal(tool(url(file('ours.pem')), 'check').status, 0);
  // Without REQUIRE SSL it is TLS too.
  assert.equal(tool(url(file('ours.pem'), { user: 'careless' }), 'check').status, 0);
});

test("so do MariaDB's own programs, by which a backup is made", () => {
  const run = tool(url(file('ours.pem')), 'backup', '--directory', directory);
  assert.equal(run.status, 0, run.stderr);
  assert.ok(readdirSync(directory).some((name) => name.endsWith('.sql.gz')));
});

test('another authority is refused', () => refused(url(file('another.pem')), /certificate|issuer|TLS|SSL/i));
test('a file that is none is refused', () => refused(url('/no/such/file.pem'), /TLS|SSL|file|certificate/i));
test('a certificate for another name is refused', () => refused(url(file('ours.pem'), { host: '127.0.0.2' }), /name|certificate|TLS|SSL/i));
test('without TLS the account is refused', () => refused(url(null), /Access denied|secure/i));
test('a server without TLS is refused, and told no password', () => {
  refused(`mariadb://remote:${encodeURIComponent(PASSWORD)}@localhost/supportlevel?socket=${shared.state.database_socket}&tls_ca=${file('ours.pem')}`, /TLS|SSL/i);
});
test('an option that is none is refused', () => {
  refused(`${url(null, { user: 'careless' })}?tls-ca=${file('ours.pem')}`, /neither socket nor tls_ca/);
  refused(`${url(null, { user: 'careless' })}?tls_ca=%zz`, /neither socket nor tls_ca|not possible/);
});
