// The auditor: everything that is derived from contracts is derived again from them alone, in one moment of the database, and compared; and what the writers
// noted is compared with what is there. Each finding is a line of text.
import { spawn } from 'node:child_process';
import { signedIn } from './client.mjs';

/** Rows of texts, without holding up whoever else works in this process. */
export function ask(stack, sql) {
  return new Promise((resolve, reject) => {
    const asked = spawn('mariadb', ['--no-defaults', `--socket=${stack.state.database_socket}`, '--batch', '--raw', '--skip-column-names', '--default-character-set=utf8mb4', 'supportlevel']);
    const [out, errors] = [[], []];
    asked.stdout.on('data', (piece) => out.push(piece));
    asked.stderr.on('data', (piece) => errors.push(piece));
    asked.on('close', (status) => (status === 0 ? resolve(Buffer.concat(out).toString('utf8').split('\n').slice(0, -1).map((line) => line.split('\t'))) : reject(new Error(String(Buffer.concat(errors))))));
    asked.stdin.end(sql);
  });
}

// What each contract adds to the counts of days, against what is stored of it and what waits to be counted.
const UNITS = '(SELECT 0 AS unit UNION ALL SELECT 1 UNION ALL SELECT 2) AS units';
const KINDS = '(SELECT 0 AS kind UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) AS kinds';
const unitOf = (day) => `CASE unit WHEN 0 THEN MAKEDATE(YEAR(${day}), 1) WHEN 1 THEN ${day} - INTERVAL DAYOFMONTH(${day}) - 1 DAY ELSE ${day} END`;
const DAYS = `WITH fact AS (
    SELECT sign, level_id, status, type_id, currency, starts_on, last_day, term_ends_on, notice_by, monthly_value, yearly_value FROM contract_change
    UNION ALL SELECT -1, COALESCE(level_id, 0), status, type_id, currency, starts_on, last_day, term_ends_on, notice_by, monthly_value, amount * (12 DIV billing_months) FROM contract
  ), happening AS (
    SELECT fact.*, kind, CASE kind WHEN 0 THEN starts_on WHEN 1 THEN last_day WHEN 2 THEN term_ends_on ELSE notice_by END AS day, sign * (kind < 2 AND last_day >= starts_on) AS runs FROM fact JOIN ${KINDS}
  ), part AS (
    SELECT kind, unit, begins, level_id, status, type_id, currency, contracts, running, monthly_value, yearly_value FROM contract_day WHERE kind < 4
    UNION ALL SELECT kind, unit, ${unitOf('day')}, level_id, status, type_id, currency, sign, runs, runs * monthly_value, runs * yearly_value FROM happening JOIN ${UNITS} WHERE day < '9999-12-31'
  ) SELECT 'counts of days', kind, unit, begins, level_id, status, type_id, currency, SUM(contracts), SUM(running), SUM(monthly_value), SUM(yearly_value) FROM part
    GROUP BY kind, unit, begins, level_id, status, type_id, currency HAVING SUM(contracts) <> 0 OR SUM(running) <> 0 OR SUM(monthly_value) <> 0 OR SUM(yearly_value) <> 0`;
const CUSTOMER_DAYS = `WITH part AS (
    SELECT kind, unit, begins, level_id, running FROM contract_day WHERE kind > 3
    UNION ALL SELECT 4, unit, ${unitOf('customer_span.begins')}, level_id, -1 FROM customer_span JOIN ${UNITS}
    UNION ALL SELECT 5, unit, ${unitOf('ends')}, level_id, -1 FROM customer_span JOIN ${UNITS} WHERE ends < '9999-12-31'
  ) SELECT 'days of customers', kind, unit, begins, level_id, SUM(running) FROM part GROUP BY kind, unit, begins, level_id HAVING SUM(running) <> 0`;

const history = (table) => `SELECT 'history of ${table}', id, row_start, row_end, following FROM (SELECT id, row_start, row_end, LEAD(row_start) OVER (PARTITION BY id ORDER BY row_start, row_end) AS following
  FROM ${table} FOR SYSTEM_TIME ALL) AS versions WHERE row_start >= row_end OR row_end <> COALESCE(following, row_end)`;

