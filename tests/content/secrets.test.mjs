// No password, token, session or secret address in a log, in a list of processes, in an address or on a later page. Source: quality.md, security 11.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { program } from '../support/program.mjs';
import { build, root, startStack } from '../support/stack.mjs';
import { workers } from '../support/workers.mjs';

/** Looks at the command lines of all processes as often as it can until it is ended; then tells each that it saw. */
const WATCHER = `
const { readdirSync, readFileSync } = require('node:fs');
const seen = new Set();
const look = () => { for (const pid of readdirSync('/proc')) if (/^[0-9]/.test(pid)) try { seen.add(readFileSync('/proc/' + pid + '/cmdline', 'latin1')); } catch {} };
setInterval(look, 10);
process.on('SIGTERM', () => { process.stdout.write([...seen].join('\\n'), () => process.exit(0)); });
process.stdout.write('begins\\n');`;
const watcher = spawn(process.execPath, ['-e', WATCHER], { stdio: ['ignore', 'pipe', 'inherit'] });
let seen = '';
watcher.stdout.setEncoding('latin1').on('data', (text) => { seen += text; });
await new Promise((resolve) => watcher.stdout.once('data', resolve));

// Everything that can be logged is.
const stack = await startStack({ WORKERS: '1', SUPPORTLEVEL_LOG: 'requests', SUPPORTLEVEL_SLOW_QUERY_MS: '1' });
after(() => {
  watcher.kill('SIGKILL');
  return stack.stop();
});

/** As stack.tool, without standing still meanwhile. */
function tool(args, input, address) {
  const child = spawn(join(root, build, 'supportlevel'), args, { cwd: root, env: { ...process.env, SUPPORTLEVEL_DATABASE_URL: address } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { said += text; });
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, said })));
}

