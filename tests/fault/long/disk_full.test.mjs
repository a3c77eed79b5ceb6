// No room left: where the database lies, and where workers keep what they need for a moment. Both are small file systems in memory, for which one must be root.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { auditAfter, auditDerived } from '../../support/audit.mjs';
import { signedIn } from '../../support/client.mjs';
import { createContract } from '../../support/contracts.mjs';
import { DatabaseServer } from '../../support/database_server.mjs';
import { until } from '../../support/until.mjs';
import { whileWriting } from '../../support/writers.mjs';

const skip = process.getuid() !== 0 && 'only root may mount';
const places = [];

function smallPlace(size) {
  const place = mkdtempSync('/tmp/supportlevel-small-');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place], { encoding: 'utf8' });
  assert.equal(mounted.status, 0, mounted.stderr);
  chmodSync(place, 0o1777);
  places.push(place);
  return place;
}

/** Leaves no byte. */
function fill(place) {
  const file = openSync(join(place, 'filler'), 'w');
  const bytes = Buffer.alloc(1 << 16);
  try {
    for (;;) writeSync(file, bytes);
  } catch (error) {
    assert.equal(error.code, 'ENOSPC');
  } finally {
    closeSync(file);
  }
}
const empty = (place) => rmSync(join(place, 'filler'));

let server;
let stack;
after(async () => {
  await stack?.stop();
  await server?.stop();
  for (const place of places) {
    spawnSync('umount', [place]);
    rmSync(place, { recursive: true, force: true });
  }
});

const documents = (id) => stack.database(`SELECT name, size FROM document WHERE contract_id = ${id} ORDER BY id`).map(([name]) => name);
const file = (name, size) => [{ field: 'file', name, type: 'text/plain', bytes: Buffer.alloc(size, `${name} `) }];

test('no room for the database: 503 while it lasts, and nothing by halves', { skip }, async () => {
  const place = smallPlace('260m');
  server = new DatabaseServer({ data: join(place, 'var') });
  await server.start();
  stack = await server.serve({ WORKERS: '2', SUPPORTLEVEL_BODY_LIMIT: '1048576' });
  const editor = await signedIn(stack, 'editor');
  const { id } = await createContract(editor);
  const csrf = await editor.token();
  const stored = [];
  const send = async (name) => {
    const answer = await editor.upload(`/contracts/${id}/documents`, { csrf }, file(name, 3 << 20));
    if (answer.status === 303) stored.push(name);
    return answer.status;
  };
  assert.equal(await send('before.txt'), 303);
  const statuses = [];
  const notes = await whileWriting(stack, 3, async (noted) => {
    for (let times = 0; times < 3 && noted.problems.length === 0; times += 1) {
      await noted.next();
      fill(place);
      noted.struck();
      for (let upload = 0; upload < 6; upload += 1) statuses.push(await send(`full-${times}-${upload}.txt`));
      empty(place);
      // A server that can't write any more ends itself; as long as that takes.
      await server.answers();
      await noted.next();
      const there = documents(id);
      assert.deepEqual(stored.filter((name) => !there.includes(name)), [], 'acknowledged and gone');
      assert.equal(await until(() => send(`room-${times}.txt`), (status) => status !== 503), 303);
    }
  });
  const findings = await auditAfter(stack, notes);
  console.log(`database’s disk full: uploads ${statuses.join(' ')}; ${notes.summary()}`);
  assert.deepEqual(findings, []);
  assert.ok(statuses.includes(503), 'it was full');
  assert.deepEqual(statuses.filter((status) => status !== 303 && status !== 503), []);
});

test('no room in /tmp of the workers: a file is refused whole, in words', { skip }, async () => {
  const place = smallPlace('8m');
  await stack.stop();
  stack = await server.serve({ WORKERS: '1', TMPDIR: place });
  const editor = await signedIn(stack, 'editor');
  const { id } = await createContract(editor);
  const csrf = await editor.token();
  fill(place);
  const refused = await editor.upload(`/contracts/${id}/documents`, { csrf }, file('full.txt', 1 << 20));
  assert.equal(refused.status, 503, refused.text.slice(0, 1000));
  assert.ok(refused.document.querySelector('h1'));
  assert.deepEqual(documents(id), []);
  assert.equal((await editor.get('/contracts')).status, 200);
  empty(place);
  assert.equal((await editor.upload(`/contracts/${id}/documents`, { csrf }, file('room.txt', 1 << 20))).status, 303);
  assert.deepEqual(documents(id), ['room.txt']);
  assert.deepEqual(await auditDerived(stack), []);
});