/** Each finds nothing. */
const NOTHING = [
  `SELECT 'kept counts', level_id, status, type_id, SUM(difference) FROM (SELECT level_id, status, type_id, contracts AS difference FROM contract_count
    UNION ALL SELECT COALESCE(level_id, 0), status, type_id, -1 FROM contract) AS both_counts GROUP BY level_id, status, type_id HAVING SUM(difference) <> 0`,
  DAYS,
  CUSTOMER_DAYS,
  ...['contract', 'customer', 'support_level', 'service_calendar', 'contract_type', 'user'].map(history),
  "SELECT 'versions and version', id, contract.version, COUNT(*) FROM contract FOR SYSTEM_TIME ALL JOIN contract AS current USING (id) GROUP BY id HAVING MAX(current.version) <> COUNT(*)",
  `SELECT 'deletions', gone.id FROM (SELECT DISTINCT id FROM contract FOR SYSTEM_TIME ALL) AS gone LEFT JOIN contract USING (id)
    LEFT JOIN deletion ON table_name = 'contract' AND record_id = gone.id WHERE (contract.id IS NULL) <> (deletion.record_id IS NOT NULL)`,
  "SELECT 'customer names', contract.id FROM contract JOIN customer ON customer.id = customer_id WHERE BINARY customer_name <> BINARY name",
  "SELECT 'monthly values', id FROM contract WHERE ABS(monthly_value - amount / billing_months) > 0.005",
  `SELECT 'bulk changes', bulk_change.id, contracts, COUNT(contract_id) FROM bulk_change LEFT JOIN bulk_change_row ON bulk_change_id = bulk_change.id
    GROUP BY bulk_change.id HAVING contracts <> COUNT(contract_id)`,
  `SELECT 'bulk changes in the history', bulk_change.id, contract_id FROM bulk_change JOIN bulk_change_row ON bulk_change_id = bulk_change.id LEFT JOIN support_level AS level ON code = set_level
    WHERE set_level IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contract FOR SYSTEM_TIME ALL AS version WHERE version.id = contract_id AND version.level_id <=> level.id AND row_start >= changed_at)`,
  `SELECT 'imports', import_job.id FROM import_job LEFT JOIN import_row ON import_job_id = import_job.id WHERE state = 'done' AND undone_at IS NULL
    GROUP BY import_job.id HAVING MAX(created) + MAX(changed) <> COUNT(contract_id)`,
  `SELECT 'steps of requests', request.id, version, COUNT(*) FROM request LEFT JOIN request_step ON request_id = request.id GROUP BY request.id HAVING version <> COUNT(request_step.id)`,
  `SELECT 'queues of requests', request.id FROM request JOIN (SELECT request_id, MAX(id) AS id FROM request_step GROUP BY request_id) AS last ON last.request_id = request.id
    JOIN request_step AS step ON step.id = last.id WHERE step.level_id <> request.level_id OR (step.kind = 8 AND state <> 2) OR (step.kind = 9 AND state = 2) OR (step.kind = 4 AND state <> 1)`,
  `SELECT 'documents', document.id, size FROM document LEFT JOIN document_piece ON document_id = document.id GROUP BY document.id
    HAVING size <> COALESCE(SUM(LENGTH(bytes)), 0) OR MAX(hash) <> UNHEX(SHA2(GROUP_CONCAT(bytes ORDER BY number SEPARATOR ''), 256))`,
];

/** The words of the search, by the rule of domain/text.h, written a second time. */
function searchWords(text) {
  const folded = text.normalize('NFKD').toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ').replace(/\p{M}/gu, '');
  return new Set((folded.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => [...word].slice(0, 40).join('')).filter((word, at, all) => all.indexOf(word) === at).slice(0, 40));
}

