// LDAP: a directory of its own (OpenLDAP's slapd), Apache with ldap.conf, and nginx that asks such an Apache.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client } from '../support/client.mjs';
import { addUser, LIBRARIES, Servers, unpacked } from '../support/servers.mjs';
import { freePort, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const servers = new Servers();
const addresses = {};
const basic = (name, password) => ({ authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` });
const get = (web, path, headers = {}) => new Client({ baseUrl: addresses[web] }).get(path, headers);

async function startDirectory() {
  const port = await freePort();
  // The package's program is slapacl; slapd, and slapadd, are that under other names.
  const slapd = unpacked('slapd', 'usr/sbin/slapd', 'usr/sbin/slapacl', 'usr/lib/ldap', `${LIBRARIES}/libslapi-2.5.so.0`, `${LIBRARIES}/libslapi-2.5.so.0.1.8`, 'etc/ldap/schema');
  const top = slapd.slice(0, -'usr/sbin/slapd'.length);
  mkdirSync(join(servers.directory, 'directory'));
  const settings = servers.file('slapd.conf', `${['core', 'cosine', 'inetorgperson'].map((name) => `include ${top}etc/ldap/schema/${name}.schema\n`).join('')}
modulepath ${top}usr/lib/ldap
moduleload back_mdb
disallow bind_anon
database mdb
suffix "dc=example,dc=com"
directory ${servers.directory}/directory
rootdn "cn=supportlevel,dc=example,dc=com"
rootpw suchen
`);
  const person = (uid, password) => `dn: uid=${uid},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\nuserPassword: ${password}\n`;
  const entries = servers.file('entries.ldif', ['dn: dc=example,dc=com\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Beispiel\n',
    'dn: ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\nou: people\n', person('berta', 'geheim'), person('fremd', 'geheim')].join('\n'));
  const environment = { LD_LIBRARY_PATH: join(top, LIBRARIES) };
  servers.run(slapd, ['-T', 'add', '-f', settings, '-l', entries], { environment });
  await servers.start(port, slapd, ['-d', '0', '-f', settings, '-h', `ldap://127.0.0.1:${port}/`], environment);
  return port;
}

before(async () => {
  addUser(stack, 'berta', 'editor');
  const directory = await startDirectory();
  const defines = {
    SUPPORTLEVEL_LDAP: `ldap://127.0.0.1:${directory}/ou=people,dc=example,dc=com?uid?sub?(objectClass=person)`,
    SUPPORTLEVEL_LDAP_ACCOUNT: 'cn=supportlevel,dc=example,dc=com', SUPPORTLEVEL_LDAP_PASSWORD: servers.file('ldap.password', 'suchen\n', 0o600),
  };
  const options = { modules: ['authn_core', 'authz_user', 'auth_basic', 'ldap', 'authnz_ldap'], defines, environment: {} };
  addresses.Apache = await servers.startApache(stack, 'ldap.conf', options);
  const port = await freePort();
  await servers.startApache(stack, 'ldap.conf', { ...options, defines: { ...defines, SUPPORTLEVEL_SIGN_IN: `127.0.0.1:${port}` }, text: `Include "${servers.addition('apache-for-nginx.conf')}"\n` });
  addresses.nginx = await servers.startNginx(stack, port);
});
after(() => servers.stop());

for (const web of ['Apache', 'nginx']) {
  describe(`behind ${web}`, () => {
    test('name and password of the directory sign in, and a form can be sent', async () => {
      const client = new Client({ baseUrl: addresses[web] });
      const page = await client.get('/contracts', basic('berta', 'geheim'));
      assert.equal(page.status, 200);
      assert.match(page.text, /berta Beispiel/);
      const csrf = page.document.querySelector('[name="csrf"]').getAttribute('value');
      assert.equal((await client.post('/settings/language', { csrf, language: 'de', to: '/' }, basic('berta', 'geheim'))).status, 303);
    });

    test('who has given none is asked', async () => {
      const answer = await get(web, '/contracts');
      assert.equal(answer.status, 401);
      assert.match(answer.headers.get('www-authenticate'), /^Basic realm="Supportlevel"/);
    });

    test('a wrong password, none, or that of the application itself is refused', async () => {
      for (const [name, password] of [['berta', 'falsch'], ['berta', ''], ['niemand', 'geheim'], ['*', 'geheim'], ['admin', stack.logins.admin]]) {
        assert.equal((await get(web, '/contracts', basic(name, password))).status, 401, `${name}:${password}`);
      }
    });

    test("a client's own header signs nobody in, and makes nobody somebody else", async () => {
      for (const name of ['Remote-User', 'REMOTE_USER', 'X-Remote-User']) {
        assert.equal((await get(web, '/contracts', { [name]: 'admin' })).status, 401, name);
        const answer = await get(web, '/contracts', { [name]: 'admin', ...basic('berta', 'geheim') });
        assert.match(answer.text, /berta Beispiel/, name);
      }
    });

    test('who is nobody here is told so', async () => {
      const answer = await get(web, '/contracts', basic('fremd', 'geheim'));
      assert.equal(answer.status, 403);
      assert.match(answer.text, /„fremd“/);
    });

    test('the session of one is of no use to another', async () => {
      const client = new Client({ baseUrl: addresses[web] });
      await client.get('/contracts', basic('berta', 'geheim'));
      assert.equal((await client.get('/contracts')).status, 401);
      assert.equal((await client.get('/contracts', basic('fremd', 'geheim'))).status, 403);
    });
  });
}
