// `make run` itself: what it says when it cannot start, and that it leaves nothing behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { freePort, root, sharedStack } from '../support/stack.mjs';

const shared = sharedStack();
const directory = mkdtempSync('/tmp/supportlevel-run-');
const children = [];
after(async () => {
  for (const child of children.filter((one) => one.exitCode === null && one.signalCode === null)) {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.on('close', resolve));
  }
  rmSync(directory, { recursive: true, force: true });
});

/** Runs scripts/run.sh until it has printed the logins or ended. */
async function run(environment) {
  const child = spawn(join(root, 'scripts/run.sh'), [], { env: { ...process.env, TEST_STACK: '', DATABASE: '', MOUNT: '', WORKERS: '1', SUPPORTLEVEL_DEVELOPMENT: '0', ...environment } });
  // A test that fails leaves nothing running: the pipes of what still runs would keep this process from ending.
  children.push(child);
  const result = { child, out: '', err: '' };
  result.ended = new Promise((resolve) => child.on('close', (status) => resolve((result.status = status))));
  child.stderr.on('data', (text) => { result.err += text; });
  await new Promise((resolve) => {
    child.stdout.on('data', (text) => {
      result.out += text;
      if (/login: viewer \S+\n/.test(result.out) || /Sign in with/.test(result.out)) resolve();
    });
    result.ended.then(resolve);
  });
  return result;
}

/** Processes that name this directory, or a private one of a run that used it. */
function left(place) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(place);
    } catch {
      return false;
    }
  });
}

async function refused(environment, message) {
  const result = await run(environment);
  assert.notEqual(await result.ended, 0);
  const lines = result.err.trim().split('\n');
  assert.equal(lines.length, 1, result.err);
  assert.match(lines[0], message);
}

test('started again it finds its data and the same logins; Ctrl-C stops all of it', async () => {
  const environment = { VAR: join(directory, 'again'), PORT: await freePort() };
  const first = await run(environment);
  const logins = (text) => [...text.matchAll(/^login: (\S+) (\S+)$/gm)].map((found) => found[0]);
  assert.deepEqual(logins(first.out).map((line) => line.split(' ')[1]), ['admin', 'editor', 'viewer'], first.out + first.err);
  assert.match(first.out, new RegExp(`^http://127\\.0\\.0\\.1:${environment.PORT}/$`, 'm'));
  const running = readFileSync(join(environment.VAR, 'running'), 'utf8');
  const [, place] = /worker_socket=(.*)\/workers\//.exec(running);
  const stack = { baseUrl: `http://127.0.0.1:${environment.PORT}`, logins: Object.fromEntries(logins(first.out).map((line) => line.split(' ').slice(1))) };
  const total = async () => (await (await signedIn(stack, 'viewer')).get('/contracts.json')).json().total;
  const before = await total();
  assert.ok(before > 0);
  // A second one in the same place.
  await refused({ ...environment, PORT: await freePort() }, /in use by another make run/);
  first.child.kill('SIGINT');
  assert.equal(await first.ended, 0, first.err);
  assert.deepEqual(left(place), []);
  assert.equal(existsSync(place), false);
  const second = await run({ ...environment, WEB: shared.web === 'nginx' ? 'apache' : 'nginx' });
  assert.deepEqual(logins(second.out), logins(first.out));
  assert.equal(await total(), before);
  second.child.kill('SIGTERM');
  assert.equal(await second.ended, 0, second.err);
});

test('killed outright, it still leaves no process behind, and starts again', async () => {
  const environment = { VAR: join(directory, 'killed'), PORT: await freePort() };
  const first = await run(environment);
  const [, place] = /worker_socket=(.*)\/workers\//.exec(readFileSync(join(environment.VAR, 'running'), 'utf8'));
  first.child.kill('SIGKILL');
  for (let tries = 0; left(place).length + left(environment.VAR).length > 0 && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(left(place), []);
  rmSync(place, { recursive: true, force: true });
  const second = await run(environment);
  assert.match(second.out, /login: viewer/, second.err);
  second.child.kill('SIGTERM');
  await second.ended;
});

test('a port in use', async () => refused({ VAR: join(directory, 'port'), PORT: String(shared.port) }, new RegExp(`port ${shared.port} is in use`)));

test('bad settings', async () => {
  await refused({ VAR: join(directory, 'bad'), PORT: 'http' }, /PORT/);
  await refused({ VAR: join(directory, 'bad'), PORT: await freePort(), WEB: 'iis' }, /WEB/);
  await refused({ VAR: join(directory, 'bad'), PORT: await freePort(), WORKERS: '0' }, /WORKERS/);
  await refused({ VAR: join(directory, 'bad'), PORT: await freePort(), MOUNT: 'x"' }, /MOUNT/);
  await refused({ VAR: join(directory, 'bad'), PORT: await freePort(), COMPANY: 'none' }, /COMPANY/);
});

test('a place that cannot be written', async () => {
  writeFileSync(join(directory, 'file'), '');
  await refused({ VAR: join(directory, 'file', 'var'), PORT: await freePort() }, /no right to write/);
});

test('a database that does not answer', async () => {
  await refused({ VAR: join(directory, 'away'), PORT: await freePort(), DATABASE: 'mariadb://user:secret-word@127.0.0.1:1/supportlevel' }, /does not answer/);
});

test('a given database, and a mount point', async () => {
  const place = join(directory, 'given');
  shared.database("CREATE DATABASE IF NOT EXISTS supportlevel_given; CREATE OR REPLACE USER given@localhost IDENTIFIED BY 'given-password'; GRANT ALL ON supportlevel_given.* TO given@localhost");
  const url = `mariadb://given:given-password@localhost/supportlevel_given?socket=${shared.state.database_socket}`;
  const environment = { VAR: place, PORT: await freePort(), DATABASE: url, MOUNT: '/sl' };
  const result = await run(environment);
  try {
    assert.match(result.out, /login: viewer/, result.err);
    const stack = { baseUrl: `http://127.0.0.1:${environment.PORT}/sl`, logins: { viewer: /login: viewer (\S+)/.exec(result.out)[1] } };
    const viewer = await signedIn(stack, 'viewer');
    const page = await viewer.get('/contracts');
    assert.equal(page.status, 200);
    for (const element of page.document.querySelectorAll('[href], [src], [action]')) {
      const address = element.getAttribute('href') ?? element.getAttribute('src') ?? element.getAttribute('action');
      assert.ok(!address.startsWith('/') || address.startsWith('/sl/'), address);
    }
    const style = page.document.querySelector('link[rel="stylesheet"]').getAttribute('href');
    assert.equal((await viewer.get(new URL(style, viewer.url('/contracts')).href)).status, 200);
    assert.equal((await new Client({ baseUrl: stack.baseUrl.replace('/sl', '') }).get('/sl')).status, 301);
    assert.equal((await new Client({ baseUrl: stack.baseUrl.replace('/sl', '') }).get('/contracts')).status, 404);
  } finally {
    result.child.kill('SIGTERM');
    await result.ended;
    shared.database('DROP DATABASE supportlevel_given; DROP USER given@localhost');
  }
});
