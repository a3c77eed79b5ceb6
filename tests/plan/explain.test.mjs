// How pages find their contracts: every statement that a page sends is looked at by EXPLAIN, and what the server reads for it is counted.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { sharedStack, TODAY } from '../support/stack.mjs';

const CONTRACTS = 20000;
const stack = sharedStack();
const made = stack.tool(['generate', '--contracts', String(CONTRACTS)]);
assert.equal(made.status, 0, made.stderr);
stack.database('ANALYZE TABLE contract, contract_word, customer');
const viewer = await signedIn(stack, 'viewer');

// The server writes down each statement as it was carried out, with its plan and how many rows it looked at.
const log = join(stack.directory, 'statements.log');
stack.database(`SET GLOBAL log_output = 'FILE'; SET GLOBAL slow_query_log_file = '${log}'; SET GLOBAL long_query_time = 0;
  SET GLOBAL log_slow_verbosity = 'query_plan,explain'; SET GLOBAL slow_query_log = ON`);
// Connections that were there before keep what they began with.
for (const [id] of stack.database("SELECT id FROM information_schema.processlist WHERE user = 'supportlevel'")) stack.database(`KILL ${id}`);

/** The answer to a path, and the statements about contracts or customers that were carried out for it. */
async function watched(path) {
  writeFileSync(log, '');
  stack.database('FLUSH SLOW LOGS');
  const answer = await viewer.get(path);
  const statements = readFileSync(log, 'utf8').split(/^# User@Host: /m).filter((entry) => entry.startsWith('supportlevel[') && /FROM[^;]*contract|FROM customer/s.test(entry)).map((entry) => ({
    rows: Number(/Rows_examined: (\d+)/.exec(entry)[1]),
    plan: [...entry.matchAll(/^# explain: (.*)$/gm)].slice(1).map(([, line]) => line.split('\t')),
    sql: entry.split('\n').filter((line) => !line.startsWith('#')).join(' ').replace(/^.*?(?=SELECT)/s, ''),
  }));
  return { answer, statements };
}

/** The JSON of a path, or of where that leads. */
async function jsonOf(path) {
  const answer = await viewer.get(path);
  return (answer.location ? await viewer.get(answer.location) : answer).json();
}

/** Faults in a plan: a table read whole. Each line: id, select_type, table, type, possible_keys, key, key_len, ref, rows, r_rows, filtered, r_filtered, Extra. */
function faults({ plan, sql }) {
  assert.ok(plan.length > 0, `no plan: ${sql}`);
  return plan.filter(([, , table, type, , , , , , readRows]) => ['contract', 'contract_word', 'customer', 'record', 'cause'].includes(table) && (type === 'ALL' || (type === 'index' && Number(readRows) > 1000)))
    .map(([, , table, type]) => `${table} is read whole (${type})`);
}

const word = stack.databaseValue("SELECT word FROM contract_word WHERE word REGEXP '^[a-z]{6,}$' GROUP BY word ORDER BY COUNT(*) DESC, word LIMIT 1");
const customer = encodeURIComponent(stack.databaseValue('SELECT customer.number FROM customer JOIN contract ON customer_id = customer.id GROUP BY customer.id ORDER BY COUNT(*) DESC LIMIT 1'));
const SORTS = ['number', 'title', 'customer', 'level', 'type', 'status', 'starts', 'ends', 'notice', 'value', 'updated'];
const FILTERS = ['', 'level=L1', 'level=L1&level=none', 'status=active', 'level=L2&level=none&status=active&status=cancelled', 'type=MIETE'];

/** What a page may read: its rows from each branch (levels × statuses), the rows themselves with their keys, and the small tables. */
const ALLOWED = 6000;

async function check(query) {
  const { answer, statements } = await watched(`/contracts?${query}`);
  assert.equal(answer.status, 200, `${query} ${answer.location ?? ''}`);
  assert.ok(statements.length > 0, 'the statements were seen');
  for (const statement of statements) assert.deepEqual(faults(statement), [], statement.sql);
  return { answer, rows: statements.reduce((sum, { rows }) => sum + rows, 0) };
}

