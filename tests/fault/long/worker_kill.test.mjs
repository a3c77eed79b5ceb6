// Workers are killed in the midst of requests, one and all at once, and so are the web server's processes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { auditAfter } from '../../support/audit.mjs';
import { Chance } from '../../support/chance.mjs';
import { ageOf, childrenOf, runs } from '../../support/processes.mjs';
import { startStack } from '../../support/stack.mjs';
import { until } from '../../support/until.mjs';
import { whileWriting } from '../../support/writers.mjs';

const WORKERS = 3;
const stack = await startStack({ WORKERS: String(WORKERS) });
after(() => stack.stop());
const workers = () => childrenOf(stack.state.workers_pid);

// The one that starts workers counts those that end within their first second, and gives up after twenty in a row: killed are grown ones.
const grown = () => until(async () => workers(), (now) => now.length === WORKERS && now.every((pid) => ageOf(pid) > 1.1));
const pause = (chance) => new Promise((resolve) => setTimeout(resolve, chance.below(300)));

async function strike(times, name, blow) {
  const chance = new Chance(name);
  const notes = await whileWriting(stack, 4, async (noted) => {
    for (let kill = 0; kill < times && noted.problems.length === 0; kill += 1) {
      await noted.next();
      await pause(chance);
      await blow(chance, noted);
    }
    await noted.next();
  });
  const findings = await auditAfter(stack, notes);
  console.log(`${name}: ${notes.summary()}`);
  assert.deepEqual(findings, []);
}

test('one worker after the other killed in its request', async () => strike(60, 'a worker killed', async (chance, noted) => {
  const pid = chance.pick((await grown()));
  noted.struck();
  process.kill(pid, 'SIGKILL');
}));

test('all workers killed at once', async () => strike(20, 'all workers killed', async (chance, noted) => {
  const pids = await grown();
  noted.struck();
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}));

test('the web server’s serving processes killed', async () => strike(15, `${stack.web} killed`, async (chance, noted) => {
  const pids = await until(async () => childrenOf(stack.state.web_pid), (now) => now.length > 0);
  noted.struck();
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await until(async () => childrenOf(stack.state.web_pid), (now) => now.length > 0 && !now.some((pid) => pids.includes(pid)));
}));

test('the web server’s first process killed: everything ends, nothing is left, and started again it serves', async () => {
  const fallen = await startStack({ WORKERS: '1' });
  const web = childrenOf(fallen.state.web_pid);
  assert.ok(web.length > 0);
  process.kill(Number(fallen.state.web_pid), 'SIGKILL');
  await fallen.ended;
  await until(async () => web.filter(runs), (left) => left.length === 0);
  const again = await startStack({ WORKERS: '1', VAR: fallen.directory }, fallen.port);
  await again.stop();
  await fallen.stop();
});
