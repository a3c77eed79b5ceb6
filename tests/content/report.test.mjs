// The level report against a recount in plain SQL, for random contracts, changes, selections and days.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { createContract, selection } from '../support/contracts.mjs';
import { startStack, TODAY } from '../support/stack.mjs';
import { until } from '../support/until.mjs';
import { dayOfNumber, readWorkbook } from '../support/xlsx.mjs';

// Enough contracts for what is counted one by one and for what is read from kept counts; a stack of its own, because everything here is changed at random.
const CONTRACTS = 13000;
const stack = await startStack();
after(() => stack.stop());
for (const command of [['generate', '--contracts', String(CONTRACTS)], ['roll']]) {
  const made = stack.tool(command);
  assert.equal(made.status, 0, made.stderr);
}
const viewer = await signedIn(stack, 'viewer');
const editor = await signedIn(stack, 'editor');

/** A generator of numbers below `limit` that is the same in every run (mulberry32). */
let seed = 20260211;
function below(limit) {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
}
const oneOf = (list) => list[below(list.length)];
const iso = (day) => day.toISOString().slice(0, 10);
const randomDay = () => iso(new Date(Date.UTC(2014, 0, 1 + below(16 * 365))));

/** Changes straight in the database, as an administrator might make them; the derived columns of what is changed stay as they are, but for the first. */
const CHANGES = [
  () => `UPDATE contract SET cancelled_on = '${TODAY}', cancelled_to = '${randomDay()}' WHERE id MOD 97 = ${below(97)} AND cancelled_on IS NULL`,
  () => `UPDATE contract SET cancelled_on = NULL, cancelled_to = NULL WHERE id MOD 89 = ${below(89)}`,
  () => `UPDATE contract SET level_id = (SELECT id FROM support_level WHERE code = '${oneOf(['L0', 'L1', 'L2', 'L3', 'L4'])}') WHERE id MOD 83 = ${below(83)}`,
  () => `UPDATE contract SET level_id = NULL WHERE id MOD 101 = ${below(101)}`,
  () => `UPDATE contract SET type_id = 1 + (type_id MOD 4) WHERE id MOD 79 = ${below(79)}`,
  () => `UPDATE contract SET status = ${below(4)} WHERE id MOD 103 = ${below(103)}`,
  () => `UPDATE contract SET currency = '${oneOf(['EUR', 'CHF', 'USD'])}' WHERE id MOD 61 = ${below(61)}`,
  () => `UPDATE contract SET amount = amount + 1.23, monthly_value = ROUND(amount / billing_months, 2) WHERE id MOD 53 = ${below(53)}`,
  () => `UPDATE contract SET starts_on = starts_on - INTERVAL ${below(900)} DAY WHERE id MOD 71 = ${below(71)}`,
  () => `UPDATE contract SET ends_on = starts_on + INTERVAL ${below(2000)} DAY, renewal_months = ${oneOf([0, 12])} WHERE id MOD 67 = ${below(67)}`,
  () => `UPDATE contract SET term_ends_on = '${randomDay()}', notice_by = '${randomDay()}' WHERE id MOD 59 = ${below(59)}`,
  () => `UPDATE contract SET responsible_id = ${oneOf(['NULL', "(SELECT id FROM user WHERE name = 'editor')"])} WHERE id MOD 73 = ${below(73)}`,
  () => `UPDATE contract, (SELECT id, name FROM customer ORDER BY id LIMIT ${below(100)}, 1) AS other SET customer_id = other.id, customer_name = other.name WHERE contract.id MOD 211 = ${below(211)}`,
  () => `DELETE FROM contract WHERE id MOD 307 = ${below(307)}`,
  () => `UPDATE customer SET name = CONCAT(name, ' neu') WHERE id MOD 31 = ${below(31)}`,
  () => `UPDATE contract SET note = 'nichts, was im Bericht steht' WHERE id MOD 11 = ${below(11)}`,
];

// ---- the recount ----

const LAST = "COALESCE(cancelled_to, IF(renewal_months = 0, ends_on, NULL), '9999-12-31')";
const KEYS = { level: 'level.code', type: 'type.code', status: "ELT(status + 1, 'upcoming', 'active', 'cancelled', 'ended')", customer: 'customer.number', responsible: 'user.name' };
const TABLES = `FROM contract JOIN customer ON customer.id = contract.customer_id JOIN contract_type AS type ON type.id = contract.type_id
  LEFT JOIN support_level AS level ON level.id = contract.level_id LEFT JOIN user ON user.id = contract.responsible_id`;

