// A backup while people write, and its way back: all rows with all their versions, or nothing; never over contracts without being told.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client, signedIn } from '../../support/client.mjs';
import { createContract } from '../../support/contracts.mjs';
import { pdf, sendFiles } from '../../support/files.mjs';
import { Session } from '../../support/session.mjs';
import { build, root, startStack } from '../../support/stack.mjs';
import { until } from '../../support/until.mjs';

const stack = await startStack({ WORKERS: '3' });
const directory = mkdtempSync(join(tmpdir(), 'supportlevel-backup-'));
after(async () => {
  await stack.stop();
  rmSync(directory, { recursive: true, force: true });
});
const admin = await signedIn(stack, 'admin');
const editor = await signedIn(stack, 'editor');
const PASSWORD = 'geheim"#\\wort';

// Only as much as each needs: one reads, one owns the tables of the databases that are restored into.
stack.database(`CREATE USER reader@localhost IDENTIFIED BY 'geheim"#\\\\wort'; GRANT SELECT, TRIGGER ON supportlevel.* TO reader@localhost;
  CREATE USER keeper@localhost IDENTIFIED BY 'keeper'; GRANT ALL ON \`restored%\`.* TO keeper@localhost; CREATE DATABASE restored`);
const url = (user, password, name) => `mariadb://${user}:${encodeURIComponent(password)}@localhost/${name}?socket=${stack.state.database_socket}`;
const READER = { SUPPORTLEVEL_DATABASE_URL: url('reader', PASSWORD, 'supportlevel') };
const KEEPER = { SUPPORTLEVEL_DATABASE_URL: url('keeper', 'keeper', 'restored') };

/** The command beside this process; resolves with status, out and err. */
function start(args, environment) {
  const child = spawn(join(root, build, 'supportlevel'), args, { cwd: root, env: { ...process.env, ...environment } });
  const result = { child, out: '', err: '' };
  child.stdout.on('data', (text) => { result.out += text; });
  child.stderr.on('data', (text) => { result.err += text; });
  result.ended = new Promise((resolve) => child.on('close', (status) => resolve({ ...result, status })));
  return result;
}
const backups = (place = directory) => readdirSync(place).filter((name) => name.endsWith('.sql.gz'));
const restore = (file, args = [], environment = KEEPER) => stack.tool(['restore', file, ...args], '', environment);
const tablesOf = (name) => stack.database(`SELECT table_name FROM information_schema.tables WHERE table_schema = '${name}' ORDER BY 1`).map(([table]) => table);

/** Makes the database that is restored into anew, with no tables but these. */
const emptied = (sql = '') => stack.database(`SET foreign_key_checks = 0; CREATE OR REPLACE DATABASE restored; USE restored; ${sql}`);

/** A backup of the database as it is. */
function backup(place = directory) {
  const done = stack.tool(['backup', '--directory', place], '', READER);
  assert.equal(done.status, 0, done.stderr);
  return /^(\S+): \d+ bytes$/m.exec(done.stdout)[1];
}

/** Every row and every version of every table of a database, as a session sees them; and how tables and triggers are made. */
async function everything(session, name) {
  const found = {};
  const columns = await session.run(`SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = '${name}' ORDER BY table_name, ordinal_position`);
  const versioned = new Set(await session.run(`SELECT table_name FROM information_schema.tables WHERE table_schema = '${name}' AND table_type = 'SYSTEM VERSIONED'`));
  const cells = columns.map((line) => line.split('\t'));
  // Sessions end with a restoring.
  for (const table of new Set(cells.map(([one]) => one).filter((one) => one !== 'session'))) {
    const list = cells.filter(([one]) => one === table).map(([, column]) => `\`${column}\``);
    if (versioned.has(table) && !list.includes('`row_end`')) list.push('row_start', 'row_end');
    found[table] = await session.run(`SELECT ${list.join(', ')} FROM \`${name}\`.\`${table}\`${versioned.has(table) ? ' FOR SYSTEM_TIME ALL' : ''} ORDER BY ${list.map((_, i) => i + 1).join(', ')}`);
    found[`${table}: made`] = (await session.run(`SHOW CREATE TABLE \`${name}\`.\`${table}\``)).map((line) => line.replace(/ AUTO_INCREMENT=\d+/, ''));
  }
  found.triggers = await session.run(`SELECT trigger_name, event_manipulation, action_timing, event_object_table, action_statement, sql_mode FROM information_schema.triggers WHERE trigger_schema = '${name}' ORDER BY 1`);
  return found;
}