test('after signing in, tokens, calendars, new passwords, failures and backups', async () => {
  const environment = readFileSync(`/proc/${workers(stack)[0]}/environ`, 'utf8');
  const address = /SUPPORTLEVEL_DATABASE_URL=([^\0]*)/.exec(environment)[1];
  const secrets = { 'the password of the database': new URL(address).password };
  const locations = [];
  const keep = (answer) => {
    if (answer.location) locations.push(answer.location);
    return answer;
  };
  const remember = (what, secret) => {
    assert.ok(secret?.length >= 10, `${what}: ${secret}`);
    secrets[what] = secret;
    return secret;
  };

  // People.
  for (const role of Object.keys(stack.logins)) remember(`the password of ${role}`, stack.logins[role]);
  const client = new Client(stack);
  keep(await client.get('/contracts?level=L1'));
  keep(await client.signIn('editor', remember('a wrong password', 'wrong-Password-7261')));
  keep(await client.signIn(remember('a password typed as a name', 'typed-in-the-name-8153'), 'x'));
  const early = new Map(client.cookies);
  keep(await client.signIn('editor', stack.logins.editor));
  for (const cookies of [early, client.cookies]) for (const [name, value] of cookies) if (/session/.test(name)) remember(`a session ${value.slice(0, 3)}`, value);
  remember('the token of forms', await client.token());
  keep(await client.submit('/settings/account', { current: remember('a guess at the password', 'a guess which is wrong 41'), password: 'refused passphrase 5512', again: remember('a refused password', 'refused passphrase 5512') }, '#password-form'));
  stack.database('DELETE FROM login_failure');
  assert.equal(keep(await client.submit('/settings/account', { current: stack.logins.editor, password: 'changed passphrase 9120', again: remember('a new password', 'changed passphrase 9120') }, '#password-form')).status, 303);
  remember('a session after that', client.cookies.get('supportlevel_session'));

  // Programs.
  const one = await program(client, 'viewer');
  remember('an access token', one.authorization.replace('Bearer ', ''));
  assert.equal((await one.get('/contracts.json')).status, 200);
  assert.equal((await one.send('/contracts', { number: 1 })).status, 403);
  const stranger = new Client(stack);
  await stranger.get('/contracts.json', { authorization: `Bearer ${remember('a wrong token', 'slt_wrong-token-0000000000000000000000000000')}` });
  const made = await client.submit('/settings/calendars/new?level=L1', { name: 'Kalender' });
  const calendar = made.document.querySelector('.calendar-address a').getAttribute('href');
  remember('the address of a calendar', /calendar\/([\w-]+)\.ics/.exec(calendar)[1]);
  assert.equal((await stranger.get(new URL(calendar).pathname)).status, 200);
  assert.equal((await stranger.get(`/calendar/${remember('the address of no calendar', 'A'.repeat(43))}.ics`)).status, 404);

  // Administrators.
  const admin = await signedIn(stack, 'admin');
  const linked = await admin.submit(`/settings/users/${stack.databaseValue("SELECT id FROM user WHERE name = 'viewer'")}`, {}, 'form[action$="/password-link"]');
  const link = new URL(linked.document.querySelector('#link').getAttribute('value'));
  remember('a link for a password', link.searchParams.get('token'));
  const chooser = new Client(stack);
  assert.equal(keep(await chooser.submit(link.pathname + link.search, { password: 'short', password_again: remember('a refused password of a link', 'refused by the link 2281') }, '.setup-form')).status, 422);
  assert.equal(keep(await chooser.submit(link.pathname + link.search, { password: 'chosen by the link 6619', password_again: remember('a password chosen by a link', 'chosen by the link 6619') }, '.setup-form')).status, 303);
  const added = await tool(['user', 'add', 'someone', '--role', 'viewer'], `${remember('a password for the tool', 'tool passphrase 3377')}\n`, address);
  assert.equal(added.status, 0, added.said);
  const refused = await tool(['user', 'password', 'someone'], `${remember('a common password', 'Passwort20261')}\n`, address);
  assert.notEqual(refused.status, 0);
  const wrong = new URL(address);
  wrong.password = remember('a wrong password of the database', 'wrong-database-password');
  const failed = await tool(['check'], '', wrong.href);
  assert.notEqual(failed.status, 0);
  const shown = await tool(['config'], '', address);
  const saved = await tool(['backup', '--directory', stack.directory], '', address);

  // What fails with a statement in its hands.
  stack.database('RENAME TABLE access_token TO access_token_away, session TO session_away');
  await one.get('/contracts.json');
  await client.get('/contracts');
  await new Client(stack).signIn('editor', 'changed passphrase 9120').catch(() => {});
  stack.database('RENAME TABLE access_token_away TO access_token, session_away TO session');
  assert.ok(stack.errors().length > 0);

  // What fails before it comes to us: the web server says in its own log what was asked of it.
  renameSync(stack.state.worker_socket, `${stack.state.worker_socket}.away`);
  assert.equal((await stranger.get(new URL(calendar).pathname)).status, 503);
  assert.equal((await stranger.get(`/setup?token=${remember('the token of a first administrator', 'B'.repeat(43))}`)).status, 503);
  assert.equal((await stranger.get(`/password?token=${remember('the token of a link for a password', 'C'.repeat(43))}`)).status, 503);
  assert.equal((await one.get('/contracts.json')).status, 503);
  assert.equal((await client.post('/login', { username: 'editor', password: 'changed passphrase 9120' })).status, 503);
  renameSync(`${stack.state.worker_socket}.away`, stack.state.worker_socket);
  await stranger.request(new URL(calendar).pathname, { method: 'POST', body: 'x'.repeat(2 << 20) }).catch(() => {});

  watcher.kill('SIGTERM');
  await new Promise((resolve) => watcher.on('close', resolve));
  assert.match(seen, /supportlevel\0?user|user\0add/, 'the watcher saw the commands');
  const places = Object.fromEntries(readdirSync(join(stack.directory, 'log')).map((name) => [`log/${name}`, readFileSync(join(stack.directory, 'log', name), 'latin1')]));
  assert.ok(places['log/workers.log'].includes('event=request') && places['log/access.log'].includes('/login'), 'the logs are written');
  Object.assign(places, { 'the list of processes': seen.replace(/\0/g, ' '), 'what the commands said': [added, refused, failed, shown, saved].map(({ said }) => said).join('\n'), addresses: locations.join('\n'),
    'a later page': (await client.get('/settings/tokens')).text + (await client.get('/settings/calendars')).text });
  const found = [];
  for (const [place, text] of Object.entries(places)) for (const [what, secret] of Object.entries(secrets)) if ([secret, encodeURIComponent(secret), secret.replace(/ /g, '+')].some((form) => text.includes(form))) found.push(`${what} in ${place}`);
  assert.deepEqual(found.filter((line) => !/^the token of forms in a later page/.test(line)), []);
});
