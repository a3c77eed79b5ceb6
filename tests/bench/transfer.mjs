// How fast many contracts come in and go out, beside what the database's own tools do with the same rows.
// BENCH_TRANSFER_ROWS (1m), BENCH_ROUNDS (3; the exports two more), BENCH_ONLY (in, out).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signedIn } from '../support/client.mjs';
import { workers as workersOf } from '../support/workers.mjs';
import { root, TODAY } from '../support/stack.mjs';
import { startCompany } from './company.mjs';
import { count, forgetPeak, inTurn, median, peakMemory, report, runProgram, table } from './measure.mjs';

const ROWS = count('BENCH_TRANSFER_ROWS', 1e6);
const ROUNDS = count('BENCH_ROUNDS', 3);
const ONLY = process.env.BENCH_ONLY || '';
const TOOL = join(root, 'build/supportlevel');
const USER = spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim();
/** What an import fills and LOAD DATA is given; contract_count and contract_change are filled by the tables' triggers in both ways. */
const TABLES = ['customer', 'contract', 'contract_word', 'contract_day', 'customer_span'];

const directory = mkdtempSync(join(tmpdir(), 'supportlevel-bench-'));
const csv = join(directory, 'contracts.csv');
const settings = { BUFFER_POOL: process.env.BUFFER_POOL || '512M' };
let stack = await startCompany(ROWS, { ...settings, WEB: 'nginx' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stack.stop().then(() => process.exit(1)));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

const environmentOf = (database) => ({ SUPPORTLEVEL_TODAY: TODAY, SUPPORTLEVEL_DATABASE_URL: `mariadb://${USER}@localhost/${database}?socket=${stack.state.database_socket}` });

function tool(args, database, output = 'pipe') {
  const run = spawnSync(TOOL, args, { encoding: 'utf8', cwd: root, env: { ...process.env, ...environmentOf(database) }, stdio: ['ignore', output, 'pipe'] });
  assert.equal(run.status, 0, run.stderr);
}

const clientOptions = () => ['--no-defaults', `--socket=${stack.state.database_socket}`, `--user=${USER}`, '--default-character-set=utf8mb4'];

/** A database with the product's tables and the company's users, and nothing else. */
function emptyDatabase(name) {
  stack.database(`DROP DATABASE IF EXISTS ${name}; CREATE DATABASE ${name}`);
  tool(['migrate', '--directory', join(root, 'sql')], name);
  stack.database(`INSERT INTO ${name}.user SELECT * FROM supportlevel.user`);
}

/** What is stored, to be the same whichever way it came in. */
const checksums = (database) => stack.database([
  `SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', contract.number, title, customer.number, customer_name, type_id, level_id, starts_on, ends_on, notice_period, amount, responsible_id, reference,
     contract.note, status, term_ends_on, notice_by, monthly_value))) FROM ${database}.contract JOIN ${database}.customer ON customer.id = customer_id`,
  `SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', word, number))) FROM ${database}.contract_word JOIN ${database}.contract ON contract.id = contract_id`,
  `SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', kind, unit, begins, level_id, status, type_id, currency, contracts, running, monthly_value, yearly_value))) FROM ${database}.contract_day WHERE contracts <> 0`,
  `SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', number, level_id, begins, ends))) FROM ${database}.customer_span JOIN ${database}.customer ON customer.id = customer_id`,
].join(';\n'));

// ---- in ----

const columnsOf = (name) => stack.database(`SELECT column_name FROM information_schema.columns WHERE table_schema = 'bench_import' AND table_name = '${name}'
  AND extra NOT LIKE '%GENERATED%' ORDER BY ordinal_position`).map(([column]) => column).join(', ');

async function importCsv() {
  emptyDatabase('bench_import');
  return runProgram(TOOL, ['import', csv], { environment: environmentOf('bench_import') });
}

/** One transaction, as the import is, with every check, key, trigger and foreign key in force, each table in the order of its primary key. */
async function loadData() {
  emptyDatabase('bench_load');
  const loads = TABLES.map((name) => `LOAD DATA INFILE '${join(directory, name)}' INTO TABLE ${name} CHARACTER SET utf8mb4 (${columnsOf(name)});`);
  return runProgram('mariadb', [...clientOptions(), 'bench_load'], {
    input: `SET SESSION time_zone = '+00:00', @actor = 'import (bench)', @count_slot = 8; SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; START TRANSACTION; ${loads.join('\n')} COMMIT;`,
  });
}

async function measureImport() {
  // Once for the tables' files, which isn't measured.
  await importCsv();
  for (const name of TABLES) stack.database(`SELECT ${columnsOf(name)} INTO OUTFILE '${join(directory, name)}' CHARACTER SET utf8mb4 FROM bench_import.${name}`);
  const found = await inTurn({ 'LOAD DATA': loadData, import: importCsv }, ROUNDS);
  const expected = checksums('supportlevel');
  for (const database of ['bench_import', 'bench_load']) assert.deepEqual(checksums(database), expected, database);
  stack.database('DROP DATABASE bench_import; DROP DATABASE bench_load');
  return found;
}

// ---- out ----

/** The same columns from the same tables; in no order, which is the fastest. */
const SELECT = `SELECT contract.number, title, customer.number, contract.customer_name, contract_type.code, support_level.code, starts_on, ends_on, renewal_months, notice_period, notice_to,
  cancelled_on, cancelled_to, amount, billing_months, currency, user.name, reference, contract.note, status, term_ends_on, notice_by, monthly_value
  FROM contract LEFT JOIN customer ON customer.id = contract.customer_id LEFT JOIN contract_type ON contract_type.id = contract.type_id
  LEFT JOIN support_level ON support_level.id = contract.level_id LEFT JOIN user ON user.id = contract.responsible_id`;

const clientOutput = () => runProgram('mariadb', [...clientOptions(), '--batch', '--quick', 'supportlevel', '-e', SELECT]);
const exportCommand = () => runProgram(TOOL, ['export'], { environment: environmentOf('supportlevel') });
const workers = () => workersOf(stack);
const workersPeak = () => Math.max(...workers().map((pid) => peakMemory(pid) ?? 0));

/** A file of contracts, whose bytes are dropped as they come; `wanted`: how many they are, where that is known. */
function exportByWeb(viewer, path, wanted) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const asked = request(`${stack.baseUrl}${path}`, { agent: false, headers: { cookie: [...viewer.cookies].map(([name, value]) => `${name}=${value}`).join('; ') } }, (response) => {
      let bytes = 0;
      assert.equal(response.statusCode, 200);
      response.on('data', (piece) => { bytes += piece.length; });
      response.on('error', reject);
      response.on('end', () => {
        if (wanted !== undefined) assert.equal(bytes, wanted);
        resolve({ seconds: (performance.now() - begin) / 1000, peak: workersPeak() });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

let exportBytes = 0;

async function measureExport(web, more) {
  const viewer = await signedIn(stack, 'viewer');
  // Checking a password takes memory on purpose.
  workers().forEach(forgetPeak);
  const small = workersPeak();
  await clientOutput();
  const found = await inTurn({ 'mariadb --batch --quick': clientOutput, [`GET /contracts.csv, ${web}`]: () => exportByWeb(viewer, '/contracts.csv', exportBytes), ...more }, ROUNDS + 2);
  return { viewer, found, small };
}

const XLSX_LEVEL = 'L3';
const JSON_PAGES = 50;
const JSON_PAGE = 200;

/** A program that follows the list as JSON from page to page. */
async function followPages(viewer) {
  const begin = performance.now();
  let next = `/contracts.json?per=${JSON_PAGE}`;
  for (let page = 0; page < JSON_PAGES; page += 1) {
    const answer = (await viewer.get(next)).json();
    assert.equal(answer.contracts.length, JSON_PAGE);
    next = answer.next;
  }
  return { seconds: (performance.now() - begin) / 1000, peak: workersPeak() };
}

/** What isn't made for so many rows at once: lines of a table, by rows a second beside the client's. */
async function measureOthers(viewer, clientRate) {
  const sheet = Number(stack.databaseValue(`SELECT COUNT(*) FROM contract JOIN support_level ON support_level.id = level_id WHERE code = '${XLSX_LEVEL}'`));
  const rows = { 'GET /contracts.xlsx': sheet, 'GET /contracts.json': JSON_PAGE * JSON_PAGES };
  const found = await inTurn({ 'GET /contracts.xlsx': () => exportByWeb(viewer, `/contracts.xlsx?level=${XLSX_LEVEL}`), 'GET /contracts.json': () => followPages(viewer) }, ROUNDS);
  return Object.entries(found).map(([name, { seconds, peak }]) => [`${name}, ${rows[name].toLocaleString('en')} rows`, median(seconds).toFixed(2), Math.min(...seconds).toFixed(2), Math.max(...seconds).toFixed(2),
    Math.round(rows[name] / median(seconds)).toLocaleString('en'), (rows[name] / median(seconds) / clientRate).toFixed(2), '', peak.toFixed(1)]);
}

// ---- all of it ----

/** The lines of a table, the first candidate being what the others are compared with. */
function lines(found, rows, goal) {
  const own = Object.values(found)[0].seconds;
  return Object.entries(found).map(([name, { seconds, peak }], at) => [
    name, median(seconds).toFixed(2), Math.min(...seconds).toFixed(2), Math.max(...seconds).toFixed(2), Math.round(rows / median(seconds)).toLocaleString('en'),
    at === 0 ? '1.00' : (median(own) / median(seconds)).toFixed(2), at === 0 ? '' : goal, peak > 0 ? peak.toFixed(1) : '',
  ]);
}

try {
  const file = openSync(csv, 'w');
  tool(['export'], 'supportlevel', file);
  closeSync(file);
  exportBytes = Number(spawnSync('stat', ['-c', '%s', csv], { encoding: 'utf8' }).stdout);
  const rows = Number(stack.databaseValue('SELECT COUNT(*) FROM contract'));

  const head = ['', 'seconds', 'least', 'most', 'rows/s', 'ratio', 'goal', 'MiB'];
  const size = `${(exportBytes / 2 ** 20).toFixed(0)} MiB of CSV`;
  if (ONLY !== 'out') {
    report(`import-${ROWS}`, `${rows.toLocaleString('en')} contracts in, ${size}`, [
      table([head, ...lines(await measureImport(), rows, '0.33')]),
      'Into empty tables with all keys, triggers and foreign keys, in one transaction each. LOAD DATA gets the rows of customer, contract, contract_word,\n'
        + 'contract_day and customer_span ready-made and in the order of their primary keys; the import reads and checks CSV, finds words and counts.\n'
        + `MiB: the most that the process ever had resident. Seconds are the middle of ${ROUNDS} rounds in turn.`,
    ].join('\n\n'));
  }
  if (ONLY !== 'in') {
    const nginx = await measureExport('nginx', { 'supportlevel export': exportCommand });
    const others = await measureOthers(nginx.viewer, rows / median(nginx.found['mariadb --batch --quick'].seconds));
    await stack.stop();
    stack = await startCompany(ROWS, { ...settings, WEB: 'apache' });
    const apache = await measureExport('apache', {});
    report(`export-${ROWS}`, `${rows.toLocaleString('en')} contracts out, ${size}`, [
      table([head, ...lines(nginx.found, rows, '0.50'), ...lines(apache.found, rows, '0.50'), ...others]),
      `All columns, to nowhere; the client's rows are in no order, ours by number; JSON in pages of ${JSON_PAGE} rows, one after the other. MiB: the most that the process, or any worker, ever had resident;\n`
        + `a worker before its first export: ${Math.max(nginx.small, apache.small).toFixed(1)}. Seconds are the middle of ${ROUNDS + 2} rounds in turn.`,
    ].join('\n\n'));
  }
} finally {
  await stack.stop();
}
