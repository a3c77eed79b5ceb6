// A day has begun: stored terms hold for some days only, and no page, file or selection may ever show those of a day that is over. The same data is
// served on one day and on a later one; whatever is asked first meets terms that nobody has rolled yet.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { selection } from '../support/contracts.mjs';
import { build, root, startStack } from '../support/stack.mjs';

const directory = mkdtempSync('/tmp/supportlevel-today-');
const stacks = [];
after(async () => {
  await Promise.all(stacks.map((stack) => stack.stop()));
  rmSync(directory, { recursive: true, force: true });
});

async function on(day) {
  const stack = await startStack({ VAR: join(directory, 'var'), WORKERS: '1', SUPPORTLEVEL_TODAY: day });
  stacks.push(stack);
  return { stack, client: await signedIn(stack, 'viewer'), async end() { stacks.pop(); await stack.stop(); } };
}

const STALE = (day) => `valid_until < '${day}' OR valid_from > '${day}'`;
const TERMS = 'SELECT id, status, term_ends_on, notice_by, valid_until FROM contract ORDER BY id';
const german = (iso) => iso.split('-').reverse().join('.');

/** What can be seen to be stale without computing a term: a status or deadline that lies before the day. */
function assertFresh(contracts, day) {
  assert.ok(contracts.length > 0);
  for (const contract of contracts) {
    const say = `${contract.number} on ${day}: ${JSON.stringify(contract)}`;
    if (contract.notice_by) assert.ok(contract.notice_by >= day, say);
    if (contract.status !== 'ended' && contract.term_ends_on) assert.ok(contract.term_ends_on >= day, say);
    if (contract.status === 'ended') assert.ok(contract.term_ends_on < day, say);
    if (contract.status === 'upcoming') assert.ok(contract.starts_on > day, say);
    if (['active', 'cancelled'].includes(contract.status)) assert.ok(contract.starts_on <= day, say);
  }
}

/** The cells of a CSV text whose cells hold no line breaks that matter here. */
function csvRows(text) {
  const lines = [[]];
  for (const [, quoted, plain, mark] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    lines.at(-1).push(quoted !== undefined ? quoted.replaceAll('""', '"') : plain);
    if (mark === '\r\n') lines.push([]);
  }
  const [head, ...rows] = lines.filter((line) => line.length > 1);
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])));
}

// Each is what a worker that has just started is asked first, some months after the day before; the sign-in page alone needs no terms.
const FIRST = [
  ['the table', '2026-05-01', async (client, day, rolled) => {
    const page = await client.get('/contracts?status=active&notice_from=today&sort=notice');
    const first = rolled().filter(([, status, , by]) => status === '1' && by >= day && by < '9999').map(([, , , by]) => by).sort()[0];
    assert.equal(page.document.querySelector('.contracts tbody tr [data-label="Kündbar bis"]')?.textContent, german(first), page.location);
  }],
  ['the table as JSON', '2026-08-15', async (client, day) => assertFresh(await selection(client, 'per=200'), day)],
  ['one status as JSON', '2026-11-02', async (client, day, rolled) => {
    const ended = await selection(client, 'status=ended&per=200');
    assertFresh(ended, day);
    assert.equal(ended.length, rolled().filter(([, status]) => status === '3').length);
  }],
  ['the CSV', '2027-03-29', async (client, day) => {
    const answer = await client.get('/contracts.csv?lang=en');
    assert.equal(answer.status, 200);
    const rows = csvRows(answer.text);
    assert.ok(rows.every((row) => row.status && row.starts_on));
    assertFresh(rows, day);
  }],
  ['the overview', '2027-10-25', async (client, day, rolled) => {
    const page = await client.get('/');
    assert.equal(page.status, 200);
    const shown = [...page.text.matchAll(/(\d\d)\.(\d\d)\.(\d{4})/g)].map(([, d, m, y]) => `${y}-${m}-${d}`);
    const next = rolled().filter(([, status, , by]) => ['0', '1'].includes(status) && by >= day).map(([, , , by]) => by).sort()[0];
    assert.ok(shown.includes(next), `${next} among ${shown}`);
  }],
  ['one contract', '2028-02-29', async (client, day, rolled) => {
    for (const [id] of rolled().filter((row, at) => at % 40 === 0)) assertFresh([(await client.get(`/contracts/${id}.json`)).json()], day);
  }],
];

test('the first page that is asked for on a new day shows that day', async (context) => {
  for (const [name, day, check] of FIRST) {
    await context.test(`${name}, on ${day}`, async () => {
      const served = await on(day);
      try {
        // The start has rolled already: set back to the day before, which the worker that has shown no page yet doesn't know.
        assert.equal(served.stack.tool(['roll'], '', { SUPPORTLEVEL_TODAY: '2026-02-11' }).status, 0);
        assert.notEqual(served.stack.databaseValue(`SELECT COUNT(*) FROM contract WHERE ${STALE(day)}`), '0');
        await check(served.client, day, () => served.stack.database(TERMS));
        assert.equal(served.stack.databaseValue(`SELECT COUNT(*) FROM contract WHERE ${STALE(day)}`), '0');
      } finally {
        await served.end();
      }
    });
  }
});

test('two rolls at once, while pages are asked for, come to what one comes to', async () => {
  const served = await on('2026-02-11');
  const { stack, client } = served;
  const terms = () => stack.database(TERMS).map(String);
  assert.equal((await client.get('/contracts')).status, 200);
  const early = terms();
  assert.equal(stack.tool(['roll'], '', { SUPPORTLEVEL_TODAY: '2029-07-01' }).status, 0);
  const late = terms();
  assert.notDeepEqual(late, early);
  assert.equal(stack.tool(['roll'], '', { SUPPORTLEVEL_TODAY: '2026-02-11' }).status, 0);
  assert.deepEqual(terms(), early);
  const user = process.env.USER ?? stack.databaseValue("SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)");
  const roll = () => new Promise((resolve) => {
    const child = spawn(join(root, build, 'supportlevel'), ['roll'], { env: { ...process.env, SUPPORTLEVEL_TODAY: '2029-07-01', LC_ALL: 'C.UTF-8',
      SUPPORTLEVEL_DATABASE_URL: `mariadb://${user}@localhost/supportlevel?socket=${stack.state.database_socket}` } });
    let text = '';
    child.stderr.on('data', (piece) => { text += piece; });
    child.on('close', (status) => resolve([status, text]));
  });
  const [one, other, page] = await Promise.all([roll(), roll(), client.get('/contracts.json?per=50')]);
  assert.deepEqual([one, other], [[0, ''], [0, '']]);
  assert.equal(page.status, 200);
  assert.deepEqual(terms(), late);
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM contract WHERE ${STALE('2029-07-01')}`), '0');
  const kept = stack.database('SELECT status, SUM(contracts) FROM contract_count GROUP BY status HAVING SUM(contracts) <> 0 ORDER BY status').map(String);
  assert.deepEqual(kept, stack.database('SELECT status, COUNT(*) FROM contract GROUP BY status ORDER BY status').map(String));
  await served.end();
});