function auditWords(contracts, words) {
  const findings = [];
  const expected = new Set(contracts.flatMap(([id, ...texts]) => [...new Set(texts.flatMap((text) => [...searchWords(text)]))].map((word) => `${id} ${word}`)));
  const stored = new Set(words.map(([id, word]) => `${id} ${word}`));
  for (const one of expected) if (!stored.has(one)) findings.push(`a word is missing: ${one}`);
  for (const one of stored) if (!expected.has(one)) findings.push(`a word is left: ${one}`);
  return findings;
}

/** Times without a gap in which customers have contracts of a level, or of any, in force; of those whose changes are all counted. */
function auditSpans(terms, spans, changed) {
  const waiting = new Set(changed.map(([customer]) => customer));
  const of = new Map();
  for (const [customer, level, from, to] of terms) {
    if (to < from) continue;
    for (const key of [`${customer} ${level}`, `${customer} 65535`]) of.set(key, [...(of.get(key) ?? []), [from, to]]);
  }
  const expected = [];
  for (const [key, times] of of) {
    const joined = [];
    for (const [from, to] of times.sort()) {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = to > last[1] ? to : last[1];
      else joined.push([from, to]);
    }
    expected.push(...joined.map((time) => `${key} ${time.join(' ')}`));
  }
  const counted = (line) => !waiting.has(line.split(' ')[0]);
  const wanted = new Set(expected.filter(counted));
  const stored = new Set(spans.map((row) => row.join(' ')).filter(counted));
  return [...[...wanted].filter((line) => !stored.has(line)).map((line) => `a span is missing: ${line}`), ...[...stored].filter((line) => !wanted.has(line)).map((line) => `a span is left: ${line}`)];
}

/** Everything derived, in one moment; may run while others write. */
export async function auditDerived(stack) {
  const data = {
    contracts: "SELECT 'contracts', id, number, title, reference, customer_name FROM contract",
    words: "SELECT 'words', contract_id, word FROM contract_word",
    terms: "SELECT 'terms', customer_id, COALESCE(level_id, 0), starts_on, last_day FROM contract",
    spans: "SELECT 'spans', customer_id, level_id, begins, ends FROM customer_span",
    changed: "SELECT DISTINCT 'changed', customer_id FROM contract_change",
  };
  const rows = await ask(stack, ["SET SESSION time_zone = '+00:00', SESSION group_concat_max_len = 1 << 30", 'START TRANSACTION WITH CONSISTENT SNAPSHOT', ...NOTHING, ...Object.values(data), 'ROLLBACK'].join(';\n'));
  const of = (name) => rows.filter(([kind]) => kind === name).map(([, ...cells]) => cells);
  return [
    ...rows.filter(([kind]) => !Object.hasOwn(data, kind)).map((row) => row.join(' ')),
    ...auditWords(of('contracts'), of('words')),
    ...auditSpans(of('terms'), of('spans'), of('changed')),
  ];
}

/** How `actual` can be what was noted, each uncertain state there or not: how many of these are, or -1. */
function matches(states, actual, from = 0, at = 0) {
  if (from === states.length) return at === actual.length ? 0 : -1;
  const taken = states[from].is === actual[at] ? matches(states, actual, from + 1, at + 1) : -1;
  if (taken >= 0) return taken + (states[from].certain ? 0 : 1);
  return states[from].certain ? -1 : matches(states, actual, from + 1, at);
}

function grouped(rows) {
  const groups = new Map();
  for (const [key, ...cells] of rows) groups.set(key, [...(groups.get(key) ?? []), cells.join('|')]);
  return groups;
}

function auditRecords(records, nameOf, stored, notes) {
  const findings = [];
  for (const record of records) {
    const actual = stored.get(nameOf(record)) ?? [];
    const uncertain = record.states.filter((state) => !state.certain).length;
    const present = matches(record.states, actual);
    if (present < 0) findings.push(`${nameOf(record)}: noted ${record.states.map(({ is, certain }) => is + (certain ? '' : '?')).join(', ')}; there is ${actual.join(', ')}`);
    notes.present += Math.max(present, 0);
    notes.absent += uncertain - Math.max(present, 0);
    stored.delete(nameOf(record));
  }
  return [...findings, ...[...stored.keys()].map((name) => `nobody noted ${name}`)];
}