function recount(on, condition, groups) {
  const day = `DATE'${on}'`;
  const inForce = `(starts_on <= ${day} AND ${LAST} >= ${day})`;
  const group = groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : '';
  const named = groups.length > 0 ? `${groups.join(', ')},` : '';
  const key = (cells) => JSON.stringify(cells);
  const rows = new Map();
  for (const cells of stack.database(`SELECT ${named} COALESCE(SUM(${inForce}), 0), COUNT(DISTINCT IF(${inForce}, customer_id, NULL)),
      COALESCE(SUM(starts_on > ${day} - INTERVAL 12 MONTH AND starts_on <= ${day}), 0),
      COALESCE(SUM(${LAST} >= ${day} - INTERVAL 12 MONTH AND ${LAST} < ${day}), 0),
      COALESCE(SUM(term_ends_on BETWEEN ${day} AND ${day} + INTERVAL 90 DAY), 0), COALESCE(SUM(notice_by BETWEEN ${day} AND ${day} + INTERVAL 90 DAY), 0)
      ${TABLES} WHERE ${condition} ${group}`)) {
    const [contracts, customers, started, ended, ending, notice] = cells.slice(groups.length).map(Number);
    rows.set(key(cells.slice(0, groups.length)), { contracts, customers, started, ended, ending, notice, values: [] });
  }
  for (const cells of stack.database(`SELECT ${named} currency, COUNT(*), SUM(monthly_value), SUM(amount * 12 / billing_months) ${TABLES}
      WHERE (${condition}) AND ${inForce} GROUP BY ${[...groups, 'currency'].join(', ')} ORDER BY currency`)) {
    const [currency, contracts, monthly, yearly] = cells.slice(groups.length);
    rows.get(key(cells.slice(0, groups.length))).values.push({ currency, contracts: Number(contracts), monthly_value: monthly, yearly_value: Number(yearly).toFixed(2) });
  }
  return rows;
}

const NOUGHT = { contracts: 0, customers: 0, started: 0, ended: 0, ending: 0, notice: 0, values: [] };
const figuresOf = ({ contracts, customers, started, ended, ending, notice, values }) => ({ contracts, customers, started, ended, ending, notice, values });

function compare(row, expected, what, known) {
  const found = figuresOf(row);
  const wanted = { ...(expected ?? NOUGHT) };
  if (!known) {
    assert.equal(found.customers, null, `${what}: customers are not known`);
    found.customers = wanted.customers;
  }
  assert.deepEqual(found, wanted, what);
}

function monthEnds(on) {
  const day = new Date(`${on}T00:00:00Z`);
  const isEnd = new Date(day.getTime() + 86400000).getUTCDate() === 1;
  return Array.from({ length: 12 }, (_, at) => iso(new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + (isEnd ? 1 : 0) - 11 + at, 0))));
}

/** The report of an address is what SQL counts of the contracts that meet the condition. */
async function check(query, on, by, condition) {
  const answer = await viewer.get(`/reports/levels.json?${query}`);
  assert.equal(answer.status, 200, `${query}: ${answer.text.slice(0, 300)}`);
  const report = answer.json();
  const all = Number(stack.databaseValue(`SELECT COUNT(*) ${TABLES} WHERE ${condition}`));
  const narrow = all <= 10000;
  const byLevel = recount(on, condition, ['level.code']);
  const byPart = recount(on, condition, ['level.code', KEYS[by]]);
  const levelsKnown = narrow || !/(^|&)(type|status)=/.test(query);
  const levelsGiven = (query.match(/(^|&)level=/g) ?? []).length;
  assert.equal(report.on, on);
  for (const level of report.levels) {
    compare(level, byLevel.get(JSON.stringify([level.level])), `${query} ${level.level}`, levelsKnown);
    for (const part of level.parts ?? []) {
      if (part.others) continue;
      compare(part, byPart.get(JSON.stringify([level.level, part[by]])), `${query} ${level.level} ${part[by]}`, narrow);
    }
    if (level.parts) {
      const sum = level.parts.reduce((before, { contracts, started }) => [before[0] + contracts, before[1] + started], [0, 0]);
      assert.deepEqual(sum, [level.contracts, level.started], `${query} ${level.level}: the parts are the whole`);
    }
  }
  const shown = new Set(report.levels.map(({ level }) => level));
  for (const key of byLevel.keys()) assert.ok(shown.has(JSON.parse(key)[0]), `${query}: level ${key}`);
  compare(report.total, [...recount(on, condition, []).values()][0], `${query} total`, levelsKnown && (narrow || levelsGiven <= 1));
  assert.deepEqual(report.months.map((month) => month.on), monthEnds(on), query);
  for (const month of report.months) {
    const counted = new Map(stack.database(`SELECT level.code, COUNT(*) ${TABLES} WHERE (${condition}) AND starts_on <= '${month.on}' AND ${LAST} >= '${month.on}' GROUP BY level.code`)
      .map(([code, count]) => [code, Number(count)]));
    for (const { level, contracts } of month.levels) assert.equal(contracts, counted.get(level) ?? 0, `${query} ${month.on} ${level}`);
    assert.equal(month.contracts, month.levels.reduce((sum, { contracts }) => sum + contracts, 0));
  }
  return report;
}

