// An earlier version's tables, with people and contracts in them, brought up to date: each migration that does more than add keeps what was there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { DatabaseServer } from '../support/database_server.mjs';
import { build, root } from '../support/stack.mjs';

const server = new DatabaseServer();
await server.start();
const earlier = mkdtempSync(join(tmpdir(), 'supportlevel-upgrade-'));
after(async () => {
  rmSync(earlier, { recursive: true });
  await server.stop();
});

const sql = (text) => server.query(`USE supportlevel; ${text}`);
const tool = (...args) => spawnSync(join(root, build, 'supportlevel'), args, { encoding: 'utf8', cwd: root, env: { ...process.env, SUPPORTLEVEL_DATABASE_URL: server.url, LC_ALL: 'C.UTF-8' } });
function migrate(directory) {
  const run = tool('migrate', '--directory', directory);
  assert.equal(run.status, 0, run.stderr);
}

/** Everything before that migration, in a database of its own. */
function before(name) {
  for (const file of readdirSync(join(root, 'sql')).filter((one) => /^\d{4}_.*\.sql$/.test(one) && one < name)) copyFileSync(join(root, 'sql', file), join(earlier, file));
  migrate(earlier);
}

describe('contract types and users, which had neither version nor history', () => {
  before('0016_types_and_users.sql');
  sql(`INSERT INTO user (name, display_name, role, password_hash, language) VALUES ('anna', 'Anna Muster', 'admin', '$argon2id$of-anna', 'en'), ('kerberos', '', 'viewer', '', '');
    INSERT INTO session VALUES (REPEAT('x', 32), 1, UTC_TIMESTAMP(), UTC_TIMESTAMP());
    INSERT INTO saved_view (owner_id, name, query) VALUES (1, 'Start', 'level=L1'); UPDATE user SET start_view_id = 1 WHERE id = 1;
    INSERT INTO customer (number, name) VALUES ('K-1', 'Kunde');
    INSERT INTO contract (number, title, customer_id, customer_name, type_id, starts_on, status, term_ends_on, notice_by, monthly_value, valid_from, valid_until, responsible_id)
      VALUES ('V-1', 'Vertrag', 1, 'Kunde', 2, '2026-01-01', 1, '9999-12-31', '9999-12-31', 0, '2026-01-01', '9999-12-31', 1)`);
  const moment = sql('SELECT UTC_TIMESTAMP(6)');
  migrate('sql');

  test('passwords, sessions and first views are where they belong', () => {
    assert.equal(sql('SELECT user.name, hash FROM user_password JOIN user ON user.id = user_id'), 'anna\t$argon2id$of-anna');
    assert.equal(sql('SELECT name, display_name, role, active, language, start_view_id, version FROM user ORDER BY id'), 'anna\tAnna Muster\tadmin\t1\ten\t1\t1\nkerberos\t\tviewer\t1\t\tNULL\t1');
    assert.equal(sql('SELECT COUNT(*) FROM session WHERE user_id = 1'), '1');
    assert.equal(tool('user', 'list').stdout, 'anna\tadmin\nkerberos\tviewer\n');
  });

  test('a contract as it was before still has its type and its responsible', () => {
    const asOf = `FOR SYSTEM_TIME AS OF TIMESTAMP '${moment}'`;
    assert.equal(sql(`SET time_zone = '+00:00'; SELECT contract.number, contract_type.code, user.name FROM contract ${asOf} JOIN contract_type ${asOf} ON contract_type.id = type_id JOIN user ${asOf} ON user.id = responsible_id`), 'V-1\tMIETE\tanna');
  });

  test('the version that was put before tells of no change', () => {
    assert.equal(sql("SELECT COUNT(*), COUNT(DISTINCT name, role, active, changed_by) FROM user FOR SYSTEM_TIME ALL WHERE name = 'anna'"), '2\t1');
    assert.equal(sql('SELECT COUNT(*) FROM deletion'), '0');
  });

  test('a first view that is deleted leaves nobody without an account, and a user who is, takes along what hangs on it', () => {
    sql('DELETE FROM saved_view');
    assert.equal(sql('SELECT start_view_id FROM user WHERE id = 1'), 'NULL');
    sql("UPDATE contract SET responsible_id = NULL; DELETE FROM user WHERE name = 'anna'");
    assert.equal(sql('SELECT (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM user_password)'), '0');
  });
});