/** Writes by the web until told to stop: creates, changes, deletes, takes requests in. */
function writer(client) {
  let going = true;
  let written = 0;
  const done = (async () => {
    while (going) {
      const { id } = await createContract(client, { title: `Während der Sicherung ${written}` });
      // While nobody may commit, on a slow machine, a page gives up (503): the next try is another contract.
      if (id === null || (await client.get(`/contracts/${id}/edit`)).status !== 200) continue;
      await client.submit(`/contracts/${id}/edit`, { title: `Geändert "${written}" \\ 'ä'`, note: 'zwei\nZeilen' }, 'form:has([name="number"])');
      if (written % 3 === 0) await client.post(`/contracts/${id}/delete`, { csrf: await client.token(), version: '2' });
      written += 1;
    }
    return written;
  })();
  return { stop: () => { going = false; return done; } };
}

test('a backup taken while people write holds every row and version of one moment, and goes into another database', async (t) => {
  const { id } = await createContract(editor);
  assert.equal((await sendFiles(editor, `/contracts/${id}/documents`, { csrf: await editor.token() }, [['file', 'Vertrag.pdf', pdf(300000)]])).status, 303);
  const writers = [writer(admin), writer(await signedIn(stack, 'admin'))];
  t.after(() => Promise.all(writers.map(({ stop }) => stop())));
  await until(async () => stack.databaseValue("SELECT COUNT(*) FROM contract WHERE title LIKE 'Geändert%'"), (count) => Number(count) > 3);

  // Nobody commits while the backup and this view begin: both see the same moment. Writing goes on before the backup has read its first table.
  const gate = new Session(stack);
  const view = new Session(stack);
  await view.run('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await gate.run('FLUSH TABLES WITH READ LOCK');
  const running = start(['backup', '--directory', directory], READER);
  // Of one that is through already it is certain, too: nobody could commit meanwhile.
  await until(async () => running.child.exitCode !== null || stack.databaseValue("SELECT COUNT(*) FROM information_schema.innodb_trx JOIN information_schema.processlist ON id = trx_mysql_thread_id WHERE user = 'reader'") === '1', Boolean);
  await view.run('START TRANSACTION WITH CONSISTENT SNAPSHOT');
  await gate.close();
  const done = await running.ended;
  await Promise.all(writers.map(({ stop }) => stop()));
  assert.equal(done.status, 0, done.err);

  const [name, ...more] = backups();
  assert.deepEqual(more, []);
  assert.match(name, /^supportlevel-\d{8}T\d{6}Z\.sql\.gz$/);
  const bytes = readFileSync(join(directory, name));
  assert.equal(readFileSync(join(directory, `${name}.sha256`), 'utf8'), `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  assert.equal(spawnSync('sha256sum', ['--check', '--status', `${name}.sha256`], { cwd: directory }).status, 0);
  assert.deepEqual(readdirSync(directory).sort(), [name, `${name}.sha256`]);
  for (const file of readdirSync(directory)) assert.equal(statSync(join(directory, file)).mode & 0o077, 0, `${file} is only its owner's`);

  const restored = restore(join(directory, name));
  assert.equal(restored.status, 0, restored.stderr);
  const other = new Session(stack, 'restored');
  const [before, now] = [await everything(view, 'supportlevel'), await everything(other, 'restored')];
  assert.deepEqual(Object.keys(now), Object.keys(before));
  for (const table of Object.keys(before)) assert.deepEqual(now[table], before[table], table);
  assert.ok(before.document_piece.length > 0 && before.deletion.length > 0 && before.triggers.length > 20);
  assert.ok(before.contract.length > Number(stack.databaseValue('SELECT COUNT(*) FROM restored.contract')) + 3, 'old versions too');
  await view.run('COMMIT');
  assert.notDeepEqual((await everything(view, 'supportlevel')).contract, before.contract, 'people wrote on after that moment');
  assert.equal(stack.databaseValue('SELECT COUNT(*) FROM restored.session'), '0');
  await view.close();
  await other.close();
});

test('what was restored works on: versions, counts and who changed it', () => {
  const count = () => Number(stack.databaseValue('SELECT SUM(contracts) FROM restored.contract_count'));
  assert.equal(count(), Number(stack.databaseValue('SELECT COUNT(*) FROM restored.contract')));
  const id = stack.databaseValue('SELECT MIN(id) FROM restored.contract');
  const versions = () => stack.database(`SELECT changed_by FROM restored.contract FOR SYSTEM_TIME ALL WHERE id = ${id} ORDER BY row_end`).map(([who]) => who);
  const before = versions();
  stack.database(`USE restored; SET @actor = 'danach'; UPDATE contract SET title = 'Nach der Sicherung' WHERE id = ${id}; UPDATE contract SET status = (status + 1) % 4 WHERE id = ${id}`);
  assert.deepEqual(versions(), [...before, 'danach']);
  assert.equal(count(), Number(stack.databaseValue('SELECT COUNT(*) FROM restored.contract')));
});

test('a restoring over contracts happens only when told to, and brings their history back', async () => {
  const { id } = await createContract(editor, { title: 'Erst so' });
  await editor.submit(`/contracts/${id}/edit`, { title: 'Dann so' }, 'form:has([name="number"])');
  const page = async () => {
    const client = await signedIn(stack, 'viewer');
    const answer = await client.get(`/contracts/${id}/history`);
    assert.equal(answer.status, 200);
    return answer.document.querySelector('main').innerHTML;
  };
  const before = await page();
  assert.match(before, /Erst so/);
  const place = join(directory, 'over');
  mkdirSync(place);
  const file = backup(place);
  assert.equal((await admin.post(`/contracts/${id}/delete`, { csrf: await admin.token(), version: '2' })).status, 303);
  stack.database('CREATE TABLE of_a_newer_version (id INT)');
  const refused = stack.tool(['restore', file]);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /holds contracts or customers; --overwrite/);
  assert.equal((await admin.get(`/contracts/${id}`)).status, 404, 'nothing has happened');
  const done = stack.tool(['restore', file, '--overwrite']);
  assert.equal(done.status, 0, done.stderr);
  assert.equal((await admin.get('/contracts')).status, 303, 'sessions have ended');
  assert.equal(await page(), before);
  assert.ok(!tablesOf('supportlevel').includes('of_a_newer_version') && !tablesOf('supportlevel').includes('restore_unfinished'));
  assert.equal((await new Client(stack).get('/healthz')).status, 200);
  for (const client of [admin, editor]) {
    const role = client === admin ? 'admin' : 'editor';
    assert.equal((await client.signIn(role, stack.logins[role])).status, 303);
  }
});

test('a file that is damaged, cut short or something else is refused before anything is touched', () => {
  const file = backup();
  const bytes = readFileSync(file);
  const text = gunzipSync(bytes);
  const sum = readFileSync(`${file}.sha256`);
  const tables = tablesOf('restored');
  const broken = join(directory, 'broken.sql.gz');
  const flipped = Buffer.from(bytes);
  flipped[bytes.length >> 1] ^= 1;
  const cases = [
    ['one bit is another', flipped, null, /damaged/],
    ['one bit is another, found by the checksum file', flipped, sum, /not what its checksum file says/],
    ['cut short', bytes.subarray(0, bytes.length - 1000), null, /damaged/],
    ['cut short and packed again', gzipSync(text.subarray(0, text.length >> 1)), null, /does not end as a backup/],
    ['not packed', text, null, /damaged or no backup/],
    ['empty', Buffer.alloc(0), null, /damaged or no backup/],
    ['another whole file under this checksum', gzipSync(text), sum, /not what its checksum file says/],
  ];
  for (const [what, content, checksum, message] of cases) {
    writeFileSync(broken, content);
    rmSync(`${broken}.sha256`, { force: true });
    if (checksum) writeFileSync(`${broken}.sha256`, checksum);
    const refused = restore(broken, ['--overwrite']);
    assert.equal(refused.status, 1, what);
    assert.match(refused.stderr, message, what);
    assert.deepEqual(tablesOf('restored'), tables, what);
  }
  assert.match(restore(join(directory, 'nowhere.sql.gz')).stderr, /No such file/);
  rmSync(broken);
  rmSync(`${broken}.sha256`);
});

test('a restoring that breaks off leaves nothing, and says so', () => {
  // Tables of this program, in which nothing ever was.
  emptied('CREATE TABLE migration (name INT); CREATE TABLE contract (id INT) WITH SYSTEM VERSIONING; CREATE TABLE customer (id INT) WITH SYSTEM VERSIONING');
  const text = gunzipSync(readFileSync(join(directory, backups()[0]))).toString('latin1');
  const broken = join(directory, 'broken.sql.gz');
  const middle = text.indexOf('-- Table structure for table `contract_day`');
  for (const [statement, message] of [['SELECT no_such_column;\n', /no_such_column/], ['KILL CONNECTION_ID();\n', /mariadb failed: ERROR/]]) {
    writeFileSync(broken, gzipSync(Buffer.from(text.slice(0, middle) + statement + text.slice(middle), 'latin1')));
    const failed = restore(broken);
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /there is no checksum file beside it/);
    assert.match(failed.stderr, /nothing was restored, the database restored is empty/);
    assert.match(failed.stderr, message);
    assert.ok(failed.stderr.length < 800 && !failed.stderr.includes('INSERT INTO'), 'no rows in a message');
    assert.deepEqual(tablesOf('restored'), []);
  }
  rmSync(broken);
});