/** Selections that any number of contracts may meet, and their conditions. */
function randomSelection() {
  const customer = stack.databaseValue(`SELECT number FROM customer ORDER BY id LIMIT ${below(60)}, 1`);
  const [from, to] = [randomDay(), randomDay()].sort();
  return oneOf([
    ['', 'TRUE'], ['', 'TRUE'], ['level=L1', "level.code = 'L1'"], ['level=L2&level=none', "(level.code = 'L2' OR level.id IS NULL)"],
    ['level=L0&level=L1&level=L2&level=L3', "level.code IN ('L0', 'L1', 'L2', 'L3')"],
    ['type=WARTUNG', "type.code = 'WARTUNG'"], ['type=WARTUNG&type=MIETE&type=INSTALL', "type.code IN ('WARTUNG', 'MIETE', 'INSTALL')"],
    ['status=active&status=ended&status=cancelled', 'status IN (1, 2, 3)'], ['status=cancelled', 'status = 2'],
    ['level=L1&status=active&type=MIETE', "level.code = 'L1' AND status = 1 AND type.code = 'MIETE'"],
    [`customer=${encodeURIComponent(customer)}`, `customer.number = '${customer}'`], ['responsible=editor', "user.name = 'editor'"], ['responsible=none', 'user.id IS NULL'],
    [`starts_from=${from}&starts_to=${to}&value_to=50`, `starts_on BETWEEN '${from}' AND '${to}' AND monthly_value <= 50`],
    [`ended_from=${from}&ended_to=${to}`, `${LAST} BETWEEN '${from}' AND '${to}'`],
    ['q=server', "EXISTS (SELECT 1 FROM contract_word WHERE contract_id = contract.id AND word LIKE 'server%')"],
  ]);
}

const tooMany = (count, query, by) => count > 10000 && (by === 'customer' || by === 'responsible' || /(^|&)(customer|responsible|q|\w+_(from|to))=/.test(query));

describe('random contracts, selections and days', () => {
  for (let round = 0; round < 24; round += 1) {
    test(`round ${round + 1}`, async () => {
      for (let change = 0; change < 3; change += 1) stack.database(oneOf(CHANGES)());
      const by = round % 3 === 0 ? 'level' : oneOf(Object.keys(KEYS));
      const [selected, condition] = round % 6 === 0 ? ['', 'TRUE'] : randomSelection();
      const on = oneOf([TODAY, '2024-02-29', '2025-12-31', randomDay(), randomDay(), randomDay()]);
      const query = [selected, `on=${on}`, by === 'level' ? '' : `by=${by}`].filter(Boolean).join('&');
      const count = Number(stack.databaseValue(`SELECT COUNT(*) ${TABLES} WHERE ${condition}`));
      if (tooMany(count, query, by)) assert.equal((await viewer.get(`/reports/levels.json?${query}`)).status, 400, 'more than can be counted, said plainly');
      else await check(query, on, by, condition);
    });
  }
});

