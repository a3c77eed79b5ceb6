// Made-up companies of any size for the benchmarks, kept below var/bench: made once, by `supportlevel generate`; what is larger than a million is multiplied inside the database.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { root, startStack } from '../support/stack.mjs';

/** So many are generated at most; more of them are copies of these, with customers of their own. */
const GENERATED = 1e6;
const place = (contracts) => join(root, 'var/bench', String(contracts));

/** What the database may keep in memory: enough for all pages of an index that a million need, as a server for such a company has. */
const BUFFER_POOL = `${Math.max(512, Math.round(totalmem() / 2 ** 20 / 4))}M`;

/** The stack of a company of `contracts` contracts and the demo company's; it is made when it isn't there. */
export async function startCompany(contracts, environment = {}) {
  const directory = place(contracts);
  if (!existsSync(join(directory, 'complete'))) await make(contracts);
  return startStack({ WEB: 'nginx', WORKERS: '2', BUFFER_POOL, ...environment, VAR: directory });
}

/** Sends what has to be there afterwards, and nothing if something fails: the directory gets its name last. */
async function make(contracts) {
  const making = `${place(contracts)}.making`;
  rmSync(making, { recursive: true, force: true });
  rmSync(place(contracts), { recursive: true, force: true });
  const copies = Math.ceil(contracts / GENERATED);
  if (copies > 1) {
    assert.equal(contracts, copies * GENERATED, 'more than a million contracts are whole millions');
    const base = await startCompany(GENERATED);
    await base.stop();
    cpSync(place(GENERATED), making, { recursive: true });
    rmSync(join(making, 'complete'));
  } else {
    mkdirSync(making, { recursive: true });
  }
  const stack = await startStack({ WEB: 'nginx', WORKERS: '1', BUFFER_POOL, VAR: making });
  try {
    process.stderr.write(`making a company of ${contracts} contracts\n`);
    // What breaks off is made anew: it needn't be on disk at every step.
    stack.database('SET GLOBAL innodb_flush_log_at_trx_commit = 0, GLOBAL innodb_max_dirty_pages_pct = 90, GLOBAL innodb_log_file_size = 4294967296');
    if (copies > 1) {
      multiply(stack, copies);
    } else {
      const run = stack.tool(['generate', '--contracts', String(contracts)]);
      assert.equal(run.status, 0, run.stderr);
    }
    stack.database('SET GLOBAL innodb_flush_log_at_trx_commit = 1, GLOBAL innodb_log_file_size = 268435456; ANALYZE TABLE contract, contract_word, customer, customer_span');
  } finally {
    await stack.stop();
  }
  writeFileSync(join(making, 'complete'), '');
  renameSync(making, place(contracts));
}

/** Runs statements one after the other as the database's owner; triggers have `;` in them, so each statement ends by `$$`. */
function run(stack, statements) {
  const child = spawnSync('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--delimiter=$$', '--default-character-set=utf8mb4', 'supportlevel'],
    { input: ['SET foreign_key_checks = 0, unique_checks = 0, system_versioning_alter_history = KEEP', ...statements, ''].join('$$\n'), encoding: 'utf8' });
  assert.equal(child.status, 0, child.stderr.slice(-500));
}

/** A table's keys and foreign keys as its definition has them, to be taken away while it grows and to be put back at once. */
function keysOf(stack, table) {
  const definition = stack.database(`SHOW CREATE TABLE ${table}`).map((line) => line.at(-1)).join('\n').split('\n').map((line) => line.trim().replace(/,$/, ''));
  const keys = definition.filter((line) => /^(UNIQUE )?KEY /.test(line));
  const foreign = definition.filter((line) => /^CONSTRAINT .* FOREIGN KEY /.test(line));
  const name = (line) => /`([^`]+)`/.exec(line)[1];
  return {
    drop: [...foreign.map((line) => `DROP FOREIGN KEY \`${name(line)}\``), ...keys.map((line) => `DROP KEY \`${name(line)}\``)].join(', '),
    // The end of a row's time is in each unique key of a table with a history by itself.
    addKeys: keys.map((line) => `ADD ${line.replace(/^(UNIQUE .*),`row_end`\)$/, '$1)')}`).join(', '),
    addForeign: foreign.map((line) => `ADD ${line}`).join(', '),
  };
}

