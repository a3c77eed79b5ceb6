// Every parameter of /contracts against a recount in plain SQL.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { manyContracts, selection } from '../support/contracts.mjs';
import { sharedStack, TODAY } from '../support/stack.mjs';

const stack = sharedStack();
manyContracts(stack);
stack.database("UPDATE contract SET responsible_id = (SELECT id FROM user WHERE name = 'editor') WHERE id MOD 7 = 0");
const editor = await signedIn(stack, 'editor');

/** Ids of a recount: contracts with their keys joined, by a condition. */
function recount(condition) {
  return stack.database(`SELECT contract.id FROM contract JOIN customer ON customer.id = contract.customer_id
    JOIN contract_type AS type ON type.id = contract.type_id LEFT JOIN support_level AS level ON level.id = contract.level_id
    LEFT JOIN user ON user.id = contract.responsible_id WHERE ${condition} ORDER BY contract.id`).map(([id]) => Number(id));
}

const someCustomer = stack.databaseValue('SELECT customer.number FROM customer JOIN contract ON customer_id = customer.id GROUP BY customer.id ORDER BY COUNT(*) DESC, customer.number LIMIT 1');
const someWord = stack.databaseValue("SELECT word FROM contract_word WHERE CHAR_LENGTH(word) > 4 AND word REGEXP '^[a-z]+$' GROUP BY word ORDER BY COUNT(*) DESC, word LIMIT 1");
const twoWords = stack.database(`SELECT a.word, b.word FROM contract_word AS a JOIN contract_word AS b USING (contract_id)
  WHERE a.word < b.word AND a.word REGEXP '^[a-z]{4,}$' AND b.word REGEXP '^[a-z]{4,}$' GROUP BY a.word, b.word ORDER BY COUNT(*) DESC LIMIT 1`)[0];
const hasWord = (word) => `EXISTS (SELECT 1 FROM contract_word WHERE contract_id = contract.id AND word LIKE '${word}%')`;

const CASES = [
  ['', 'TRUE'],
  ['level=L1', "level.code = 'L1'"],
  ['level=none', 'contract.level_id IS NULL'],
  ['level=L2&level=none', "level.code = 'L2' OR contract.level_id IS NULL"],
  ['level=L0&level=L1&level=L2&level=L3&level=L4', 'contract.level_id IS NOT NULL'],
  ['level=L0&level=L1&level=L2&level=L3&level=L4&level=none', 'TRUE'],
  ['status=upcoming', 'status = 0'],
  ['status=active', 'status = 1'],
  ['status=cancelled', 'status = 2'],
  ['status=ended', 'status = 3'],
  ['status=active&status=cancelled', 'status IN (1, 2)'],
  ['type=MIETE', "type.code = 'MIETE'"],
  ['type=MIETE&type=SUPPORT', "type.code IN ('MIETE', 'SUPPORT')"],
  [`customer=${encodeURIComponent(someCustomer)}`, `customer.number = '${someCustomer}'`],
  ['customer=NO-SUCH-CUSTOMER', 'FALSE'],
  ['responsible=editor', "user.name = 'editor'"],
  ['responsible=me', "user.name = 'editor'"],
  [`q=${someWord}`, hasWord(someWord)],
  [`q=${someWord.slice(0, 4)}`, hasWord(someWord.slice(0, 4))],
  [`q=${twoWords.join('+')}`, twoWords.map(hasWord).join(' AND ')],
  ['q=nosuchword', 'FALSE'],
  ['starts_from=2024-01-01', "starts_on >= '2024-01-01'"],
  ['starts_to=2024-01-01', "starts_on <= '2024-01-01'"],
  ['starts_from=2023-07-01&starts_to=2024-06-30', "starts_on BETWEEN '2023-07-01' AND '2024-06-30'"],
  ['starts_from=today', `starts_on >= '${TODAY}'`],
  ['ends_from=today&ends_to=%2B90d', `term_ends_on BETWEEN '${TODAY}' AND '${TODAY}' + INTERVAL 90 DAY`],
  ['ends_from=-1m&ends_to=%2B1y', `term_ends_on BETWEEN '${TODAY}' - INTERVAL 1 MONTH AND '${TODAY}' + INTERVAL 1 YEAR`],
  ['notice_from=today&notice_to=%2B6m', `notice_by BETWEEN '${TODAY}' AND '${TODAY}' + INTERVAL 6 MONTH`],
  ['notice_to=2026-12-31', "notice_by <= '2026-12-31'"],
  ['on=today', `starts_on <= '${TODAY}' AND COALESCE(cancelled_to, IF(renewal_months = 0, ends_on, NULL), '9999-12-31') >= '${TODAY}'`],
  ['on=2022-06-30&level=L1', "level.code = 'L1' AND starts_on <= '2022-06-30' AND COALESCE(cancelled_to, IF(renewal_months = 0, ends_on, NULL), '9999-12-31') >= '2022-06-30'"],
  ['ended_from=2024-01-01&ended_to=2025-12-31', "COALESCE(cancelled_to, IF(renewal_months = 0, ends_on, NULL)) BETWEEN '2024-01-01' AND '2025-12-31'"],
  ['responsible=none', 'contract.responsible_id IS NULL'],
  ['value_from=100', 'monthly_value >= 100'],
  ['value_to=99.99', 'monthly_value <= 99.99'],
  ['value_from=50&value_to=500', 'monthly_value BETWEEN 50 AND 500'],
  ['level=L1&level=none&status=active&type=WARTUNG&value_from=10', "(level.code = 'L1' OR level.id IS NULL) AND status = 1 AND type.code = 'WARTUNG' AND monthly_value >= 10"],
  [`level=L1&level=L2&q=${someWord}&starts_to=today`, `level.code IN ('L1', 'L2') AND ${hasWord(someWord)} AND starts_on <= '${TODAY}'`],
  ['responsible=me&status=active&notice_to=%2B1y', `user.name = 'editor' AND status = 1 AND notice_by <= '${TODAY}' + INTERVAL 1 YEAR`],
];

