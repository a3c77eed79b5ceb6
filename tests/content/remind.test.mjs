// `supportlevel remind`: each responsible user is e-mailed the deadlines that come up, once for each step, through the system's sendmail. Here that is a
// program of the test's, run as any sendmail is: the message on its standard input, the recipient as its last argument.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { createContract } from '../support/contracts.mjs';
import { decodeWord, newBox } from '../support/mailbox.mjs';
import { TODAY, build, root, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const admin = await signedIn(stack, 'admin');

/** `days` after the tests' today. */
function day(days) {
  const at = new Date(`${TODAY}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
const germanDay = (iso) => iso.split('-').reverse().join('.');

function remind(box, environment = {}, args = []) {
  return stack.tool(['remind', ...args], '', { SUPPORTLEVEL_SENDMAIL: box.program, SUPPORTLEVEL_MAIL_FROM: 'fristen@example.org', ...environment });
}

let users = 0;
/** A user, with whose address reminders are told from all others. */
function newUser({ language = 'de', name = 'Jürgen Größl', email = `r${users}@example.org` } = {}) {
  const login = `reminded${users += 1}`;
  assert.equal(stack.tool(['user', 'add', login, '--role', 'viewer', '--display-name', name, '--email', email], 'a passphrase of four words\n').status, 0);
  stack.database(`UPDATE user SET language = '${language}' WHERE name = '${login}'`);
  return { login, email };
}

/** A renewing contract on which notice can be given until `deadline`: its term ends ten days later. */
async function newContract(user, deadline, changes = {}) {
  const end = new Date(`${deadline}T00:00:00Z`);
  end.setUTCDate(end.getUTCDate() + 10);
  const made = await createContract(admin, { starts_on: '2025-06-01', ends_on: end.toISOString().slice(0, 10), renewal_months: '12', notice_period: '10d', notice_to: 'term',
    responsible: user?.login ?? '', ...changes });
  assert.ok(made.id, made.answer.text.slice(0, 500));
  assert.equal(stack.databaseValue(`SELECT notice_by FROM contract WHERE id = ${made.id}`), deadline);
  return made;
}

const to = (box, user) => box.mails().filter((mail) => mail.recipient === user.email);

// What other contracts are due for is out of the way.
assert.equal(remind(newBox(), { SUPPORTLEVEL_MAIL_FALLBACK: 'fallback@example.org' }).status, 0);

test('one e-mail with all deadlines, in German, and never again for the same step', async () => {
  const box = newBox();
  const user = newUser();
  const near = await newContract(user, day(20), { title: 'Wartung Überwachung', customer_number: stack.databaseValue("SELECT number FROM customer WHERE name LIKE '%ü%' LIMIT 1") });
  const far = await newContract(user, day(80));
  const beyond = await newContract(user, day(91));
  const run = remind(box);
  assert.equal(run.status, 0, run.stderr);
  const [mail, ...more] = to(box, user);
  assert.deepEqual(more, []);
  assert.match(mail.subject, new RegExp(`^2 Kündigungsfristen, die nächste am ${germanDay(day(20))}$`));
  for (const text of ['Guten Tag Jürgen Größl', near.fields.number, 'Wartung Überwachung', germanDay(day(20)), far.fields.number, germanDay(day(80)), 'Ohne Kündigung']) {
    assert.ok(mail.text.includes(text), `${text} in ${mail.text}`);
  }
  assert.ok(!mail.text.includes(beyond.fields.number));
  assert.ok(mail.text.indexOf(near.fields.number) < mail.text.indexOf(far.fields.number), 'the next deadline first');
  assert.match(mail.head, /^[\x20-\x7e\t\n]*$/, 'only ASCII in the head');
  assert.equal(mail.headers['auto-submitted'], 'auto-generated');
  assert.match(mail.headers['content-type'], /^text\/plain; charset="?utf-8"?/i);
  assert.match(mail.headers['message-id'], /^<[^<>\s]+@example\.org>$/);
  assert.ok(!Number.isNaN(Date.parse(mail.headers.date)));
  assert.match(mail.headers.from, /<fristen@example\.org>$/);
  assert.match(decodeWord(mail.headers.to), /Jürgen Größl.*<r\d+@example\.org>/);
  assert.equal(remind(box).status, 0);
  assert.equal(to(box, user).length, 1);
});

test('in English for whoever reads English', async () => {
  const box = newBox();
  const user = newUser({ language: 'en', name: 'Anne Reader' });
  const { fields } = await newContract(user, day(5));
  assert.equal(remind(box).status, 0);
  const [mail] = to(box, user);
  assert.match(mail.subject, new RegExp(`^Notice deadline on .* 2026: contract ${fields.number}$`));
  assert.match(mail.text, /Dear Anne Reader,/);
  assert.match(mail.text, /\(5 days left\)/);
  assert.equal(mail.headers['content-language'], 'en');
});

test('each step once, also when the exact day is missed', async () => {
  const box = newBox();
  const user = newUser();
  await newContract(user, day(88));
  const sent = (at) => {
    assert.equal(remind(box, { SUPPORTLEVEL_TODAY: day(at), SUPPORTLEVEL_MAIL_FALLBACK: 'fallback@example.org' }).status, 0);
    return to(box, user).length;
  };
  assert.deepEqual([0, 1, 57, 60, 70, 80, 84, 88, 89].map(sent), [1, 1, 1, 2, 2, 2, 3, 3, 3]);
  assert.equal(stack.tool(['roll']).status, 0);
});

test('a deadline that has moved is reminded of again', async () => {
  const box = newBox();
  const user = newUser();
  const { id } = await newContract(user, day(20));
  assert.equal(remind(box).status, 0);
  const answer = await admin.submit(`/contracts/${id}/edit`, { ends_on: day(36) });
  assert.equal(answer.status, 303);
  assert.equal(remind(box).status, 0);
  assert.deepEqual(to(box, user).map((mail) => mail.text.includes(germanDay(day(26)))).sort(), [false, true]);
  assert.equal(remind(box).status, 0);
  assert.equal(to(box, user).length, 2);
});

test('what sendmail did not take is told, and tried again by the next run', async () => {
  const box = newBox();
  const user = newUser();
  await newContract(user, day(3));
  box.refuse(true);
  const run = remind(box);
  assert.notEqual(run.status, 0);
  assert.match(run.stderr, new RegExp(`${user.login}.*status 75: queue is full`));
  assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM reminder JOIN user ON user.id = user_id WHERE user.name = '${user.login}' AND sent_at IS NOT NULL`), '0');
  box.refuse(false);
  assert.equal(remind(box).status, 0);
  assert.equal(to(box, user).length, 1);
  const missing = newUser();
  await newContract(missing, day(3));
  assert.notEqual(remind({ program: join(root, 'no-such-program') }).status, 0);
  assert.equal(remind(box).status, 0);
  assert.equal(to(box, missing).length, 1);
});

