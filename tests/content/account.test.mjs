// One's own account: a new password, signing out everywhere, and what a new role or password ends. Source: quality.md, security 5 and 6.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Client } from '../support/client.mjs';
import { program } from '../support/program.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
after(() => stack.database('DELETE FROM login_failure'));
const PASSWORD = 'a passphrase of four words';
const OTHER = 'another phrase, rather longer than that';
let number = 0;

/** A new user and browsers that are signed in. */
async function user(browsers = 1, role = 'editor') {
  number += 1;
  const name = `account-${process.pid}-${number}`;
  assert.equal(stack.tool(['user', 'add', name, '--role', role], `${PASSWORD}\n`).status, 0);
  const clients = [];
  for (let i = 0; i < browsers; i += 1) {
    const client = new Client(stack);
    assert.equal((await client.signIn(name, PASSWORD)).status, 303);
    clients.push(client);
  }
  return { name, clients };
}
const signedIn = async (client) => (await client.get('/contracts')).status === 200;
const change = (client, current, password, again = password) => client.submit('/settings/account', { current, password, again }, '#password-form');
const errors = (answer) => [...answer.document.querySelectorAll('.form-error')].map((one) => one.id);
const facts = async (client) => [...(await client.get('/settings/account')).document.querySelectorAll('#sign-out-form dd')].map((one) => Number(one.textContent));
const calendar = (client) => client.submit('/settings/calendars/new?level=L1', { name: 'Kalender' }).then((answer) => new URL(/(?:https?|webcal):[^"<\s]*\/calendar\/[\w-]+\.ics/.exec(answer.text)[0].replace('webcal', 'http')).pathname);

describe('a new password', () => {
  test('ends all other sessions, and gives this one a new id; tokens and calendars stay good and are told of', async () => {
    const { name, clients: [client, other] } = await user(2);
    const token = await program(client, 'viewer');
    const address = await calendar(client);
    const before = new Map(client.cookies);
    assert.deepEqual(await facts(client), [2, 1, 1]);
    assert.equal((await change(client, PASSWORD, OTHER)).status, 303);
    assert.ok(await signedIn(client));
    assert.equal(await signedIn(other), false);
    const old = new Client(stack);
    old.cookies = before;
    assert.equal(await signedIn(old), false);
    assert.deepEqual(await facts(client), [1, 1, 1]);
    assert.equal((await token.get('/contracts')).status, 200);
    assert.equal((await new Client(stack).get(address)).status, 200);
    assert.equal((await new Client(stack).signIn(name, PASSWORD)).status, 422);
    assert.equal((await new Client(stack).signIn(name, OTHER)).status, 303);
  });

  test('is refused where the present one is wrong, and is too short, common, the name, the present one, or not the same twice', async () => {
    const { name, clients: [client] } = await user();
    for (const [current, password, again, field] of [['not the password', OTHER, OTHER, 'current-error'], [PASSWORD, 'short', 'short', 'password-error'], [PASSWORD, 'Passwort2026!', 'Passwort2026!', 'password-error'],
      [PASSWORD, `${name}-1`, `${name}-1`, 'password-error'], [PASSWORD, PASSWORD, PASSWORD, 'password-error'], [PASSWORD, OTHER, `${OTHER}x`, 'again-error'], [PASSWORD, 'x'.repeat(1001), 'x'.repeat(1001), 'password-error']]) {
      const answer = await change(client, current, password, again);
      assert.equal(answer.status, 422, password);
      assert.deepEqual(errors(answer), [field], password);
      assert.ok(answer.document.querySelector(`#errors a[href="#${field.replace('-error', '')}"]`));
      assert.ok(!answer.text.includes(OTHER) && !answer.text.includes(PASSWORD), 'no password is shown again');
      stack.database('DELETE FROM login_failure');
    }
    assert.equal((await new Client(stack).signIn(name, PASSWORD)).status, 303);
  });

  test('cannot be guessed at from a browser that somebody left: failures make wait', async () => {
    stack.database('DELETE FROM login_failure');
    const { clients: [client] } = await user();
    assert.equal((await change(client, 'not the password', OTHER)).status, 422);
    stack.database('UPDATE login_failure SET failures = 9, last_at = UTC_TIMESTAMP()');
    const answer = await change(client, PASSWORD, OTHER);
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    assert.deepEqual(errors(answer), ['current-error']);
    stack.database('DELETE FROM login_failure');
  });

  test('is for people, in a form of ours', async () => {
    const { clients: [client] } = await user();
    const token = await program(client, 'viewer');
    assert.equal((await token.get('/settings/account')).status, 403);
    assert.equal((await client.post('/settings/account/password', { current: PASSWORD, password: OTHER, again: OTHER })).status, 403);
    const csrf = await client.token();
    assert.equal((await client.post('/settings/account/password', { csrf, current: PASSWORD, password: OTHER })).status, 400);
    assert.equal((await client.post('/settings/account/password', { csrf, current: PASSWORD, password: OTHER, again: OTHER, role: 'admin' })).status, 400);
  });
});

describe('signing out everywhere', () => {
  test('ends every session of that user and of no other', async () => {
    const { name, clients } = await user(3);
    const { clients: [stranger] } = await user();
    const token = await program(clients[0], 'viewer');
    const answer = await clients[1].submit('/settings/account', {}, '#sign-out-form');
    assert.equal(answer.status, 303);
    for (const client of clients) assert.equal(await signedIn(client), false);
    assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM session JOIN user ON user.id = user_id WHERE name = '${name}'`), '0');
    assert.ok(await signedIn(stranger));
    assert.equal((await token.get('/contracts')).status, 200);
  });

  test('ends tokens and calendars too, where that is wished', async () => {
    const { clients: [client] } = await user();
    const { clients: [stranger] } = await user();
    const [token, others] = [await program(client, 'viewer'), await program(stranger, 'viewer')];
    const [address, theirs] = [await calendar(client), await calendar(stranger)];
    assert.equal((await client.submit('/settings/account', { keys: '1' }, '#sign-out-form')).status, 303);
    assert.equal(await signedIn(client), false);
    assert.equal((await token.get('/contracts')).status, 401);
    assert.equal((await new Client(stack).get(address)).status, 404);
    assert.equal((await others.get('/contracts')).status, 200);
    assert.equal((await new Client(stack).get(theirs)).status, 200);
  });
});

describe('by the administrator', () => {
  test('a new role ends sessions: the next sign-in has a new id, and the right of a token is the lesser', async () => {
    const { name, clients: [client] } = await user(1, 'admin');
    const token = await program(client, 'admin');
    assert.equal((await token.get('/import')).status, 200);
    assert.equal(stack.tool(['user', 'role', name, 'viewer']).status, 0);
    assert.equal(await signedIn(client), false);
    assert.equal((await token.get('/import')).status, 403);
    assert.equal((await token.get('/contracts')).status, 200);
  });

  test('a new password ends sessions and says what stays good; revoke ends that too', async () => {
    const { name, clients: [client] } = await user();
    const token = await program(client, 'viewer');
    const address = await calendar(client);
    const run = stack.tool(['user', 'password', name], `${OTHER}\n`);
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, new RegExp(`^1 access token and 1 calendar address of ${name} stay good; to end them: supportlevel user revoke ${name}$`, 'm'));
    assert.equal(await signedIn(client), false);
    assert.equal((await token.get('/contracts')).status, 200);
    assert.equal((await client.signIn(name, OTHER)).status, 303);
    assert.equal(stack.tool(['user', 'revoke', name]).status, 0);
    assert.equal(await signedIn(client), false);
    assert.equal((await token.get('/contracts')).status, 401);
    assert.equal((await new Client(stack).get(address)).status, 404);
    assert.equal((await client.signIn(name, OTHER)).status, 303);
  });

  test('common passwords are refused, long ones are not', async () => {
    const { name } = await user(0);
    for (const password of ['Passwort2026!', `${name}-1`, '1234567890', 'short']) assert.notEqual(stack.tool(['user', 'password', name], `${password}\n`).status, 0, password);
    const long = 'wörter '.repeat(60) + 'und ein Ende';
    assert.equal(stack.tool(['user', 'password', name], `${long}\n`).status, 0);
    assert.equal((await new Client(stack).signIn(name, long)).status, 303);
    assert.equal((await new Client(stack).signIn(name, `${long.slice(0, -1)}x`)).status, 422);
  });
});