test('after one that was killed a backup is restored without more ado, and brought up to date', () => {
  emptied('CREATE TABLE restore_unfinished (id INT); CREATE TABLE contract (id INT); CREATE TABLE half (id INT)');
  const migrations = join(directory, 'sql');
  cpSync(join(root, 'sql'), migrations, { recursive: true });
  writeFileSync(join(migrations, '9999_later.sql'), 'CREATE TABLE of_a_later_version (id INT);');
  const done = restore(join(directory, backups()[0]), ['--migrations', migrations]);
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stdout, /^1 migrations applied$/m);
  assert.ok(tablesOf('restored').includes('of_a_later_version'));
  assert.ok(!tablesOf('restored').includes('half') && !tablesOf('restored').includes('restore_unfinished'));
});

test('a contract that was deleted is one: its history is not lost by itself', () => {
  emptied('CREATE TABLE migration (name INT); CREATE TABLE contract (id INT) WITH SYSTEM VERSIONING; CREATE TABLE customer (id INT) WITH SYSTEM VERSIONING; INSERT INTO contract VALUES (1); DELETE FROM contract');
  assert.match(restore(join(directory, backups()[0])).stderr, /holds contracts or customers; --overwrite/);
});

test('tables that are not this program\'s are never dropped', () => {
  emptied('CREATE TABLE payroll (id INT)');
  const refused = restore(join(directory, backups()[0]), ['--overwrite']);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /not this program's/);
  assert.deepEqual(tablesOf('restored'), ['payroll']);
});

