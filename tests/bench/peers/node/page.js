// The contract list on Node's own HTTP server: Eta, mysql2 with prepared statements, one process a worker.
import cluster from 'node:cluster';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import mysql from 'mysql2/promise';

const ROWS = 50;
const STATUSES = [['upcoming', 'künftig'], ['active', 'aktiv'], ['cancelled', 'gekündigt'], ['ended', 'beendet']];
const ROLES = { viewer: 'Lesen', editor: 'Bearbeiten', admin: 'Verwalten' };
const RANGES = [['starts', 'Beginn'], ['ends', 'Ende'], ['notice', 'Kündbar bis'], ['value', 'Monatswert'], ['ended', 'Zuletzt in Kraft']]
  .map(([name, text]) => ({ name, text }));
const COLUMNS = [['key', '-number', 'Nummer'], ['title', 'title', 'Bezeichnung'], ['customer', 'customer', 'Kunde'], ['level', 'level', 'Level'],
  ['type', 'type', 'Art'], ['status', 'status', 'Status'], ['date', 'starts', 'Beginn'], ['date', 'ends', 'Ende'], ['date', 'notice', 'Kündbar bis'],
  ['number', 'value', 'Monatswert']].map(([kind, sort, text]) => ({ kind, sort, text, sorted: text === 'Nummer' }));

const SESSION = `SELECT user.name, IF(user.display_name = '', user.name, user.display_name) AS display_name, user.role
  FROM session JOIN user ON user.id = session.user_id
  WHERE session.id_hash = ? AND user.active AND session.used_at >= UTC_TIMESTAMP() - INTERVAL 8 HOUR
    AND session.created_at >= UTC_TIMESTAMP() - INTERVAL 24 HOUR`;
const LEVELS = 'SELECT id, code, name FROM support_level ORDER BY level_rank, id';
const TYPES = 'SELECT id, code, name FROM contract_type ORDER BY position, id';
const USERS = "SELECT name, IF(display_name = '', name, display_name) AS display_name FROM user WHERE active ORDER BY name";
const COUNTS = 'SELECT level_id, status, SUM(contracts) AS contracts FROM contract_count GROUP BY level_id, status';
const page = (levels, statuses) => `SELECT contract.id, contract.number, contract.title, contract.customer_id, contract.customer_name, contract.status,
    contract.starts_on, contract.term_ends_on, contract.notice_by, contract.monthly_value, contract.currency,
    contract_type.name AS type, support_level.code AS level, support_level.name AS level_name
  FROM contract FORCE INDEX (contract_by_number)
  LEFT JOIN contract_type ON contract_type.id = contract.type_id LEFT JOIN support_level ON support_level.id = contract.level_id
  WHERE contract.level_id IN (${levels.map(() => '?')}) AND contract.status IN (${statuses.map(() => '?')})
  ORDER BY contract.number, contract.id LIMIT ?`;

const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, '.');
const day = (text) => (text === '9999-12-31' ? '–' : `${text.slice(8)}.${text.slice(5, 7)}.${text.slice(0, 4)}`);
function money(text, currency) {
  const [whole, hundredths] = text.split('.');
  return `${number(whole)},${hundredths} ${currency === 'EUR' ? '€' : currency}`;
}
const address = (levels, statuses) => `/contracts?${new URLSearchParams([...levels.map((code) => ['level', code]), ...statuses.map((name) => ['status', name])])}`;

function levelChoices(levels, codes, statuses, count) {
  const all = [...levels, { id: 0, code: 'none', name: '' }];
  return all.map((level) => {
    const short = level.code === 'none' ? '— ohne —' : level.code;
    const toggled = all.filter((other) => codes.includes(other.code) !== (other === level)).map((other) => other.code);
    return { ...level, short, text: `${short} ${level.name}`.trim(), selected: codes.includes(level.code), count: number(count(level.id)), url: address(toggled, statuses) };
  });
}

const shown = (row) => ({ ...row, status: STATUSES[row.status][0], status_text: STATUSES[row.status][1], starts_on: day(row.starts_on),
  term_ends_on: day(row.term_ends_on), notice_by: day(row.notice_by), monthly_value: money(row.monthly_value, row.currency) });

/** What the template shows; null for a selection that isn't understood. */
async function contractList(connection, user, session, query) {
  const rows = async (sql, values) => (await connection.execute(sql, values))[0];
  const [levels, types, users, counts] = [await rows(LEVELS), await rows(TYPES), await rows(USERS), await rows(COUNTS)];
  const codes = query.getAll('level');
  const statuses = query.getAll('status');
  const ids = codes.map((code) => levels.find((level) => level.code === code)?.id);
  const places = statuses.map((name) => STATUSES.findIndex(([known]) => known === name));
  if (!codes.length || !places.length || ids.includes(undefined) || places.includes(-1)) return null;
  const count = (level) => counts.reduce((sum, line) => sum + (line.level_id === level && places.includes(line.status) ? Number(line.contracts) : 0), 0);
  const found = await rows(page(ids, places), [...ids, ...places, String(ROWS + 1)]);
  const last = found.length > ROWS ? found[ROWS - 1] : null;
  return {
    user: { name: user.display_name, role: ROLES[user.role] }, csrf: createHmac('sha256', session).update('token of forms').digest('base64url'),
    address: address(codes, statuses), query: address(codes, statuses).split('?')[1], today: new Date().toLocaleDateString('de-DE', { dateStyle: 'medium' }),
    levels: levelChoices(levels, codes, statuses, count), types, users, ranges: RANGES, columns: COLUMNS,
    statuses: STATUSES.map(([name, text]) => ({ name, text, selected: statuses.includes(name) })),
    parts: [...codes.map((code) => ({ text: `Supportlevel ${code}`, url: address(codes.filter((other) => other !== code), statuses) })),
      ...places.map((place, at) => ({ text: STATUSES[place][1], url: address(codes, statuses.filter((_, other) => other !== at)) }))],
    total: number(ids.reduce((sum, id) => sum + count(id), 0)), rows: found.slice(0, ROWS).map(shown),
    next: last && Buffer.from(`0.${last.id}.${last.number}`).toString('base64url'),
  };
}

async function answer(pool, eta, request, response) {
  const cookie = /(?:^|; )supportlevel_session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const session = Buffer.from(cookie, 'base64url');
  const connection = await pool.getConnection();
  try {
    const [[user]] = await connection.execute(SESSION, [createHash('sha256').update(session).digest()]);
    if (!user) return response.writeHead(303, { location: '/login' }).end();
    const list = await contractList(connection, user, session, new URL(request.url, 'http://localhost').searchParams);
    if (!list) return response.writeHead(400, { 'content-type': 'text/plain' }).end('This selection is not understood.\n');
    const body = Buffer.from(eta.render('@page', list));
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length, 'cache-control': 'no-store' }).end(body);
  } finally {
    connection.release();
  }
}

function serve() {
  const eta = new Eta({ cache: true });
  eta.loadTemplate('@page', readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'page.eta'), 'utf8'));
  const pool = mysql.createPool({ socketPath: process.env.BENCH_SOCKET, user: process.env.BENCH_USER, password: process.env.BENCH_PASSWORD,
    database: 'supportlevel', charset: 'utf8mb4', dateStrings: true });
  createServer((request, response) => answer(pool, eta, request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  })).listen(process.env.BENCH_LISTEN);
}

if (cluster.isPrimary) {
  for (let worker = 0; worker < Number(process.env.BENCH_WORKERS); worker += 1) cluster.fork();
  process.on('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers)) worker.process.kill();
    process.exit();
  });
} else {
  serve();
}
