// Others hold what writers need, in the other order; and a database that stands still.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, test } from 'node:test';
import { auditAfter } from '../../support/audit.mjs';
import { Chance } from '../../support/chance.mjs';
import { DatabaseServer } from '../../support/database_server.mjs';
import { whileWriting } from '../../support/writers.mjs';

const server = new DatabaseServer();
await server.start();
const stack = await server.serve({ WORKERS: '3' });
after(async () => {
  await stack.stop();
  await server.stop();
});
const status = (name) => Number(server.query(`SHOW GLOBAL STATUS LIKE '${name}'`).split('\t')[1]);

/** Runs SQL in a connection of its own until it has answered all. */
function session(sql) {
  const child = spawn('mariadb', ['--no-defaults', `--socket=${server.socket}`, '--force', 'supportlevel'], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end(sql);
  return new Promise((resolve) => child.on('close', resolve));
}

test('transactions that take the same rows in the other order', async () => {
  const chance = new Chance('deadlocks');
  const notes = await whileWriting(stack, 5, async (noted) => {
    for (let round = 0; round < 400 && status('Innodb_deadlocks') < 5 && noted.problems.length === 0; round += 1) {
      const hold = () => {
        const rows = server.query("SELECT id FROM supportlevel.contract WHERE number REGEXP '^g[0-9]+w' ORDER BY id DESC").split('\n').filter(Boolean);
        return Array.from({ length: Math.min(rows.length, 8) }, () => chance.pick(rows)).map((id) => `SELECT id FROM contract WHERE id = ${id} FOR UPDATE; SELECT SLEEP(0.02);`).join(' ');
      };
      await Promise.all([session(`BEGIN; ${hold()} ROLLBACK;`), session(`BEGIN; ${hold()} ROLLBACK;`)]);
    }
    await noted.next();
  });
  const findings = await auditAfter(stack, notes);
  console.log(`deadlocks ${status('Innodb_deadlocks')}: ${notes.summary()}`);
  assert.deepEqual(findings, []);
  assert.ok(status('Innodb_deadlocks') >= 5);
});

test('a database that stands still: every page is answered, and afterwards all goes on', async () => {
  const notes = await whileWriting(stack, 4, async (noted) => {
    await noted.next();
    // While some are waiting for an answer to what they wrote: who only looks at a page waits for the service to be back, and is told nothing.
    while (noted.underWay < 3 && noted.problems.length === 0) await new Promise(setImmediate);
    const told = () => noted.counts.unknown + noted.counts.refused;
    const before = told();
    noted.struck();
    server.child.kill('SIGSTOP');
    // Until each has been told: 12 seconds without a byte from the database are the program's limit, 70 the writers'.
    while (noted.underWay > 0) await new Promise((resolve) => setTimeout(resolve, 200));
    if (told() === before) noted.problem('nobody was told that the database does not answer');
    server.child.kill('SIGCONT');
    await noted.next();
  });
  const findings = await auditAfter(stack, notes);
  console.log(`database stood still: ${notes.summary()}`);
  assert.deepEqual(findings, []);
});
