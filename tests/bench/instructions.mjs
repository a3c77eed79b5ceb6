// Which parts of a worker's instructions a page takes, counted by callgrind in a worker that is asked directly: the same whatever else the machine does.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { root, TODAY } from '../support/stack.mjs';

const COUNTED = 10;

/** A record of the FastCGI protocol (FastCGI specification 3.3). */
function record(type, content) {
  const head = Buffer.alloc(8);
  head.writeUInt8(1, 0);
  head.writeUInt8(type, 1);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(content.length, 4);
  return Buffer.concat([head, content]);
}

function length(text) {
  const size = Buffer.byteLength(text);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((size | 0x80000000) >>> 0);
  return size < 128 ? Buffer.from([size]) : bytes;
}

function ask(socket, variables) {
  return new Promise((resolve, reject) => {
    const pairs = Object.entries(variables).flatMap(([name, value]) => [length(name), length(value), Buffer.from(name), Buffer.from(value)]);
    const connection = connect(socket);
    let text = '';
    connection.setEncoding('latin1').on('data', (piece) => { text += piece; }).on('error', reject).on('close', () => {
      if (text.includes('Status: 200 ')) resolve();
      else reject(new Error(`the worker answered ${text.slice(8, 200)}`));
    });
    connection.end(Buffer.concat([record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])), record(4, Buffer.concat(pairs)), record(4, Buffer.alloc(0)), record(5, Buffer.alloc(0))]));
  });
}

/** Instructions by function, with those of what it calls, as callgrind writes them: calls of each function from others. */
function inclusive(file) {
  const names = new Map();
  const called = new Map();
  const known = (text) => {
    const [, number, name] = /^\((\d+)\)(?: (.*))?$/.exec(text);
    if (name) names.set(number, name);
    return names.get(number);
  };
  let total = 0;
  let caller = '';
  let callee = '';
  const lines = readFileSync(file, 'utf8').split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line.startsWith('fn=')) caller = known(line.slice(3));
    else if (line.startsWith('cfn=')) callee = known(line.slice(4));
    else if (line.startsWith('calls=')) {
      at += 1;
      if (caller !== callee) called.set(callee, (called.get(callee) ?? 0) + Number(lines[at].split(' ').at(-1)));
    } else if (/^[+*\-\d]/.test(line)) total += Number(line.split(' ').at(-1));
  }
  return { total, of: (name) => called.get(name) ?? 0 };
}

/** { instructions: of one page, parts: name → share }. */
export async function shares(stack, page, cookie) {
  const directory = mkdtempSync(join(tmpdir(), 'supportlevel-callgrind-'));
  const socket = join(directory, 'worker.sock');
  const file = join(directory, 'out');
  const [path, query = ''] = page.split('?');
  const worker = spawn('spawn-fcgi', ['-n', '-s', socket, '--', '/usr/bin/valgrind', '--tool=callgrind', `--callgrind-out-file=${file}`, '--instr-atstart=no', join(root, 'build/supportlevel.fcgi')], {
    cwd: root, stdio: 'ignore',
    env: { ...process.env, SUPPORTLEVEL_TODAY: TODAY, SUPPORTLEVEL_TEMPLATES: join(root, 'templates'), SUPPORTLEVEL_DEVELOPMENT: '0',
      SUPPORTLEVEL_DATABASE_URL: `mariadb://${userInfo().username}@localhost/supportlevel?socket=${stack.state.database_socket}` },
  });
  const ended = new Promise((resolve) => { worker.on('exit', resolve); });
  const variables = { REQUEST_METHOD: 'GET', SCRIPT_NAME: '', PATH_INFO: path, REQUEST_URI: page, QUERY_STRING: query, SERVER_PROTOCOL: 'HTTP/1.1', REMOTE_ADDR: '127.0.0.1', HTTP_HOST: '127.0.0.1', HTTP_COOKIE: cookie };
  try {
    while (!existsSync(socket)) await new Promise((resolve) => { setTimeout(resolve, 50); });
    for (let warm = 0; warm < 5; warm += 1) await ask(socket, variables);
    execFileSync('callgrind_control', ['-i', 'on', String(worker.pid)], { stdio: 'ignore' });
    for (let counted = 0; counted < COUNTED; counted += 1) await ask(socket, variables);
    // Its end isn't a page's.
    execFileSync('callgrind_control', ['-i', 'off', String(worker.pid)], { stdio: 'ignore' });
  } finally {
    worker.kill('SIGTERM');
    await ended;
  }
  const found = inclusive(file);
  rmSync(directory, { recursive: true, force: true });
  const query_ = found.of('database_query');
  const sum = (...names) => names.reduce((all, name) => all + found.of(name), 0);
  const parts = {
    request: sum('FCGX_Accept_r', 'request_read'),
    query: query_,
    render: sum('row_pattern_render'),
    output: sum('response_send', 'FCGX_Finish_r'),
  };
  parts['data tree and the rest'] = found.total - Object.values(parts).reduce((all, part) => all + part, 0);
  parts['all but the query'] = found.total - query_;
  return { instructions: found.total / COUNTED, parts: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part / found.total])) };
}
