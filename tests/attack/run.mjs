// node tests/attack/run.mjs: sqlmap and wapiti against a stack of their own, as every role; the last line is "attack, WEB: N passed, N failed".
// SECURITY_SECONDS (600): after so many no further target is begun. SECURITY_LEVEL (1): sqlmap's.
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { startStack } from '../support/stack.mjs';
import { Client } from '../support/client.mjs';
import { attackBySqlmap } from './sqlmap.mjs';
import { ROLES, clientsOf, targetsOf } from './targets.mjs';
import { attackByWapiti } from './wapiti.mjs';

const SECONDS = Number(process.env.SECURITY_SECONDS || 600);
const LEVEL = Number(process.env.SECURITY_LEVEL || 1);
const AT_ONCE = availableParallelism() + 1; // each waits for the workers half of its time

const stack = await startStack();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stack.stop().finally(() => process.exit(1)));
const label = `attack, ${stack.web}`;
const counts = { passed: 0, failed: 0, left: 0 };

function passed() { counts.passed += 1; }
function failed(what, why) {
  counts.failed += 1;
  console.log(`FAILED (${label}) ${what}\n    ${String(why).replace(/\n/g, '\n    ')}`);
}

/** An address that puts what it gets into its SQL: what sqlmap has to find, or it finds nothing anywhere. */
async function control() {
  const server = createServer((asked, answer) => {
    const id = new URL(asked.url, 'http://localhost').searchParams.get('id') ?? '';
    const run = spawnSync('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--batch', 'supportlevel', '-e', `SELECT number, title FROM contract WHERE id = '${id}'`], { encoding: 'utf8' });
    answer.end(`<p>${run.stdout}${run.stderr}</p>`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const open = { baseUrl: `http://127.0.0.1:${server.address().port}` };
  const target = { method: 'GET', path: '/', fields: new URLSearchParams({ id: '1' }), attacked: ['id'] };
  const verdict = await attackBySqlmap(open, new Client(open), target, LEVEL);
  server.closeAllConnections();
  server.close();
  if (verdict.startsWith('injection')) passed();
  else failed('sqlmap finds an injection where there is one', verdict);
}

/** What no page leads to, and is looked up in the database, or could be: headers, links of one's own. */
function unlinkedTargets() {
  const fields = new URLSearchParams();
  const link = new URLSearchParams({ token: 'a'.repeat(43) });
  return [
    { role: 'nobody', method: 'GET', path: '/password', fields: link, attacked: ['token'] },
    { role: 'nobody', method: 'GET', path: '/setup', fields: link, attacked: ['token'] },
    { role: 'nobody', method: 'GET', path: '/levels', fields, attacked: ['Cookie'], headers: { Cookie: `supportlevel_session=${'a'.repeat(43)}*` } },
    { role: 'nobody', method: 'GET', path: '/levels.json', fields, attacked: ['Authorization'], headers: { Authorization: 'Bearer sl_x*' } },
    { role: 'viewer', method: 'GET', path: '/levels', fields, attacked: ['Accept-Language'], headers: { 'Accept-Language': 'de*' } },
  ];
}

/** Nobody counts as such. */
async function isSignedIn(client, role) {
  return role === 'nobody' || (await client.get('/')).status === 200;
}

async function bySqlmap(clients, contract) {
  const targets = [...unlinkedTargets(), ...await targetsOf(clients, contract)];
  const end = Date.now() + SECONDS * 1000;
  const work = async () => {
    for (let target; (target = targets.shift()) !== undefined;) {
      const what = `sqlmap: ${target.method} ${target.path} ${target.inPath ? 'part ' : ''}${target.attacked.join(', ')} as ${target.role}`;
      const verdict = Date.now() < end ? await attackBySqlmap(stack, clients[target.role], target, LEVEL) : 'late';
      if (verdict === 'clean' && !await isSignedIn(clients[target.role], target.role)) failed(what, 'the session ended: what is behind it was not attacked');
      else if (verdict === 'clean') passed();
      else if (verdict !== 'late') failed(what, verdict);
      else {
        counts.left += 1;
        console.log(`not finished in its time: ${what}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function byWapiti(clients) {
  for (const role of ROLES) {
    const { findings, statuses } = await attackByWapiti(stack, clients[role], Math.max(5, Math.floor(SECONDS / 60)));
    console.log(`wapiti as ${role}: answers by status ${JSON.stringify(statuses)}`);
    if (!await isSignedIn(clients[role], role)) failed(`wapiti as ${role}`, 'the session ended: what is behind it was not attacked');
    else if (findings.length === 0) passed();
    for (const finding of findings) failed(`wapiti as ${role}: ${finding.kind}`, `${finding.method} ${finding.path} ${finding.parameter}: ${finding.info}`);
  }
}

// Whoever guesses passwords is made to wait; here that would only keep what is behind it from being tried.
const forgiving = setInterval(() => stack.database('DELETE FROM login_failure'), 1000);
try {
  const clients = await clientsOf(stack);
  await control();
  await bySqlmap(clients, stack.databaseValue('SELECT number FROM contract ORDER BY id LIMIT 1'));
  await byWapiti(clients);
} catch (error) {
  failed('the attack', error.stack);
}
clearInterval(forgiving);
// Whatever was sent: nothing that is ours to mend.
const errors = stack.errors();
if (errors.length === 0) passed();
else failed('no error of the program', errors.slice(0, 20).join('\n'));
await stack.stop().catch((error) => failed('the workers', error.message));
console.log(`${label}: ${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);