/** Each contract `copies` times, with customers of their own: the same in every table that is derived from contracts. */
function multiply(stack, copies) {
  const [[lastContract, lastCustomer]] = stack.database('SELECT (SELECT MAX(id) FROM contract), (SELECT MAX(id) FROM customer)').map((row) => row.map(Number));
  const columns = (table) => stack.database(`SELECT column_name FROM information_schema.columns WHERE table_schema = 'supportlevel' AND table_name = '${table}'
    AND extra NOT LIKE '%GENERATED%' ORDER BY ordinal_position`).map(([column]) => column);
  const triggers = stack.database(`SELECT trigger_name, action_timing, event_manipulation, event_object_table, REPLACE(action_statement, '\\n', '\\r') FROM information_schema.triggers
    WHERE trigger_schema = 'supportlevel' AND event_object_table IN ('contract', 'customer') ORDER BY event_object_table, event_manipulation, action_timing, action_order`);
  const contract = keysOf(stack, 'contract');
  const word = keysOf(stack, 'contract_word');
  const generated = "number LIKE 'G-%'";
  const number = (copy, step, digits) => `CONCAT('G-', LPAD(SUBSTRING(number, 3) + ${copy * step}, ${digits}, '0'))`;
  const copied = (table, copy, changes) => `INSERT INTO ${table} (${columns(table)}) SELECT ${columns(table).map((column) => changes[column] ?? column)} FROM ${table}`;
  const others = Array.from({ length: copies - 1 }, (_, index) => index + 1);
  const customerChanges = (copy) => ({ id: `id + ${copy * lastCustomer}`, number: number(copy, lastContract, 7) });
  const contractChanges = (copy) => ({ id: `id + ${copy * lastContract}`, number: number(copy, lastContract, 8), customer_id: `customer_id + ${copy * lastCustomer}` });
  const spanChanges = (copy) => ({ customer_id: `customer_id + ${copy * lastCustomer}` });
  const changedWord = (copy) => `IF(word REGEXP '^[0-9]{8}$', LPAD(word + ${copy * lastContract}, 8, '0'), word)`;
  const generatedFrom = stack.databaseValue(`SELECT MIN(id) FROM contract WHERE ${generated}`);
  const customerFrom = stack.databaseValue(`SELECT MIN(id) FROM customer WHERE ${generated}`);

  run(stack, [
    ...triggers.map(([name]) => `DROP TRIGGER ${name}`),
    `ALTER TABLE contract ${contract.drop}`,
    ...others.map((copy) => `${copied('customer', copy, customerChanges(copy))} WHERE id BETWEEN ${customerFrom} AND ${lastCustomer}`),
    ...others.map((copy) => `${copied('contract', copy, contractChanges(copy))} WHERE id BETWEEN ${generatedFrom} AND ${lastContract} ORDER BY id`),
    ...others.map((copy) => `${copied('customer_span', copy, spanChanges(copy))} WHERE customer_id BETWEEN ${customerFrom} AND ${lastCustomer}`),
    // The demo company is in these once, and negligible.
    `UPDATE contract_count SET contracts = contracts * ${copies}`,
    `UPDATE contract_day SET contracts = contracts * ${copies}, running = running * ${copies}, monthly_value = monthly_value * ${copies}, yearly_value = yearly_value * ${copies}`,
    `ALTER TABLE contract ${contract.addKeys}`,
    `ALTER TABLE contract ${contract.addForeign}`,
    'CREATE TABLE word_of_all LIKE contract_word',
    `INSERT INTO word_of_all SELECT word, contract_id FROM contract_word ${others.map((copy) => `UNION ALL SELECT ${changedWord(copy)}, contract_id + ${copy * lastContract} FROM contract_word
      WHERE contract_id BETWEEN ${generatedFrom} AND ${lastContract}`).join(' ')}`,
    'DROP TABLE contract_word',
    'RENAME TABLE word_of_all TO contract_word',
    `ALTER TABLE contract_word ${word.addForeign}`,
    ...triggers.map(([name, timing, event, table, statement]) => `CREATE TRIGGER ${name} ${timing} ${event} ON ${table} FOR EACH ROW ${statement.replaceAll('\r', '\n')}`),
  ]);
}
