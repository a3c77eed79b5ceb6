// The database is killed again and again, at any moment of any write; KILLS says how often.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { auditAfter, auditDerived } from '../../support/audit.mjs';
import { Chance } from '../../support/chance.mjs';
import { DatabaseServer } from '../../support/database_server.mjs';
import { whileWriting } from '../../support/writers.mjs';

const KILLS = Number(process.env.KILLS || 200);
const server = new DatabaseServer();
let stack;
after(async () => {
  await stack?.stop();
  await server.stop();
});

test(`the database killed ${KILLS} times under writing`, async () => {
  await server.start();
  stack = await server.serve({ WORKERS: '3' });
  const chance = new Chance('kills of the database');
  const findings = [];
  const notes = await whileWriting(stack, 4, async (noted) => {
    for (let kill = 1; kill <= KILLS && noted.problems.length + findings.length === 0; kill += 1) {
      await noted.next();
      // No event to wait for: any moment is as good.
      await new Promise((resolve) => setTimeout(resolve, chance.below(300)));
      noted.struck();
      await server.kill();
      if (kill % 25 !== 0) continue;
      await server.answers();
      findings.push(...await auditDerived(stack));
    }
    await server.answers();
    await noted.next();
  });
  findings.push(...await auditAfter(stack, notes));
  console.log(`database killed: ${notes.summary()}`);
  assert.deepEqual(findings, []);
  assert.equal(server.starts, KILLS + 1);
});