/** An acknowledged change of many is recorded with just its contracts; any other one is one that was given up. */
function auditBulks(bulks, stored) {
  const findings = [];
  const facts = ({ level, contracts }) => `${level} ${[...contracts].sort((a, b) => a - b).join()}`;
  const wanted = bulks.filter(({ certain }) => certain);
  const left = [...stored];
  for (const bulk of wanted) {
    const at = left.findIndex(([id, is]) => (bulk.id === null || Number(id) === bulk.id) && is === facts(bulk));
    if (at < 0) findings.push(`bulk change ${bulk.id} ${facts(bulk)} is not recorded so`);
    else left.splice(at, 1);
  }
  const possible = bulks.filter(({ certain }) => !certain).map(facts);
  for (const [id, is] of left) if (!possible.includes(is)) findings.push(`bulk change ${id} ${is}: nobody noted it`);
  return findings;
}

/** What the writers noted against what is there. */
async function auditNotes(stack, notes) {
  [notes.present, notes.absent] = [0, 0];
  const contracts = await ask(stack, `SELECT number, title, COALESCE(code, '') FROM contract FOR SYSTEM_TIME ALL LEFT JOIN support_level ON support_level.id = level_id WHERE number LIKE '${notes.group}%' ORDER BY contract.id, contract.row_start`);
  const requests = await ask(stack, `SELECT subject, step.text FROM request JOIN request_step AS step ON request_id = request.id WHERE subject LIKE 'Anfrage ${notes.group}%' ORDER BY step.id`);
  const bulks = await ask(stack, `SELECT bulk_change.id, CONCAT(set_level, ' ', GROUP_CONCAT(contract_id ORDER BY contract_id)) FROM bulk_change JOIN bulk_change_row ON bulk_change_id = bulk_change.id
    JOIN contract ON contract.id = contract_id WHERE number LIKE '${notes.group}%' GROUP BY bulk_change.id`);
  return [
    ...auditRecords(notes.contracts, ({ number }) => number, grouped(contracts), notes),
    ...auditRecords(notes.requests, ({ subject }) => subject, grouped(requests), notes),
    ...auditBulks(notes.bulks, bulks),
  ];
}

/** When nobody writes any more: also the terms, derived anew by the program, what pages say, and the tables' own soundness. */
async function auditAtRest(stack) {
  const client = await signedIn(stack, 'viewer');
  const findings = await auditDerived(stack);
  const TERMS = 'SELECT id, status, term_ends_on, notice_by, valid_from, valid_until FROM contract ORDER BY id';
  const terms = String(await ask(stack, TERMS));
  await ask(stack, "SET @actor = ''; UPDATE contract SET valid_until = '1000-01-01'");
  const rolled = stack.tool(['roll']);
  if (rolled.status !== 0) findings.push(`roll: ${rolled.stderr}`);
  if (String(await ask(stack, TERMS)) !== terms) findings.push('derived anew, the terms are others');
  const [[total]] = await ask(stack, 'SELECT COUNT(*) FROM contract');
  const list = (await client.get('/contracts.json?per=25')).json();
  const report = (await client.get('/reports/levels.json')).json();
  const inForce = (await client.get(`/contracts.json?on=${report.on}&per=25`)).json();
  if (list.total !== Number(total)) findings.push(`the list counts ${list.total} of ${total} contracts`);
  if (report.total.contracts !== inForce.total) findings.push(`the report counts ${report.total.contracts} of ${inForce.total} contracts in force`);
  const tables = (await ask(stack, 'SHOW TABLES')).map(([table]) => table);
  for (const [table, , kind, text] of await ask(stack, `CHECK TABLE ${tables.join(', ')} EXTENDED`)) if (text !== 'OK') findings.push(`${table}: ${kind} ${text}`);
  return [...findings, ...await auditDerived(stack)];
}

/** All of it, after writers have ended: what they met, what they noted, and what is derived. */
export async function auditAfter(stack, notes) {
  const findings = [...notes.problems, ...await auditNotes(stack, notes), ...await auditAtRest(stack)];
  return findings.slice(0, 20).map((finding) => finding.slice(0, 600));
}
