// A program as its users write one: it shows an access token and speaks JSON.
import { request as httpRequest } from 'node:http';
import { Client } from './client.mjs';

export class Program extends Client {
  /** Every token of the run that was good once. */
  static tokens = [];

  constructor(stack, token) {
    super(stack);
    this.authorization = `Bearer ${token}`;
  }

  request(path, { headers = {}, ...rest } = {}) {
    return super.request(path, { ...rest, headers: { authorization: this.authorization, ...headers } });
  }

  /** POSTs an object, or nothing; `tag` is what the program has seen. */
  send(path, object, tag) {
    const headers = { ...(object !== undefined && { 'content-type': 'application/json' }), ...(tag && { 'if-match': tag }), 'content-length': '0' };
    if (object !== undefined) delete headers['content-length'];
    return this.request(path, { method: 'POST', headers, ...(object !== undefined && { body: JSON.stringify(object) }) });
  }

  /** POSTs bytes that are no text. */
  requestBytes(path, bytes, headers) {
    return new Promise((resolve, reject) => {
      const asked = httpRequest(this.url(path), { method: 'POST', agent: false, headers: { authorization: this.authorization, 'content-length': String(bytes.length), ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece) => { text += piece; }).on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode, headers: new Headers(response.headers), text, json: () => JSON.parse(text) }));
      });
      asked.on('error', reject);
      asked.end(bytes);
    });
  }
}

/** Makes a token by the page, as its owner; the answer and the token that it shows, or null. */
export async function makeToken(client, changes = {}) {
  const answer = await client.submit('/settings/tokens', { name: 'Prüfung', ...changes }, 'form.token-form');
  const token = answer.document.querySelector('#token')?.getAttribute('value') ?? null;
  if (token) Program.tokens.push(token);
  return { answer, token };
}

/** A program that acts for a signed-in client's user. */
export async function program(client, role, name = 'Prüfung') {
  const { answer, token } = await makeToken(client, { role, name });
  if (!token) throw new Error(`no token as ${role}: ${answer.status}\n${answer.text.slice(0, 500)}`);
  return new Program(client.stack, token);
}