test('once everything is folded the counts are the same, and nothing is left behind', async () => {
  const before = await check(`on=${TODAY}`, TODAY, 'level', 'TRUE');
  assert.equal(stack.tool(['roll']).status, 0);
  for (let change = 0; change < 5; change += 1) stack.database(oneOf(CHANGES)());
  assert.equal(stack.tool(['roll']).status, 0);
  assert.ok(Number(stack.databaseValue('SELECT COUNT(*) FROM contract_change')) < 64);
  await check(`on=${TODAY}`, TODAY, 'level', 'TRUE');
  assert.ok(before.total.contracts > 0);
  // What is kept is what the contracts say, day by day.
  const wrong = stack.database(`SELECT begins, SUM(number) FROM (SELECT begins, SUM(contracts) AS number FROM contract_day WHERE kind = 0 AND unit = 2 GROUP BY begins
    UNION ALL SELECT starts_on, SUM(sign) FROM contract_change GROUP BY starts_on UNION ALL SELECT starts_on, -COUNT(*) FROM contract GROUP BY starts_on) AS both_ways GROUP BY begins HAVING SUM(number) <> 0`);
  assert.deepEqual(wrong, []);
});

test('many changes are right at once, and counted behind an answer without anybody asking for it', async () => {
  const waiting = () => Number(stack.databaseValue('SELECT COUNT(*) FROM contract_change'));
  stack.database('UPDATE contract SET amount = amount + 1.23, monthly_value = ROUND(amount / billing_months, 2) ORDER BY id LIMIT 100');
  assert.ok(waiting() >= 200);
  await check(`on=${TODAY}`, TODAY, 'level', 'TRUE');
  await until(waiting, (changes) => changes < 64);
  await check(`on=${TODAY}`, TODAY, 'level', 'TRUE');
});

// ---- links ----

const figure = (text) => Number(text.replace(/\D/g, ''));

async function checkLinks(query) {
  const page = await viewer.get(`/reports/levels${query ? `?${query}` : ''}`);
  assert.equal(page.status, 200, query);
  let checked = 0;
  for (const row of page.document.querySelectorAll('table.report tbody tr, table.trend tbody tr')) {
    for (const [at, cell] of [...row.children].entries()) {
      const link = cell.querySelector('a');
      // Columns 4 and 5 of the report are values of the contracts in force, whose number stands in column 1.
      const number = row.closest('table').classList.contains('report') && (at === 4 || at === 5) ? row.children[1] : cell;
      if (!link || at === 3) continue;
      const answer = await viewer.get(link.getAttribute('href').replace('/contracts?', '/contracts.json?'));
      assert.equal(answer.status, 200, link.getAttribute('href'));
      const list = answer.json();
      assert.equal(list.total, figure(number.textContent), `${query}: ${row.textContent.trim().slice(0, 20)} ${at} ${link.getAttribute('href')}`);
      assert.equal(list.total_exact, true, link.getAttribute('href'));
      checked += 1;
    }
  }
  return checked;
}

describe('behind every figure are exactly its contracts', () => {
  for (const query of ['', 'on=2023-07-15&by=status', 'level=L1&level=none&type=MIETE&on=%2B6m&by=type', 'type=MIETE&on=2024-05-31&by=responsible', 'q=server&starts_from=2020-01-01&starts_to=2025-06-30&on=-1y&by=customer']) {
    test(query || 'today', async () => assert.ok((await checkLinks(query)) >= 50));
  }

  test('customers and values are those of the contracts that the link shows', async () => {
    const page = await viewer.get('/reports/levels?level=L4&on=2024-03-10');
    const cells = page.document.querySelector('table.report tbody tr').children;
    const contracts = await selection(viewer, `${cells[3].querySelector('a').getAttribute('href').split('?')[1]}&per=200`);
    assert.equal(new Set(contracts.map((contract) => contract.customer_number)).size, figure(cells[3].textContent));
    const { levels: [level] } = (await viewer.get('/reports/levels.json?level=L4&on=2024-03-10')).json();
    for (const { currency, monthly_value: monthly } of level.values) {
      const hundredths = contracts.filter((contract) => contract.currency === currency).reduce((sum, contract) => sum + Math.round(Number(contract.monthly_value) * 100), 0);
      assert.equal((hundredths / 100).toFixed(2), monthly, currency);
    }
  });
});

// ---- many at once ----

function sqlBeside(statements) {
  return new Promise((resolve, reject) => {
    const run = spawn('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--batch', 'supportlevel'], { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    run.stderr.setEncoding('utf8').on('data', (piece) => { said += piece; });
    run.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(said))));
    run.stdin.end(statements.join(';\n'));
  });
}

