import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '../support/client.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();

test('GET /healthz answers without a session and names the state of database and migrations', async () => {
  const answer = await new Client(stack).get('/healthz');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  assert.deepEqual(answer.json(), { status: 'ok', database: 'ok', migrations: 'ok', text: 'Alles in Ordnung.' });
  assert.equal((await new Client(stack).get('/healthz?lang=en')).json().text, 'All is well.');
});

test('HEAD /healthz answers without a body', async () => {
  const answer = await new Client(stack).request('/healthz', { method: 'HEAD' });
  assert.equal(answer.status, 200);
  assert.equal(answer.text, '');
});