test('the password stands in no process list, whatever characters it has', async (t) => {
  const gate = new Session(stack);
  t.after(() => gate.close());
  await gate.run('LOCK TABLES contract_type WRITE');
  const running = start(['backup', '--directory', directory], READER);
  t.after(() => running.child.kill('SIGKILL'));
  // The dump waits for that table.
  await until(async () => stack.database("SELECT id FROM information_schema.processlist WHERE user = 'reader' AND state LIKE '%metadata lock%' AND info LIKE '%`contract_type`%'"), (rows) => rows.length > 0);
  const lines = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  });
  assert.ok(lines.some((line) => line.startsWith('mariadb-dump')));
  assert.deepEqual(lines.filter((line) => line.includes('geheim')), []);
  assert.equal(readdirSync(directory).filter((name) => name.endsWith('.part')).length, 1);
  // Meanwhile no second one.
  const second = stack.tool(['backup', '--directory', directory], '', READER);
  assert.equal(second.status, 1);
  assert.match(second.stderr, /another backup is being written/);
  running.child.kill('SIGKILL');
  await running.ended;
});

test('what a killed one left is removed by the next; --keep leaves the newest', async () => {
  assert.ok(readdirSync(directory).some((name) => name.endsWith('.part')));
  const place = join(directory, 'kept');
  mkdirSync(place);
  const old = ['supportlevel-20260101T000000Z.sql.gz', 'supportlevel-20260102T000000Z.sql.gz', 'supportlevel-20260103T000000Z.sql.gz'];
  const others = ['other-20250101T000000Z.sql.gz', 'supportlevel_2-20250101T000000Z.sql.gz', 'supportlevel-notes.sql.gz'];
  for (const name of [...old, ...old.map((one) => `${one}.sha256`), ...others, 'supportlevel-20260104T000000Z.sql.gz.part']) writeFileSync(join(place, name), '');
  const done = stack.tool(['backup', '--directory', place, '--keep', '2'], '', READER);
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stdout, /^2 older ones removed$/m);
  const left = readdirSync(place);
  assert.deepEqual(left.filter((name) => others.includes(name)).sort(), [...others].sort());
  assert.deepEqual(left.filter((name) => old.some((one) => name.startsWith(one))).sort(), [old[2], `${old[2]}.sha256`]);
  assert.ok(!left.some((name) => name.endsWith('.part')));
  assert.equal(left.length, others.length + 4);
});