describe('a selection is what SQL counts', () => {
  for (const [query, condition] of CASES) {
    test(query || 'everything', async () => {
      const expected = recount(condition);
      const found = await selection(editor, query ? `${query}&per=200` : 'per=200');
      assert.deepEqual(found.map(({ id }) => id).sort((a, b) => a - b), expected);
      const first = (await editor.get(`/contracts.json?${query}`)).json();
      assert.equal(first.total_exact, true);
      assert.equal(first.total, expected.length);
    });
  }
});

const SORTS = {
  number: 'contract.number', title: 'contract.title', customer: 'contract.customer_name', level: 'COALESCE(level.level_rank, 0)', type: 'type.position',
  status: 'status', starts: 'starts_on', ends: 'term_ends_on', notice: 'notice_by', value: 'monthly_value', updated: 'contract.updated_at',
};

describe('every order, filtered, goes through all pages once', () => {
  for (const [sort, key] of Object.entries(SORTS)) {
    for (const direction of ['', '-']) {
      for (const filter of ['', 'level=L1&level=none&status=active&', 'q=' + someWord + '&']) {
        test(`${filter}sort=${direction}${sort}`, async () => {
          const found = await selection(editor, `${filter}sort=${direction}${sort}&per=25`);
          const ids = found.map(({ id }) => id);
          assert.equal(new Set(ids).size, ids.length, 'no contract twice');
          const all = await selection(editor, `${filter}per=200`);
          assert.deepEqual([...ids].sort(), all.map(({ id }) => id).sort(), 'and none left out');
          if (ids.length === 0) return;
          // The rank of each contract's key in the wanted order, as the database sorts it.
          const ranks = new Map(stack.database(`SELECT contract.id, DENSE_RANK() OVER (ORDER BY ${key}) FROM contract
            JOIN contract_type AS type ON type.id = contract.type_id LEFT JOIN support_level AS level ON level.id = contract.level_id`)
            .map(([id, rank]) => [Number(id), Number(rank)]));
          const noneLast = sort === 'level' ? (id) => (ranks.get(id) === 1 && found.some(({ level }) => !level) ? null : ranks.get(id)) : (id) => ranks.get(id);
          const order = ids.map(noneLast).filter((rank) => rank !== null);
          const sorted = [...order].sort((a, b) => (direction ? b - a : a - b));
          assert.deepEqual(order, sorted);
        });
      }
    }
  }
});