describe('the first and the twentieth page of every order come from an index', () => {
  for (const filter of FILTERS) {
    for (const sort of SORTS) {
      for (const direction of ['', '-']) {
        const query = [filter, sort === 'number' && direction === '' ? '' : `sort=${direction}${sort}`, 'per=25'].filter(Boolean).join('&');
        test(query, async () => {
          const first = await check(query);
          assert.ok(first.rows < ALLOWED, `page 1 reads ${first.rows} rows`);
          let next = first.answer.document.querySelector('a[rel="next"]')?.getAttribute('href');
          for (let page = 2; page < 20 && next; page += 1) next = (await viewer.get(next)).document.querySelector('a[rel="next"]')?.getAttribute('href');
          if (!next) return;
          const twentieth = await check(next.split('?')[1]);
          assert.ok(twentieth.rows < ALLOWED, `page 20 reads ${twentieth.rows} rows`);
        });
      }
    }
  }
});

describe('other filters follow an index too', () => {
  for (const query of [`customer=${customer}`, 'responsible=editor', `q=${word}`, `q=${word.slice(0, 3)}`, `q=${word}%20w`, 'starts_from=2024-01-01&starts_to=2024-01-31', 'ends_from=today&ends_to=%2B90d',
    'notice_from=today&notice_to=%2B30d&sort=notice', 'value_from=100.00&value_to=120.00', 'starts_from=2024-01-01&sort=-value', `level=L1&status=active&type=MIETE&responsible=editor&q=${word}&ends_to=%2B1y`]) {
    test(query, async () => { await check(query); });
  }
});

/* A file reads its contracts once, and for their order little more: each window of it begins where the last one ended. */
describe('files come from an index, in every order', () => {
  for (const filter of ['', 'level=L1&level=none', 'status=active', `q=${word}`, 'type=MIETE', 'on=2025-06-30']) {
    for (const sort of SORTS) {
      const query = [filter, `sort=-${sort}`].filter(Boolean).join('&');
      test(query, async () => {
        const { answer, statements } = await watched(`/contracts.csv?${query}`);
        assert.equal(answer.status, 200);
        const count = answer.text.split('\r\n').length;
        const windows = statements.filter(({ sql }) => /^SELECT id, \w+ AS k|AS (merged|found) ORDER BY/.test(sql));
        assert.ok(windows.length > 0 && windows.length < statements.length, 'the windows, and the rows of their ids');
        for (const { plan, sql } of statements) {
          const whole = plan.filter(([, , table, type]) => ['contract', 'contract_word', 'customer'].includes(table) && type === 'ALL');
          assert.deepEqual(whole, [], sql);
        }
        const rows = windows.reduce((sum, { rows: read }) => sum + read, 0);
        assert.ok(rows < 9 * Math.max(count, CONTRACTS / 3) + ALLOWED, `reads ${rows} rows for the order of ${count} contracts`);
      });
    }
  }
});

describe('the level report reads kept counts, not contracts', () => {
  for (const query of ['', 'by=type', 'on=2023-05-17&by=status', 'level=L1&level=none&on=2020-01-01', 'status=active&status=ended&type=WARTUNG&type=MIETE&by=type']) {
    test(query || 'today', async () => {
      const { answer, statements } = await watched(`/reports/levels${query && `?${query}`}`);
      assert.equal(answer.status, 200);
      for (const statement of statements) {
        assert.deepEqual(faults(statement), [], statement.sql);
        if (/FROM contract_day/.test(statement.sql)) assert.ok(statement.plan.filter(([, , table]) => table === 'contract_day').every(([, , , type]) => type === 'range' || type === 'ref'), 'each stretch of days is a piece of the key');
      }
      const rows = statements.reduce((sum, { rows: read }) => sum + read, 0);
      assert.ok(rows < 4 * ALLOWED, `reads ${rows} rows`);
    });
  }
});

describe('a day, and what ended in a time', () => {
  for (const query of ['on=2023-05-17', 'level=L1&on=%2B1y&sort=-value', 'ended_from=2024-01-01', 'responsible=none&on=today']) {
    test(query, async () => { await check(query); });
  }

  test('contracts in force today are not looked for among those that have ended', async () => {
    const ended = Number(stack.databaseValue(`SELECT COUNT(*) FROM contract WHERE last_day < '${TODAY}'`));
    assert.ok(ended > 3000 && CONTRACTS - ended > 10000, `${ended} have ended: enough to be seen, and too few to be all that there is`);
    const { statements } = await watched('/contracts?on=today&sort=title');
    const [page] = statements.filter(({ sql }) => sql.includes(') AS page '));
    assert.ok(page.rows < ended, `the page reads ${page.rows} rows`);
  });
});

