// Kerberos: a realm of its own (MIT krb5kdc), Apache with kerberos.conf, and nginx that asks such an Apache.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addUser, LIBRARIES, Servers, unpacked } from '../support/servers.mjs';
import { freePort, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const servers = new Servers();
const PASSWORD = 'Sieben Zwerge 1857';
let environment;
let administer;
const addresses = {};

async function startRealm() {
  const port = await freePort();
  const plugin = `${LIBRARIES}/krb5/plugins/kdb/db2.so`;
  const kdc = unpacked('krb5-kdc', 'usr/sbin/krb5kdc', 'usr/sbin/kdb5_util', plugin);
  const top = kdc.slice(0, -'usr/sbin/krb5kdc'.length);
  const admin = unpacked('krb5-admin-server', 'usr/sbin/kadmin.local');
  const place = servers.directory;
  environment = {
    KRB5_CONFIG: servers.file('krb5.conf', `[libdefaults]
default_realm = EXAMPLE.COM
dns_lookup_kdc = false
dns_canonicalize_hostname = false
udp_preference_limit = 1
[realms]
EXAMPLE.COM = {
  kdc = 127.0.0.1:${port}
}
[domain_realm]
localhost = EXAMPLE.COM
`),
    KRB5_KDC_PROFILE: servers.file('kdc.conf', `[realms]
EXAMPLE.COM = {
  database_name = ${place}/principal
  key_stash_file = ${place}/stash
  acl_file = ${place}/acl
  kdc_listen = 127.0.0.1:${port}
  kdc_tcp_listen = 127.0.0.1:${port}
}
[dbmodules]
db_module_dir = ${join(top, plugin, '..')}
[logging]
default = FILE:${place}/kdc.log
`),
    KRB5RCACHENAME: 'none:',
  };
  servers.run(join(top, 'usr/sbin/kdb5_util'), ['create', '-s', '-r', 'EXAMPLE.COM', '-P', PASSWORD], { environment });
  administer = (command) => servers.run(admin, ['-q', command], { environment });
  for (const name of ['anna', 'fremd']) administer(`addprinc -pw "${PASSWORD}" ${name}`);
  administer('addprinc -randkey HTTP/localhost');
  // Where the addition looks for it.
  const keytab = join(place, 'supportlevel/http.keytab');
  mkdirSync(dirname(keytab));
  administer(`ktadd -k ${keytab} HTTP/localhost`);
  if (process.getuid() === 0) servers.run('chown', ['www-data', keytab]);
  await servers.start(port, kdc, ['-n'], environment);
}

/** The page as curl gets it with the ticket of whoever has signed in to the computer, or of nobody. */
function curl(address, who, ...options) {
  const cache = who ? `FILE:${servers.directory}/${who}.ticket` : 'FILE:/nonexistent';
  const run = spawnSync('curl', ['--silent', '--max-time', '20', '--negotiate', '--user', ':', '--write-out', '\n%{http_code}', ...options, address],
    { encoding: 'utf8', env: { ...process.env, ...environment, KRB5CCNAME: cache } });
  return { status: Number(run.stdout.split('\n').at(-1)), text: run.stdout };
}

const kinit = (who, password, fails = false) => servers.run('kinit', ['-c', `FILE:${servers.directory}/${who}.ticket`, who], { input: `${password}\n`, environment, fails });

before(async () => {
  addUser(stack, 'anna');
  await startRealm();
  const options = { modules: ['authn_core', 'authz_user', 'auth_gssapi'], defines: {}, environment };
  addresses.Apache = await servers.startApache(stack, 'kerberos.conf', options);
  const port = await freePort();
  await servers.startApache(stack, 'kerberos.conf', { ...options, defines: { SUPPORTLEVEL_SIGN_IN: `127.0.0.1:${port}` }, text: `Include "${servers.addition('apache-for-nginx.conf')}"\n` });
  addresses.nginx = await servers.startNginx(stack, port);
  kinit('anna', PASSWORD);
  kinit('fremd', PASSWORD);
});
after(() => servers.stop());

test('a wrong password gets no ticket', () => kinit('anna', 'falsch', true));

for (const web of ['Apache', 'nginx']) {
  describe(`behind ${web}`, () => {
    test('who has a ticket is signed in', () => {
      const answer = curl(`${addresses[web]}/contracts`, 'anna');
      assert.equal(answer.status, 200);
      assert.match(answer.text, /anna Beispiel/);
    });

    test('who has none is refused, whatever name they claim', () => {
      assert.equal(curl(`${addresses[web]}/contracts`, null).status, 401);
      for (const header of ['Remote-User: admin', 'REMOTE_USER: admin', 'Authorization: Basic YWRtaW46eA==', 'Authorization: Negotiate YWRtaW4=']) {
        const answer = spawnSync('curl', ['--silent', '--max-time', '20', '--header', header, '--output', '/dev/null', '--write-out', '%{http_code}', `${addresses[web]}/contracts`], { encoding: 'utf8' });
        assert.equal(answer.stdout, '401', header);
      }
    });

    test('a header with another name changes nothing for who has a ticket', () => {
      const answer = curl(`${addresses[web]}/contracts`, 'anna', '--header', 'Remote-User: admin');
      assert.match(answer.text, /anna Beispiel/);
      assert.equal(curl(`${addresses[web]}/settings/service-calendars/new`, 'anna', '--header', 'Remote-User: admin').status, 403);
    });

    test('who is nobody here is told so', () => {
      const answer = curl(`${addresses[web]}/contracts`, 'fremd');
      assert.equal(answer.status, 403);
      assert.match(answer.text, /„fremd“/);
    });

    test('what brings a secret of its own, and what everybody may see, needs no ticket, and signs nobody in', () => {
      assert.equal(curl(`${addresses[web]}/healthz`, null).status, 200);
      assert.equal(curl(`${addresses[web]}/static/style.css`, null).status, 200);
      const answer = spawnSync('curl', ['--silent', '--max-time', '20', '--header', 'Authorization: Bearer x', '--write-out', '\n%{http_code}', `${addresses[web]}/contracts.json`], { encoding: 'utf8' }).stdout;
      assert.match(answer, /\n401$/);
      assert.match(answer, /^\{/, 'the program itself refuses the token');
      for (const path of ['/static/../contracts', '/healthz/../contracts', '/calendar/../contracts', '/contracts?x=/static/']) {
        assert.notEqual(curl(`${addresses[web]}${path}`, null, '--path-as-is').status, 200, path);
      }
    });
  });
}

// Last: from then on the tickets are for a key that the web server's keytab doesn't have.
test('a ticket under another key is refused', () => {
  administer('cpw -randkey HTTP/localhost');
  kinit('anna', PASSWORD);
  for (const web of ['Apache', 'nginx']) assert.equal(curl(`${addresses[web]}/contracts`, 'anna').status, 401, web);
});