test('reports read while many write are right at every moment and in the end', async () => {
  let writing = true;
  const people = Array.from({ length: 3 }, async () => {
    const person = await signedIn(stack, 'editor');
    for (let made = 0; made < 8; made += 1) {
      const { answer } = await createContract(person, { level: oneOf(['', 'L1', 'L3']), amount: '100,00', starts_on: '2026-01-15' });
      assert.equal(answer.status, 303);
    }
  });
  const administrators = [0, 1, 2].map((rest) => sqlBeside(Array.from({ length: 120 }, (_, at) => `UPDATE contract SET amount = amount + 1, starts_on = starts_on + INTERVAL 1 DAY, level_id = ${1 + (at % 5)} WHERE id = ${5 + 3 * at + rest}`)));
  const reader = (async () => {
    let read = 0;
    while (writing) {
      const report = (await viewer.get('/reports/levels.json')).json();
      assert.equal(report.levels.reduce((sum, { contracts }) => sum + contracts, 0), report.total.contracts);
      assert.ok(report.levels.every(({ contracts, customers }) => customers <= contracts && customers >= 0));
      assert.ok(report.total.customers <= report.levels.reduce((sum, { customers }) => sum + customers, 0));
      read += 1;
    }
    return read;
  })();
  await Promise.all([...people, ...administrators]).finally(() => { writing = false; });
  assert.ok((await reader) > 2);
  await check(`on=${TODAY}`, TODAY, 'level', 'TRUE');
  await check('on=2025-11-30&by=type', '2025-11-30', 'type', 'TRUE');
});

test('a change that is taken back counts nothing', async () => {
  const before = (await viewer.get('/reports/levels.json')).json();
  stack.database("START TRANSACTION; UPDATE contract SET level_id = NULL, amount = 1; ROLLBACK");
  assert.deepEqual((await viewer.get('/reports/levels.json')).json(), before);
});

