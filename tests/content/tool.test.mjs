// The `supportlevel` command besides import: one clear line for everything that can't be done, and an exit status that isn't 0.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Client } from '../support/client.mjs';
import { build, root, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();

describe('refused in one line', () => {
  const CASES = [
    [['user', 'add', 'x y', '--role', 'viewer'], 'a passphrase of four words\n'], [['user', 'add', 'me', '--role', 'viewer'], 'a passphrase of four words\n'],
    [['user', 'add', 'newcomer', '--role', 'boss'], 'a passphrase of four words\n'], [['user', 'add', 'newcomer', '--role', 'viewer'], 'short\n'],
    [['user', 'add', 'newcomer', '--role', 'viewer'], ''], [['user', 'add', 'viewer', '--role', 'viewer'], 'a passphrase of four words\n'],
    [['user', 'add', 'newcomer', '--role', 'viewer'], `${'x'.repeat(1100)}\n`], [['user', 'password', 'nobody-here'], 'a passphrase of four words\n'], [['user', 'role', 'viewer', 'boss'], ''],
    [['user', 'email', 'viewer', 'nobody'], ''], [['user', 'email', 'viewer'], ''], [['user', 'add', 'newcomer', '--role', 'viewer', '--email', 'x'], 'a passphrase of four words\n'],
    [['user', 'forget', 'viewer'], ''], [['user'], ''], [['import'], ''], [['import', 'a', 'b'], ''], [['generate'], ''], [['generate', '--contracts', '0'], ''], [['generate', '--contracts', 'x'], ''],
    [['export', 'colour=blue'], ''], [['migrate', '--directory', '/no-such-directory'], ''], [['roll', 'now'], ''], [['check', '--colour'], ''],
  ];
  for (const [args, input] of CASES) {
    test(`supportlevel ${args.join(' ')}`, () => {
      const run = stack.tool(args, input);
      assert.notEqual(run.status, 0, run.stdout);
      assert.notEqual(run.signal, 'SIGSEGV');
      assert.match(run.stderr, /^supportlevel: [^\n]+\n$/);
    });
  }
});

test('no command, or one that there isn\'t, shows what there is', () => {
  for (const args of [[], ['brew']]) {
    const run = stack.tool(args);
    assert.equal(run.status, 2);
    assert.match(run.stderr, /Usage: supportlevel/);
  }
  assert.equal(stack.tool(['--help']).status, 0);
  assert.match(stack.tool(['import', '--help']).stdout, /import FILE\.csv/);
});

test('config shows every setting and where it comes from, but no password', () => {
  const run = stack.tool(['config']);
  assert.equal(run.status, 0);
  assert.match(run.stdout, /^time_zone=Europe\/Berlin\t\(default\)$/m);
  assert.match(run.stdout, /^today=2026-02-11\t\(environment\)$/m);
  const secret = stack.tool(['config'], '', { SUPPORTLEVEL_DATABASE_URL: 'mariadb://someone:secret-word@localhost/name' });
  assert.match(secret.stdout, /^database_url=mariadb:\/\/someone@localhost\/name\t/m);
  assert.doesNotMatch(secret.stdout + secret.stderr, /secret-word/);
});

test('config --file prints a settings file of the defaults, in which nothing is set', () => {
  const names = stack.tool(['config']).stdout.split('\n').filter((line) => /^[a-z]/.test(line)).map((line) => line.split('=')[0]);
  const file = stack.tool(['config', '--file'], '', { SUPPORTLEVEL_TIME_ZONE: 'UTC' }).stdout;
  assert.deepEqual(file.match(/^#([a-z_]+)=/gm), names.map((name) => `#${name}=`));
  assert.deepEqual(file.match(/^[^#\n].*$/gm), ['[supportlevel]']);
  const place = join(mkdtempSync(join(tmpdir(), 'supportlevel-settings-')), 'supportlevel.conf');
  after(() => rmSync(dirname(place), { recursive: true }));
  writeFileSync(place, file.replace(/^#([a-z_]+=)/gm, '$1'));
  const read = spawnSync(join(root, build, 'supportlevel'), ['config'], { encoding: 'utf8', env: { SUPPORTLEVEL_CONFIG: place } });
  assert.equal(read.stderr, '');
  for (const [, name, value] of file.matchAll(/^#([a-z_]+)=(.*)$/gm)) assert.ok(read.stdout.includes(`\n${name}=${value}\t(${place})\n`), name);
});

test('migrate run again does nothing, and a changed migration is refused', () => {
  assert.deepEqual([stack.tool(['migrate']).status, stack.tool(['migrate']).stdout], [0, '']);
  const checksum = stack.databaseValue("SELECT checksum FROM migration WHERE name = '0001_tables'");
  stack.database("UPDATE migration SET checksum = REPEAT('0', 64) WHERE name = '0001_tables'");
  const run = stack.tool(['migrate']);
  stack.database(`UPDATE migration SET checksum = '${checksum}' WHERE name = '0001_tables'`);
  assert.notEqual(run.status, 0);
  assert.match(run.stderr, /0001_tables has changed/);
});

test('a new password ends the sessions that there are', async () => {
  assert.equal(stack.tool(['user', 'add', 'changer', '--role', 'viewer'], 'the first passphrase\n').status, 0);
  const client = new Client(stack);
  assert.equal((await client.signIn('changer', 'the first passphrase')).status, 303);
  assert.equal((await client.get('/levels')).status, 200);
  assert.equal(stack.tool(['user', 'password', 'changer'], 'the second passphrase\n').status, 0);
  assert.equal((await client.get('/levels')).status, 303);
  assert.equal((await new Client(stack).signIn('changer', 'the second passphrase')).status, 303);
});

test('an e-mail address is given, changed and taken away, and nobody is signed out for it', async () => {
  const email = () => stack.databaseValue("SELECT CONCAT(email, '.') FROM user WHERE name = 'reached'");
  assert.equal(stack.tool(['user', 'add', 'reached', '--role', 'viewer', '--email', 'one@example.org'], 'a passphrase of four words\n').status, 0);
  const client = new Client(stack);
  await client.signIn('reached', 'a passphrase of four words');
  assert.equal(email(), 'one@example.org.');
  for (const address of ['two@example.org', '']) {
    assert.equal(stack.tool(['user', 'email', 'reached', address]).status, 0);
    assert.equal(email(), `${address}.`);
  }
  assert.equal((await client.get('/levels')).status, 200);
});

test('a user without a password signs in by none', async () => {
  assert.equal(stack.tool(['user', 'add', 'outsider', '--role', 'viewer', '--no-password']).status, 0);
  for (const password of ['', 'a passphrase of four words']) assert.equal((await new Client(stack).signIn('outsider', password)).status, 422, password);
});

test('a new role holds from the next sign-in, which is asked for', async () => {
  assert.equal(stack.tool(['user', 'add', 'riser', '--role', 'viewer'], 'a passphrase of four words\n').status, 0);
  const client = new Client(stack);
  await client.signIn('riser', 'a passphrase of four words');
  assert.equal((await client.get('/contracts/new')).status, 403);
  assert.equal(stack.tool(['user', 'role', 'riser', 'editor']).status, 0);
  assert.equal((await client.get('/contracts/new')).status, 303);
  await client.signIn('riser', 'a passphrase of four words');
  assert.equal((await client.get('/contracts/new')).status, 200);
});

test('export is the selection of the address', () => {
  const run = stack.tool(['export', 'level=none&status=active']);
  assert.equal(run.status, 0, run.stderr);
  const expected = stack.databaseValue('SELECT COUNT(*) FROM contract WHERE level_id IS NULL AND status = 1');
  assert.equal(run.stdout.match(/^[^\r\n]*\r\n/gm).length - 1 >= Number(expected), true);
  assert.ok(run.stdout.startsWith('number,title,'));
});

test('roll brings stored terms up to the day, forwards and back, once', () => {
  const states = () => stack.database('SELECT id, status, term_ends_on, notice_by FROM contract ORDER BY id').map(String);
  const before = states();
  const on = (day) => {
    const run = stack.tool(['roll'], '', { SUPPORTLEVEL_TODAY: day });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout;
  };
  assert.match(on('2027-08-01'), /^\d+ contracts/);
  const later = states();
  assert.notDeepEqual(later, before);
  assert.equal(on('2027-08-01'), '');
  assert.equal(stack.databaseValue("SELECT COUNT(*) FROM contract WHERE valid_until < '2027-08-01' OR valid_from > '2027-08-01'"), '0');
  on('2026-02-11');
  assert.deepEqual(states(), before);
});
