// What a web server asks of a worker (FastCGI 1.0), so that a test can be the web server: any variables, TLS, a name that it has verified.
import { connect } from 'node:net';
import { parseHTML } from 'linkedom';

const [BEGIN, PARAMS, STDIN, STDOUT] = [1, 4, 5, 6];

function record(type, content) {
  const head = Buffer.from([1, type, 0, 1, content.length >> 8, content.length & 255, 0, 0]);
  return Buffer.concat([head, content]);
}

function length(text) {
  const count = Buffer.byteLength(text);
  return count < 128 ? Buffer.from([count]) : Buffer.from([(count >> 24) | 128, (count >> 16) & 255, (count >> 8) & 255, count & 255]);
}

/** Asks a worker of the stack; `variables` are those of RFC 3875. */
export function askWorker(stack, variables, body = '') {
  const all = { REQUEST_METHOD: 'GET', SCRIPT_NAME: '', PATH_INFO: '/', QUERY_STRING: '', REMOTE_ADDR: '127.0.0.1', HTTP_HOST: 'intranet.example', ...variables };
  if (body) Object.assign(all, { CONTENT_LENGTH: String(Buffer.byteLength(body)), CONTENT_TYPE: 'application/x-www-form-urlencoded' });
  const pairs = Buffer.concat(Object.entries(all).flatMap(([name, value]) => [length(name), length(value), Buffer.from(name), Buffer.from(value)]));
  const asked = Buffer.concat([record(BEGIN, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])), record(PARAMS, pairs), record(PARAMS, Buffer.alloc(0)),
    ...(body ? [record(STDIN, Buffer.from(body))] : []), record(STDIN, Buffer.alloc(0))]);
  return new Promise((resolve, reject) => {
    const socket = connect(stack.state.worker_socket);
    const pieces = [];
    socket.on('connect', () => socket.write(asked));
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', reject);
    socket.on('close', () => resolve(answerOf(Buffer.concat(pieces))));
  });
}

function answerOf(bytes) {
  const output = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const [size, padding] = [bytes.readUInt16BE(at + 4), bytes[at + 6]];
    if (bytes[at + 1] === STDOUT) output.push(bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size + padding;
  }
  const [head, ...rest] = Buffer.concat(output).toString('utf8').split('\r\n\r\n');
  const lines = head.split('\r\n').map((line) => line.split(/: (.*)/s));
  const headers = new Headers();
  for (const [name, value] of lines) headers.append(name, value);
  return {
    status: Number(headers.get('status')?.split(' ')[0]), headers, text: rest.join('\r\n\r\n'),
    setCookies: lines.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value),
    get document() { return parseHTML(this.text).document; },
  };
}

/** A browser behind that web server, with its cookies; `fixed` are variables of each of its requests. */
export class WorkerClient {
  constructor(stack, fixed = {}) {
    Object.assign(this, { stack, fixed, cookies: new Map() });
  }

  async request(path, variables = {}, fields = null) {
    const [, PATH_INFO, QUERY_STRING = ''] = /^([^?]*)\??(.*)$/.exec(path);
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await askWorker(this.stack, { PATH_INFO, QUERY_STRING, ...(cookie && { HTTP_COOKIE: cookie }), ...(fields && { REQUEST_METHOD: 'POST' }), ...this.fixed, ...variables },
      fields ? new URLSearchParams(fields).toString() : '');
    for (const line of answer.setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  async signIn(username, password) {
    const form = await this.request('/login');
    const csrf = form.document.querySelector('[name="csrf"]').getAttribute('value');
    return this.request('/login', {}, { csrf, username, password });
  }
}