test('changes that somebody is still making hold nobody up', async () => {
  // An open transaction leaves a gap among the changes: those around it are folded, itself counts when it is done.
  const open = spawn('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--batch', '--unbuffered', '--skip-column-names', 'supportlevel'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const id = stack.databaseValue('SELECT MAX(id) FROM contract');
  open.stdin.write(`START TRANSACTION; UPDATE contract SET level_id = NULL, amount = 77 WHERE id = ${id}; SELECT 'held';\n`);
  await new Promise((resolve) => open.stdout.once('data', resolve));
  stack.database('UPDATE contract SET amount = amount + 1 WHERE id MOD 37 = 5 AND id < 6000');
  assert.equal(stack.tool(['roll']).status, 0);
  await check(`on=${TODAY}`, TODAY, 'level', 'TRUE');
  open.stdin.end('COMMIT;\n');
  await new Promise((resolve) => open.on('exit', resolve));
  await check(`on=${TODAY}`, TODAY, 'level', 'TRUE');
});

// ---- the page, its formats, what it refuses ----

test('one report has one address', async () => {
  for (const [given, canonical] of [['on=today', ''], ['by=level&on=', ''], ['by=type&level=none&level=L1', 'level=L1&level=none&by=type'], ['on=31.12.2025', 'on=2025-12-31'], ['on=+1m&by=status&lang=en', 'on=%2B1m&by=status&lang=en']]) {
    const answer = await viewer.get(`/reports/levels?${given}`);
    assert.equal(answer.status, 303, given);
    assert.equal(new URL(answer.location, viewer.url('/')).href, viewer.url(`/reports/levels${canonical && `?${canonical}`}`));
    assert.equal((await viewer.get(answer.location)).status, 200, 'and that is no redirect again');
  }
});

test('relative days are counted from today', async () => {
  assert.equal((await viewer.get('/reports/levels.json?on=-1m')).json().on, '2026-01-11');
  assert.equal((await viewer.get('/reports/levels.json')).json().on, TODAY);
});

test('the ends of what days there are', async () => {
  for (const on of ['1000-01-01', '1000-12-31', '9998-12-31', '9999-12-31', '1899-12-31']) {
    for (const format of ['', '.json', '.csv', '.xlsx']) assert.equal((await viewer.get(`/reports/levels${format}?on=${on}`)).status, 200, `${on} ${format}`);
  }
});

describe('what is not understood is answered 400 and named', () => {
  for (const query of ['by=colour', 'by=level%27', 'by=type&by=status', 'on=2026-02-30', 'on=never', 'on=%2B9999999y', 'on=today&on=2026-01-01', 'sort=number', 'per=50', 'after=MA', 'cols=number', 'level=L9', 'colour=blue',
    'hdf.loadpaths.0=/etc', 'ended_from=2026-01-02&ended_to=2026-01-01', 'lang=fr']) {
    test(`?${query}`, async () => {
      const answer = await viewer.get(`/reports/levels?${query}`);
      assert.equal(answer.status, 400);
      const name = query.split('&').at(-1).split('=')[0];
      assert.ok(answer.document.querySelector('[role="alert"]').textContent.includes(name));
      assert.ok(answer.document.querySelector('form [name="by"]'), 'the form is there to mend it');
      for (const format of ['.json', '.csv', '.xlsx']) assert.equal((await viewer.get(`/reports/levels${format}?${query}`)).status, 400, format);
    });
  }
});

test('CSV and XLSX hold what the JSON holds', async () => {
  const report = (await viewer.get('/reports/levels.json?by=type&on=2025-06-30')).json();
  const csv = await viewer.get('/reports/levels.csv?by=type&on=2025-06-30');
  assert.match(csv.headers.get('content-type'), /^text\/csv/);
  assert.match(csv.headers.get('content-disposition'), /levels\.csv/);
  const [head, ...rows] = csv.text.trimEnd().split('\r\n').map((line) => line.split(','));
  const column = (row, name) => row[head.indexOf(name)];
  for (const { level, contracts, values } of report.levels) {
    const lines = rows.filter((row) => column(row, 'row') === 'level' && column(row, 'level') === (level ?? ''));
    assert.equal(Number(column(lines[0], 'contracts')), contracts);
    assert.deepEqual(lines.map((row) => [column(row, 'currency'), column(row, 'monthly_value'), column(row, 'yearly_value')]), values.map((value) => [value.currency, value.monthly_value, value.yearly_value]));
  }
  const sum = rows.filter((row) => column(row, 'row') === 'part').reduce((before, row) => before + Number(column(row, 'contracts')), 0);
  assert.equal(sum, report.total.contracts);
  const xlsx = await viewer.get('/reports/levels.xlsx?by=type&on=2025-06-30');
  assert.equal(xlsx.headers.get('content-type'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  const { sheets: [levels, months] } = readWorkbook(xlsx.bytes);
  const lines = levels.rows.slice(1).filter((row) => row[1] === undefined);
  assert.deepEqual([lines.findLast((row) => row[2])[2].number, levels.frozen], [report.total.contracts, 1]);
  for (const { level, contracts, values } of report.levels.filter((one) => one.level !== null)) {
    const own = lines.filter((row) => row[0].text === level);
    assert.equal(own[0][2].number, contracts);
    assert.deepEqual(own.filter((row) => row[5]).map((row) => [row[5].text, row[6].number.toFixed(2), row[7].number.toFixed(2)]), values.map((value) => [value.currency, value.monthly_value, value.yearly_value]));
  }
  assert.deepEqual(months.rows.slice(1).map((row) => [dayOfNumber(row[0].number), row.at(-1).number]), report.months.map(({ on, contracts }) => [on, contracts]));
});

test('without contracts the page says so', async () => {
  const answer = await viewer.get('/reports/levels?customer=NO-SUCH-CUSTOMER');
  assert.equal(answer.status, 200);
  assert.ok(answer.document.querySelector('.empty a'), 'and how to widen the selection');
  assert.equal((await viewer.get('/reports/levels.json?customer=NO-SUCH-CUSTOMER')).json().total.contracts, 0);
});

test('more contracts than can be divided so are said to be', async () => {
  const answer = await viewer.get('/reports/levels?by=customer');
  assert.equal(answer.status, 200);
  assert.match(answer.document.querySelector('.notice-warning').textContent, /10\.000/);
  assert.equal(figure(answer.document.querySelector('table.report .report-total td').textContent), (await viewer.get('/reports/levels.json')).json().total.contracts, 'the levels are there all the same');
});

test('nobody reads it without a session', async () => {
  assert.equal((await new Client(stack).get('/reports/levels')).status, 303);
  for (const format of ['.json', '.csv', '.xlsx']) assert.equal((await new Client(stack).get(`/reports/levels${format}`)).status, 401, format);
});
