// Clients that send slowly, break off or don't read: they wait for themselves, and nobody for them.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { auditDerived } from '../../support/audit.mjs';
import { Chance } from '../../support/chance.mjs';
import { multipart, signedIn } from '../../support/client.mjs';
import { createContract } from '../../support/contracts.mjs';
import { startStack } from '../../support/stack.mjs';
import { until } from '../../support/until.mjs';

// One worker: whoever occupied it would be noticed.
const stack = await startStack({ WORKERS: '1' });
const sockets = [];
after(() => {
  for (const socket of sockets) socket.destroy();
  return stack.stop();
});
const editor = await signedIn(stack, 'editor');
const { id } = await createContract(editor);
const cookie = [...editor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
const path = (address) => new URL(editor.url(address)).pathname;

/** A connection on which this much has been sent; `gone` resolves when the server has closed it. */
async function sent(bytes) {
  const socket = connect(stack.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  socket.gone = new Promise((resolve) => socket.once('close', resolve));
  socket.resume();
  await new Promise((resolve) => socket.once('connect', resolve));
  await new Promise((resolve) => socket.write(bytes, resolve));
  return socket;
}
const head = (method, address, headers = {}) => `${method} ${path(address)} HTTP/1.1\r\nHost: 127.0.0.1:${stack.port}\r\nCookie: ${cookie}\r\n${Object.entries(headers).map((line) => `${line.join(': ')}\r\n`).join('')}`;

/** The longest of some ordinary pages, none of which waits until the server has lost patience with the slow ones. */
async function longestBeside(slow) {
  let time = 0;
  for (let page = 0; page < 5; page += 1) {
    const start = performance.now();
    assert.equal((await editor.get('/contracts')).status, 200);
    time = Math.max(time, performance.now() - start);
  }
  assert.equal(slow.filter((socket) => socket.destroyed).length, 0, `closed meanwhile, after ${Math.round(time)} ms`);
  return Math.round(time);
}

/** Goes on sending a byte now and then, as who wants to hold a connection does, until the server closes it. */
async function trickle(slow, byte) {
  const timer = setInterval(() => { for (const socket of slow) if (socket.writable) socket.write(byte); }, 5000);
  const start = performance.now();
  await Promise.all(slow.map((socket) => socket.gone));
  clearInterval(timer);
  return ((performance.now() - start) / 1000).toFixed(1);
}

test('heads that never end', async () => {
  const slow = await Promise.all(Array.from({ length: 60 }, () => sent(head('GET', '/contracts'))));
  const page = await longestBeside(slow);
  console.log(`60 slow heads: longest page ${page} ms, the last one closed after ${await trickle(slow, 'X')} s`);
});

test('forms that arrive slowly', async () => {
  const slow = await Promise.all(Array.from({ length: 60 }, () => sent(`${head('POST', '/contracts', { 'Content-Length': 1000, 'Content-Type': 'application/x-www-form-urlencoded' })}\r\nnumber=`)));
  // Apache asks a worker before a form is there: others wait until its 20 seconds for a body are over. nginx doesn't.
  const page = await longestBeside(stack.web === 'apache' ? [] : slow);
  for (const socket of slow) socket.destroy();
  console.log(`60 slow forms: longest page ${page} ms`);
});

test('a file whose sending breaks off leaves nothing', async () => {
  const chance = new Chance('uploads that break off');
  const csrf = await editor.token();
  for (let times = 0; times < 40; times += 1) {
    const { type, body } = multipart({ csrf }, [{ field: 'file', name: `cut-${times}.txt`, type: 'text/plain', bytes: Buffer.alloc(3 << 20, 'abc ') }]);
    const bytes = Buffer.concat([Buffer.from(`${head('POST', `/contracts/${id}/documents`, { 'Content-Length': body.length, 'Content-Type': type })}\r\n`), body]);
    const socket = await sent(bytes.subarray(0, bytes.length - 1 - chance.below(chance.pick([100, 10000, bytes.length - 1000]))));
    socket.destroy();
  }
  assert.equal((await editor.upload(`/contracts/${id}/documents`, { csrf }, [{ field: 'file', name: 'whole.txt', type: 'text/plain', bytes: Buffer.alloc(3 << 20, 'abc ') }])).status, 303);
  assert.deepEqual(stack.database(`SELECT name FROM document WHERE contract_id = ${id}`).map(([name]) => name), ['whole.txt']);
  assert.deepEqual(await auditDerived(stack), []);
});

test('whoever goes before the answer to a file has stored it whole or not at all', async () => {
  const csrf = await editor.token();
  const contract = await createContract(editor);
  for (let times = 0; times < 15; times += 1) {
    const { type, body } = multipart({ csrf }, [{ field: 'file', name: `gone-${times}.txt`, type: 'text/plain', bytes: Buffer.alloc(2 << 20, 'xyz ') }]);
    const socket = await sent(Buffer.concat([Buffer.from(`${head('POST', `/contracts/${contract.id}/documents`, { 'Content-Length': body.length, 'Content-Type': type })}\r\n`), body]));
    socket.destroy();
  }
  assert.equal((await editor.get('/contracts')).status, 200);
  const findings = await auditDerived(stack);
  console.log(`gone before the answer: ${stack.databaseValue(`SELECT COUNT(*) FROM document WHERE contract_id = ${contract.id}`)} of 15 files stored`);
  assert.deepEqual(findings, []);
});

test('documents that nobody reads', async () => {
  const [[document]] = stack.database(`SELECT id FROM document WHERE contract_id = ${id}`);
  const slow = await Promise.all(Array.from({ length: 10 }, async () => {
    const socket = await sent(`${head('GET', `/contracts/${id}/documents/${document}`, { Connection: 'close' })}\r\n`);
    socket.pause();
    return socket;
  }));
  const page = await longestBeside(slow);
  for (const socket of slow) socket.destroy();
  console.log(`10 documents that nobody reads: longest page ${page} ms`);
});

test('an export that nobody reads occupies its worker no longer than the web server’s limit', async () => {
  assert.equal(stack.tool(['generate', '--contracts', '40000']).status, 0);
  const socket = await sent(`${head('GET', '/contracts.csv', { Connection: 'close' })}\r\n`);
  socket.pause();
  await until(async () => stack.database("SELECT trx_id FROM information_schema.innodb_trx"), (rows) => rows.length > 0);
  const start = performance.now();
  let answer;
  do answer = await editor.get('/contracts'); while ([503, 504].includes(answer.status));
  assert.equal(answer.status, 200);
  console.log(`an export that nobody reads: the next page came after ${((performance.now() - start) / 1000).toFixed(1)} s`);
});