test('what a run that broke off had taken is taken again when its time is over', async () => {
  const box = newBox();
  const user = newUser();
  const { id } = await newContract(user, day(4));
  const userId = stack.databaseValue(`SELECT id FROM user WHERE name = '${user.login}'`);
  stack.database(`INSERT INTO reminder VALUES (${id}, '${day(4)}', 7, ${userId}, 5, UTC_TIMESTAMP() + INTERVAL 5 MINUTE, NULL)`);
  assert.equal(remind(box).status, 0);
  assert.equal(to(box, user).length, 0, 'somebody is at it');
  stack.database(`UPDATE reminder SET claimed_until = UTC_TIMESTAMP() - INTERVAL 1 SECOND WHERE contract_id = ${id}`);
  assert.equal(remind(box).status, 0);
  assert.equal(to(box, user).length, 1);
});

test('several at once send once', async () => {
  const box = newBox();
  const someone = [newUser(), newUser(), newUser()];
  for (const user of someone) for (const days of [2, 15, 60]) await newContract(user, day(days));
  const environment = { ...process.env, SUPPORTLEVEL_TODAY: TODAY, SUPPORTLEVEL_SENDMAIL: box.program, SUPPORTLEVEL_MAIL_FROM: 'fristen@example.org', LC_ALL: 'C.UTF-8',
    SUPPORTLEVEL_DATABASE_URL: `mariadb://${process.env.USER ?? 'root'}@localhost/supportlevel?socket=${stack.state.database_socket}` };
  const runs = await Promise.all(Array.from({ length: 4 }, () => new Promise((resolve) => {
    spawn(join(root, build, 'supportlevel'), ['remind'], { cwd: root, env: environment, stdio: 'ignore' }).on('exit', resolve);
  })));
  assert.deepEqual(runs, [0, 0, 0, 0]);
  for (const user of someone) assert.equal(to(box, user).length, 1, user.email);
});

test('nobody to remind: to mail_fallback, or counted', async () => {
  const box = newBox();
  const { fields } = await newContract(null, day(25));
  const silent = await newContract(newUser({ email: '' }), day(25));
  const run = remind(box);
  assert.equal(run.status, 0);
  assert.match(run.stderr, /supportlevel: [1-9]\d* deadlines have nobody to remind/);
  assert.deepEqual(box.mails(), []);
  const fallback = remind(box, { SUPPORTLEVEL_MAIL_FALLBACK: 'fallback@example.org' });
  assert.deepEqual([fallback.status, fallback.stderr], [0, '']);
  const mails = box.mails();
  assert.deepEqual(mails.map((mail) => mail.recipient), ['fallback@example.org']);
  for (const { number } of [fields, silent.fields]) assert.ok(mails[0].text.includes(number), number);
});

test('a dry run shows and sends nothing', async () => {
  const box = newBox();
  const user = newUser();
  const { fields } = await newContract(user, day(6));
  const run = remind(box, {}, ['--dry-run']);
  assert.equal(run.status, 0, run.stderr);
  assert.ok(run.stdout.includes(`To: ${user.email}`) && run.stdout.includes(fields.number), run.stdout);
  assert.deepEqual(box.mails(), []);
  assert.equal(remind(box).status, 0);
  assert.equal(to(box, user).length, 1);
});

test('a name or title makes no header', async () => {
  const box = newBox();
  const user = newUser({ name: 'A\r\nBcc: victim@example.org' });
  await newContract(user, day(6), { title: 'x' });
  assert.equal(remind(box).status, 0);
  const [mail] = to(box, user);
  assert.equal(mail.headers.bcc, undefined);
});

test('a cancelled or ended contract has no deadline', async () => {
  const box = newBox();
  const user = newUser();
  await createContract(admin, { starts_on: '2025-01-01', ends_on: day(20), renewal_months: '12', notice_period: '10d', notice_to: 'term', cancelled_on: day(-1), cancelled_to: day(20), responsible: user.login });
  await createContract(admin, { starts_on: '2024-01-01', ends_on: day(-1), responsible: user.login });
  assert.equal(remind(box).status, 0);
  assert.deepEqual(to(box, user), []);
});