describe('what very many contracts meet is neither counted nor collected, but met on the way', () => {
  for (const query of ['status=active&value_from=1.00', 'value_from=10.00&sort=-updated', 'starts_from=2000-01-01', 'on=today', 'status=active&starts_from=2000-01-01&sort=value']) {
    test(query, async () => {
      const { answer, statements } = await watched(`/contracts?${query}`);
      assert.equal(answer.status, 200, answer.location);
      const [page] = statements.filter(({ sql }) => /AS k, 0 AS g, /.test(sql));
      assert.ok(page.rows < 1000, `the page reads ${page.rows} rows: ${page.sql.slice(0, 200)}`);
    });
  }

  for (const [query, where, order] of [['value_from=1.00&per=200', 'monthly_value >= 1', 'number'], ['starts_from=2000-01-01&per=200&sort=-value', "starts_on >= '2000-01-01'", 'monthly_value DESC, id DESC'],
    ['level=L1&level=L2&level=none&value_from=1.00&per=200&sort=title', 'monthly_value >= 1 AND (level_id IS NULL OR level_id IN (SELECT id FROM support_level WHERE code IN (\'L1\', \'L2\')))', 'title, id']]) {
    test(`page by page each comes once, to the last: ${query}`, async () => {
      const wanted = stack.database(`SELECT number FROM contract WHERE ${where} ORDER BY ${order}`).map(([number]) => number);
      const found = [];
      for (let next = `/contracts.json?${query}`; next;) {
        const page = await jsonOf(next);
        found.push(...page.contracts.map(({ number }) => number));
        next = page.next;
      }
      assert.ok(wanted.length > 10000, `${wanted.length} contracts`);
      assert.deepEqual(found, wanted);
    });
  }
});

describe('two words that very many contracts have, and hardly one together', () => {
  const both = stack.databaseValue('SELECT number FROM contract WHERE id = (SELECT MAX(id) FROM contract)');
  before(() => stack.database(`INSERT INTO contract_word (word, contract_id) SELECT CONCAT(IF(id % 2, 'xxq', 'yyq'), seq), id FROM contract JOIN seq_1_to_14;
    INSERT IGNORE INTO contract_word (word, contract_id) SELECT word, id FROM contract JOIN (SELECT 'xxq1' AS word UNION SELECT 'yyq1') AS words WHERE number = '${both}'; ANALYZE TABLE contract_word`));

  test('a part of them is looked through, and the page says so; files have all', async () => {
    const { answer, statements } = await watched('/contracts?q=xxq%20yyq');
    assert.match(answer.document.querySelector('.selection').textContent, /nur ein Teil der Verträge durchsucht/);
    const rows = statements.reduce((sum, { rows: read }) => sum + read, 0);
    assert.ok(rows < 600000, `reads ${rows} rows`);
    assert.equal((await jsonOf('/contracts.json?q=xxq%20yyq')).complete, false);
    assert.equal((await jsonOf(`/contracts.json?q=${word}`)).complete, true);
    assert.deepEqual((await viewer.get('/contracts.csv?q=xxq%20yyq')).text.split('\r\n').slice(1).filter(Boolean).map((line) => line.split(',')[0]), [both]);
  });
});

test('the other pages', async () => {
  for (const path of ['/', '/customers', '/customers?q=a', '/levels', '/contracts/1', '/contracts/1/history', '/contracts/1/documents', '/customers/1/history', `/contracts/1?as_of=${new Date().toISOString()}`]) {
    const { answer, statements } = await watched(path);
    assert.equal(answer.status, 200, path);
    for (const statement of statements) assert.deepEqual(faults(statement), [], statement.sql);
  }
});