test('contracts without a level stand together in the order of levels', async () => {
  for (const direction of ['', '-']) {
    const levels = (await selection(editor, `sort=${direction}level&per=200`)).map(({ level }) => level || 'none');
    const changes = levels.filter((level, at) => at > 0 && level !== levels[at - 1]).length;
    assert.equal(changes, new Set(levels).size - 1);
  }
});

test('a page back from the second one is the first one', async () => {
  for (const query of ['per=25', 'sort=-value&per=25', 'level=L1&level=none&sort=title&per=25', 'sort=level&per=25']) {
    const first = await editor.get(`/contracts?${query}`);
    const second = await editor.get(first.document.querySelector('a[rel="next"]').getAttribute('href'));
    const back = await editor.get(second.document.querySelector('a[rel="prev"]').getAttribute('href'));
    const numbers = (page) => [...page.document.querySelectorAll('table tbody th')].map((cell) => cell.textContent.trim());
    assert.equal(numbers(first).length, 25, query);
    assert.deepEqual(numbers(back), numbers(first), query);
    assert.equal(numbers(second).some((number) => numbers(first).includes(number)), false, query);
  }
});

describe('one selection has one address', () => {
  const CANONICAL = [
    ['level=none&level=L1', 'level=L1&level=none'],
    ['level=&status=&q=&sort=number&per=50', ''],
    ['sort=title&level=L2&level=L2', 'level=L2&sort=title'],
    ['per=100&status=ended&status=active', 'status=active&status=ended&per=100'],
    ['starts_from=01.02.2026', 'starts_from=2026-02-01'],
    ['ends_to=+90d', 'ends_to=%2B90d'],
    ['value_from=10', 'value_from=10.00'],
    ['q=++wartung++', 'q=wartung'],
    ['sort=title&on=31.12.2025&value_from=1.00&ended_to=today', 'value_from=1.00&on=2025-12-31&ended_to=today&sort=title'],
  ];
  for (const [given, canonical] of CANONICAL) {
    test(`?${given}`, async () => {
      const answer = await editor.get(`/contracts?${given}`);
      assert.ok([301, 302, 303, 307, 308].includes(answer.status), String(answer.status));
      const target = new URL(answer.location, editor.url('/contracts'));
      assert.equal(target.href, editor.url(`/contracts${canonical && `?${canonical}`}`));
      assert.equal((await editor.get(target.href)).status, 200, 'and that is no redirect again');
    });
  }
});

describe('what is not understood is answered 400, named, with the form still there', () => {
  const BAD = ['colour=blue', 'level=L9', 'level=l1', 'status=running', 'type=OTHER', 'responsible=nobody', 'starts_from=2026-02-30', 'starts_from=tomorrow',
    'ends_to=%2B90x', 'notice_from=2026-13-01', 'value_from=ten', 'value_to=-5', 'sort=colour', 'sort=--number', 'per=17', 'per=1000000', 'after=%21%21', 'after=abc',
    'before=MC4x', 'lang=fr', 'customer=' + 'x'.repeat(41), 'q=' + 'x'.repeat(201), 'sort=title&sort=number', 'starts_from=2026-02-02&starts_to=2026-02-01',
    'hdf.loadpaths.0=/etc', 'level.x=1', 'LEVEL=L1', 'ends_from=%2B99999999999d', 'starts_from=0000-00-00', 'starts_from=99999-01-01'];
  for (const query of BAD) {
    test(`?${query.slice(0, 60)}`, async () => {
      const answer = await editor.get(`/contracts?${query}`);
      assert.equal(answer.status, 400);
      assert.ok(answer.document.querySelector('form [name="q"]'), 'the filter form');
      const name = decodeURIComponent(query.split('&').at(-1).split('=')[0]);
      const alert = answer.document.querySelector('[role="alert"]');
      assert.ok(alert?.textContent.includes(name), `the parameter's name: ${alert?.textContent.trim()}`);
      assert.equal((await editor.get(`/contracts.json?${query}`)).status, 400, 'JSON too');
      assert.equal((await editor.get(`/contracts.csv?${query}`)).status, 400, 'CSV too');
    });
  }

  test('what was good stays in the form', async () => {
    const answer = await editor.get('/contracts?level=L1&q=wartung&colour=blue');
    assert.equal(answer.document.querySelector('[name="q"]').getAttribute('value'), 'wartung');
    assert.ok(answer.document.querySelector('[name="level"] option[value="L1"]').hasAttribute('selected'));
  });
});