test('a backup that can\'t be whole is none', () => {
  const place = join(directory, 'none');
  mkdirSync(place);
  stack.database("CREATE USER blind@localhost IDENTIFIED BY 'x'; GRANT SELECT ON supportlevel.* TO blind@localhost");
  const cases = [
    [['backup', '--directory', place], { SUPPORTLEVEL_DATABASE_URL: url('blind', 'x', 'supportlevel') }, 1, /GRANT SELECT, TRIGGER/],
    [['backup', '--directory', place], { SUPPORTLEVEL_DATABASE_URL: url('keeper', 'keeper', 'restored_nothing') }, 1, /Unknown database|Access denied|nothing to back up/],
    [['backup', '--directory', join(place, 'nowhere')], READER, 1, /No such file/],
    [['backup', '--directory', '/dev/full'], READER, 1, /Not a directory/],
    [['backup'], READER, 2, /--directory/],
    [['backup', '--directory', place, '--keep', '-1'], READER, 2, /--keep/],
    [['backup', '--directory', place], { ...READER, PATH: '/nowhere' }, 1, /mariadb-client/],
    [['restore'], KEEPER, 2, /missing/],
  ];
  for (const [args, environment, status, message] of cases) {
    const done = stack.tool(args, '', environment);
    assert.equal(done.status, status, `${args.join(' ')}: ${done.stderr}`);
    assert.match(done.stderr, message);
  }
  assert.equal(existsSync(place) && readdirSync(place).length, 0);
});