describe('queues of 100,000 open requests are pieces of an index', () => {
  const OPEN = 100000;
  before(() => stack.database(`INSERT INTO request (contract_id, customer_id, subject, taken_at, taken_level_id, promised_level_id, response_minutes, level_id, user_id, state, respond_by, queue_at, remind_at)
    SELECT contract.id, contract.customer_id, 'Anfrage', '2026-02-01', 2, 2, 60, 1 + seq % 5, IF(seq % 3 = 0, (SELECT id FROM user WHERE name = 'editor'), NULL), IF(seq % 10 = 0, 1, 0), '2026-02-10' + INTERVAL seq MINUTE,
      '2026-02-10' + INTERVAL seq MINUTE, '2026-02-10' + INTERVAL CAST(seq AS SIGNED) - 30 MINUTE FROM seq_1_to_${OPEN} JOIN contract ON contract.id = 1 + seq % 5000;
    INSERT INTO request_step (request_id, kind, at, user_id, level_id) SELECT id, 0, taken_at, (SELECT MIN(id) FROM user), level_id FROM request;
    INSERT INTO request (contract_id, customer_id, subject, taken_at, taken_level_id, level_id, state, solved_at, restore_seconds, queue_at)
    SELECT contract.id, contract.customer_id, 'Gelöst', '2026-01-01', 2, 1 + seq % 5, 2, '2025-01-01' + INTERVAL seq HOUR, seq, '2025-01-01' + INTERVAL seq HOUR FROM seq_1_to_5000 JOIN contract ON contract.id = 1 + seq;
    ANALYZE TABLE request, request_step`));

  /** Rows looked at by the statements about requests, and what they read whole. */
  async function requestsWatched(path, status = 200) {
    writeFileSync(log, '');
    stack.database('FLUSH SLOW LOGS');
    const answer = await viewer.get(path);
    assert.equal(answer.status, status, path);
    const entries = readFileSync(log, 'utf8').split(/^# User@Host: /m).filter((entry) => entry.startsWith('supportlevel[') && /FROM request|JOIN request|request_step/.test(entry));
    assert.ok(entries.length > 0, 'the statements were seen');
    for (const entry of entries) {
      const plan = [...entry.matchAll(/^# explain: (.*)$/gm)].slice(1).map(([, line]) => line.split('\t'));
      for (const [, , table, type, , , , , , read] of plan) {
        assert.ok(!['request', 'request_step'].includes(table) || (type !== 'ALL' && !(type === 'index' && Number(read) > 1000)), `${table} is read whole (${type}): ${entry.slice(-900)}`);
      }
    }
    return { answer, rows: entries.reduce((sum, entry) => sum + Number(/Rows_examined: (\d+)/.exec(entry)[1]), 0) };
  }
  const customerNumber = () => encodeURIComponent(stack.databaseValue('SELECT number FROM customer WHERE id = (SELECT MIN(customer_id) FROM request)'));
  const contractNumber = () => encodeURIComponent(stack.databaseValue('SELECT number FROM contract WHERE id = (SELECT MIN(contract_id) FROM request)'));

  // Each of six queues is counted up to a thousand, the overdue ones of it too: that is most of what is read.
  const COUNTS = 14 * 1001;
  for (const query of ['', 'level=L1', 'level=L2&user=none', 'user=editor', 'user=none', 'level=L0&user=editor&state=overdue', 'state=overdue', 'state=waiting', 'level=L0&state=waiting', 'state=solved', 'level=L3&state=solved']) {
    test(`a queue: ${query || 'all'}`, async () => {
      const first = await requestsWatched(`/requests${query && `?${query}`}`);
      assert.ok(first.rows < COUNTS + 1000, `reads ${first.rows} rows`);
      let next = first.answer.document.querySelector('a[rel="next"]')?.getAttribute('href');
      assert.ok(next, 'there is more than a page');
      for (let page = 2; page < 10 && next; page += 1) next = (await viewer.get(next)).document.querySelector('a[rel="next"]')?.getAttribute('href');
      if (next) assert.ok((await requestsWatched(next.replace(new URL(stack.baseUrl).pathname.replace(/\/$/, ''), ''))).rows < COUNTS + 1000, 'the tenth page');
    });
  }

  test('a customer’s and a contract’s', async () => {
    assert.ok((await requestsWatched(`/requests?customer=${customerNumber()}`)).rows < COUNTS + 1000);
    assert.ok((await requestsWatched(`/requests?contract=${contractNumber()}`)).rows < COUNTS + 1000);
  });

  test('one request, and the report of three months', async () => {
    const id = stack.databaseValue('SELECT MAX(id) FROM request WHERE state = 0');
    assert.ok((await requestsWatched(`/requests/${id}`)).rows < COUNTS + 1000);
    // What was taken in has to be counted: 100,000 in February. What was solved is a piece of its index.
    const { rows } = await requestsWatched('/reports/requests?from=2025-03&to=2025-05');
    assert.ok(rows < 3 * 12 * 744, `reads ${rows} rows for three months of 744 solved requests`);
    assert.equal((await requestsWatched('/requests?level=L1&figure=solved&month=2025-03')).answer.document.querySelectorAll('.request-list tbody tr').length, 50);
  });

  test('what is to be reminded of is found by its moment', () => {
    const [plan] = stack.database("EXPLAIN SELECT id FROM request WHERE remind_at <= '2026-02-11 09:15' AND (claimed_until IS NULL OR claimed_until < '2026-02-11 09:15') ORDER BY remind_at, id LIMIT 500");
    assert.ok(plan.includes('request_remind'), plan.join(' '));
  });
});