test('derived values are right for every contract, from its dates alone', async () => {
  const today = new Date(`${TODAY}T00:00:00Z`);
  const iso = (day) => day.toISOString().slice(0, 10);
  // Months are counted from the first date each time: the day is the same, or the month's last. A term that ends with its month goes on doing so (BGB § 188).
  const addMonths = (day, months) => {
    const target = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0));
    const last = new Date(day.getTime() + 86400000).getUTCDate() === 1;
    return last ? target : new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth(), Math.min(day.getUTCDate(), target.getUTCDate())));
  };
  for (const contract of await selection(editor, 'per=200')) {
    const what = `contract ${contract.number}`;
    let end = contract.ends_on ? new Date(`${contract.ends_on}T00:00:00Z`) : null;
    if (contract.cancelled_to) end = new Date(`${contract.cancelled_to}T00:00:00Z`);
    else if (end && contract.renewal_months > 0) {
      for (let terms = 1; iso(end) < TODAY; terms += 1) end = addMonths(new Date(`${contract.ends_on}T00:00:00Z`), terms * contract.renewal_months);
    }
    const status = contract.starts_on > TODAY ? 'upcoming' : end && end < today ? 'ended' : contract.cancelled_to ? 'cancelled' : 'active';
    if (contract.starts_on <= TODAY) assert.equal(contract.status, status, what);
    assert.equal(contract.term_ends_on || '', end ? iso(end) : '', what);
    const cents = Math.round(Number(contract.amount) * 100);
    const expected = Math.floor((cents * 2 + Number(contract.billing_months)) / (2 * Number(contract.billing_months)));
    assert.equal(Math.round(Number(contract.monthly_value) * 100), expected, what);
  }
});

test('the table page says the total and has the selection in words', async () => {
  const answer = await editor.get('/contracts?level=L1');
  assert.equal(answer.status, 200);
  const total = recount("level.code = 'L1'").length;
  assert.ok(answer.document.querySelector('[role="status"]').textContent.replace(/\D/g, '') === String(total));
});

test('an empty selection offers the parts that can be loosened', async () => {
  const answer = await editor.get('/contracts?level=L1&customer=NO-SUCH-CUSTOMER');
  assert.equal(answer.status, 200);
  assert.ok(answer.document.querySelectorAll('.empty a').length >= 2);
});

test('without a session the canonical address is kept through the sign-in', async () => {
  const answer = await new Client(stack).get('/contracts?status=active');
  assert.ok(decodeURIComponent(answer.location).endsWith('/contracts?status=active'));
});

test('one click puts a level into the selection or takes it out, and keeps everything else', async () => {
  const choices = async (query) => {
    const page = await editor.get(`/contracts?${query}`);
    assert.equal(page.status, 200);
    return [...page.document.querySelectorAll('.level-choices a')].map((link) => ({
      level: link.textContent.trim().split(/\s+/)[0].replace('—', 'none'), chosen: link.getAttribute('aria-current') === 'true', count: link.querySelector('.count').textContent,
      query: new URL(link.getAttribute('href'), stack.baseUrl).search.slice(1) }));
  };
  const before = await choices('level=L1&status=active&sort=-value');
  assert.deepEqual(before.filter(({ chosen }) => chosen).map(({ level }) => level), ['L1']);
  const more = before.find(({ level }) => level === 'none');
  assert.equal(more.query, 'level=L1&level=none&status=active&sort=-value');
  assert.equal(before.find(({ level }) => level === 'L1').query, 'status=active&sort=-value');
  for (const { level, count } of before) {
    assert.equal((await editor.get(`/contracts.json?level=${level}&status=active`)).json().total, Number(count.replace(/\D/g, '')), level);
  }
});
