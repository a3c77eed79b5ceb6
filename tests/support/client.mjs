// A browser's manners without a browser: keeps cookies, never follows a redirect by itself, reads forms.
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { parseHTML } from 'linkedom';

/** What came back. */
class Answer {
  constructor(response, bytes) {
    this.status = response.status;
    this.headers = response.headers;
    this.setCookies = response.setCookies; // one line each
    this.bytes = bytes;
    this.text = bytes.toString('utf8');
  }

  get location() {
    return this.headers.get('location');
  }

  get document() {
    this.parsed ??= parseHTML(this.text).document;
    return this.parsed;
  }

  json() {
    return JSON.parse(this.text);
  }
}

/** One request on a connection of its own: a kept one could have been closed by the server while a test waited for something else. */
function ask(url, method, headers, body) {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(String(body));
    const type = body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' } : {};
    const length = bytes ? { 'content-length': String(bytes.length) } : {};
    const asked = httpRequest(url, { method, agent: false, headers: { ...type, ...length, ...headers } }, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const received = new Headers();
        for (let at = 0; at < response.rawHeaders.length; at += 2) received.append(response.rawHeaders[at], response.rawHeaders[at + 1]);
        resolve(new Answer({ status: response.statusCode, headers: received, setCookies: response.headers['set-cookie'] ?? [] }, Buffer.concat(pieces)));
      });
    });
    asked.on('error', reject);
    asked.end(bytes);
  });
}

/** Names and values of a form as a browser would send them without a press on any button. */
export function formFields(form) {
  const fields = [];
  for (const element of form.querySelectorAll('input, select, textarea')) {
    const name = element.getAttribute('name');
    if (!name || element.hasAttribute('disabled')) continue;
    const type = (element.getAttribute('type') ?? '').toLowerCase();
    if (element.localName === 'select') {
      const options = [...element.querySelectorAll('option')];
      let chosen = options.filter((option) => option.hasAttribute('selected'));
      if (chosen.length === 0 && !element.hasAttribute('multiple')) chosen = options.slice(0, 1);
      for (const option of chosen) fields.push([name, option.getAttribute('value') ?? option.textContent.trim()]);
    } else if (element.localName === 'textarea') {
      fields.push([name, element.textContent.replace(/^\n/, '')]);
    } else if (type === 'checkbox' || type === 'radio') {
      if (element.hasAttribute('checked')) fields.push([name, element.getAttribute('value') ?? 'on']);
    } else if (!['submit', 'button', 'image', 'reset', 'file'].includes(type)) {
      fields.push([name, element.getAttribute('value') ?? '']);
    }
  }
  return new URLSearchParams(fields);
}

/** A form with files as a browser sends it (RFC 7578). */
export function multipart(fields, files) {
  const boundary = `----supportlevel${Math.random().toString(36).slice(2)}`;
  const pieces = [];
  for (const [name, value] of Object.entries(fields)) pieces.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  for (const { field, name, type = 'application/octet-stream', bytes } of files) {
    pieces.push(`--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`, bytes, '\r\n');
  }
  pieces.push(`--${boundary}--\r\n`);
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(pieces.map((piece) => Buffer.from(piece))) };
}

export class Client {
  constructor(stack) {
    this.stack = stack;
    this.origin = new URL(stack.baseUrl).origin;
    this.cookies = new Map();
  }

  /** `path` is below the mount ("/contracts"), or an address that a page gave. */
  url(path) {
    if (path.startsWith('http')) return path;
    const mount = new URL(this.stack.baseUrl).pathname.replace(/\/$/, '');
    return this.origin + (mount && path.startsWith(mount + '/') ? path : mount + path);
  }

  async request(path, { method = 'GET', headers = {}, body } = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await ask(this.url(path), method, { 'accept-language': 'de', ...(cookie && { cookie }), ...headers }, body);
    for (const line of answer.setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  get(path, headers = {}) {
    return this.request(path, { headers });
  }

  post(path, fields, headers = {}) {
    return this.request(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Sends a form with files: fields as pairs, then files as { field, name, type, bytes }. */
  upload(path, fields, files, headers = {}) {
    const { type, body } = multipart(fields, files);
    return this.request(path, { method: 'POST', body, headers: { 'content-type': type, 'content-length': String(body.length), ...headers } });
  }

  /** Shows the form of a page, changes fields, sends it to where the form says. */
  async submit(path, changes, selector = 'main form[method="post"]') {
    const page = await this.get(path);
    const form = page.document.querySelector(selector);
    if (!form) throw new Error(`${path}: ${page.status}, no form ${selector}`);
    const fields = formFields(form);
    for (const [name, value] of Object.entries(changes)) fields.set(name, value);
    return this.post(new URL(form.getAttribute('action') || '', this.url(path)).href, fields);
  }

  /** Signs in; the answer is the redirect, or the form again. */
  async signIn(username, password, path = '/login') {
    return this.submit(path, { username, password }, 'form:has([name="password"])');
  }

  /** A token for forms, from any page. */
  async token(path = '/contracts') {
    const page = await this.get(path);
    return page.document.querySelector('[name="csrf"]').getAttribute('value');
  }
}

/** A client that is signed in as admin, editor or viewer. */
export async function signedIn(stack, role) {
  const client = new Client(stack);
  const answer = await client.signIn(role, stack.logins[role]);
  if (answer.status !== 303) throw new Error(`sign-in as ${role}: ${answer.status}\n${answer.text.slice(0, 500)}`);
  return client;
}

/** Sends bytes as they are, which fetch would refuse to, and reads the answer's status line and text. */
export function rawRequest(stack, bytes, timeout = 20000) {
  return new Promise((resolve, reject) => {
    const socket = connect(new URL(stack.baseUrl).port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1');
    socket.setTimeout(timeout, () => socket.destroy(new Error('no answer')));
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (piece) => { text += piece; });
    socket.on('error', (error) => (text ? resolve(rawAnswer(text)) : reject(error)));
    socket.on('close', () => resolve(rawAnswer(text)));
  });
}

function rawAnswer(text) {
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text };
}

/** A raw request's head for rawRequest, closed after its answer. */
export function rawHead(stack, method, target, headers = {}) {
  const lines = Object.entries({ Host: new URL(stack.baseUrl).host, Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${new URL(stack.baseUrl).pathname.replace(/\/$/, '')}${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
