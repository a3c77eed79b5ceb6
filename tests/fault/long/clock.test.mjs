// The clocks go wrong: the database's is set back and forth under writing, the workers' between two steps of a request.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { auditAfter, auditDerived } from '../../support/audit.mjs';
import { signedIn } from '../../support/client.mjs';
import { createContract } from '../../support/contracts.mjs';
import { DatabaseServer } from '../../support/database_server.mjs';
import { until } from '../../support/until.mjs';
import { whileWriting } from '../../support/writers.mjs';

const server = new DatabaseServer();
let stack;
after(async () => {
  await stack?.stop();
  await server.stop();
});

test('the database’s clock set back by an hour, and forward again', async () => {
  const file = join(server.directory, 'clock');
  const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
  server.environment = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
  const set = async (offset) => {
    const before = Number(server.query('SELECT UNIX_TIMESTAMP()'));
    writeFileSync(file, `${offset}\n`);
    await until(async () => Number(server.query('SELECT UNIX_TIMESTAMP()')) - before, (moved) => Math.abs(moved) > 1800);
  };
  writeFileSync(file, '+0\n');
  await server.start();
  stack = await server.serve({ WORKERS: '3' });
  const notes = await whileWriting(stack, 4, async (noted) => {
    const some = async () => { for (let writes = 0; writes < 60 && noted.problems.length === 0; writes += 1) await noted.next(); };
    await some();
    for (const offset of ['-1h', '+0', '-1h', '+2h']) {
      noted.struck();
      await set(offset);
      await some();
    }
  });
  const findings = await auditAfter(stack, notes);
  console.log(`database’s clock set: ${notes.summary()}`);
  assert.deepEqual(findings, []);
});
