// Pages that are asked for again with the tag they came with: 304 as long as nothing has changed, and never a moment longer.
import assert from 'node:assert/strict';
import test from 'node:test';
import { signedIn } from '../support/client.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const PAGE = '/contracts?level=L2&status=active';

const again = (client, path, tag) => client.get(path, { 'if-none-match': tag });

async function tagOf(client, path = PAGE) {
  const answer = await client.get(path);
  assert.equal(answer.status, 200);
  return answer.headers.get('etag');
}

test('a page that has not changed is not sent again', async () => {
  const viewer = await signedIn(stack, 'viewer');
  const tag = await tagOf(viewer);
  assert.match(tag, /^"[\w-]{22}"$/);
  const answer = await again(viewer, PAGE, tag);
  assert.deepEqual([answer.status, answer.text, answer.headers.get('etag'), answer.headers.get('content-type')], [304, '', tag, null]);
  assert.equal((await again(viewer, PAGE, `"other", W/${tag}`)).status, 304);
  assert.equal((await again(viewer, PAGE, '"other"')).status, 200);
});

test('whatever the page shows makes it another one when it changes', async (t) => {
  const viewer = await signedIn(stack, 'viewer');
  const number = stack.databaseValue("SELECT MIN(contract.number) FROM contract JOIN support_level ON support_level.id = level_id WHERE support_level.code = 'L2' AND status = 1");
  const changes = {
    contract: ['title', 'contract', `number = '${number}'`],
    customer: ['name', 'customer', `id = (SELECT customer_id FROM contract WHERE number = '${number}')`],
    level: ['name', 'support_level', "code = 'L2'"],
    type: ['name', 'contract_type', "code = 'WARTUNG'"],
    user: ['display_name', 'user', "name = 'viewer'"],
  };
  for (const [name, [column, table, where]] of Object.entries(changes)) {
    await t.test(name, async () => {
      const tag = await tagOf(viewer);
      const before = stack.databaseValue(`SELECT ${column} FROM ${table} WHERE ${where}`);
      stack.database(`UPDATE ${table} SET ${column} = 'Nach der Änderung' WHERE ${where}`);
      const answer = await again(viewer, PAGE, tag);
      assert.equal(answer.status, 200);
      assert.ok(answer.text.includes('Nach der Änderung'), `the page shows the new ${column}`);
      stack.database(`UPDATE ${table} SET ${column} = '${before}' WHERE ${where}`);
      const back = await again(viewer, PAGE, answer.headers.get('etag'));
      assert.equal(back.status, 200);
      assert.ok(!back.text.includes('Nach der Änderung'), `the page shows the old ${column}`);
    });
  }
  await t.test('a new level', async () => {
    const tag = await tagOf(viewer);
    stack.database("INSERT INTO support_level (level_rank, code, name) VALUES (99, 'L99', 'Neunundneunzig')");
    const answer = await again(viewer, PAGE, tag);
    assert.ok(answer.document.querySelector('option[value="L99"]'));
    stack.database("DELETE FROM support_level WHERE code = 'L99'");
    const back = await again(viewer, PAGE, answer.headers.get('etag'));
    assert.equal(back.document.querySelector('option[value="L99"]'), null);
  });
  await t.test('a contract of a level that is newer than what the worker keeps', async () => {
    const before = stack.databaseValue(`SELECT level_id FROM contract WHERE number = '${number}'`);
    await tagOf(viewer, `/contracts?q=${number}`);
    stack.database(`INSERT INTO support_level (level_rank, code, name) VALUES (98, 'L98', 'Achtundneunzig');
      UPDATE contract SET level_id = (SELECT id FROM support_level WHERE code = 'L98') WHERE number = '${number}'`);
    assert.equal((await viewer.get(`/contracts?q=${number}`)).document.querySelector('tbody .badge').textContent, 'L98');
    stack.database(`UPDATE contract SET level_id = ${before} WHERE number = '${number}'; DELETE FROM support_level WHERE code = 'L98'`);
    assert.equal((await viewer.get(`/contracts?q=${number}`)).document.querySelector('tbody .badge').textContent, 'L2');
  });
});

test('what a person does is on the next page of each worker', async () => {
  const editor = await signedIn(stack, 'editor');
  const tag = await tagOf(editor);
  await editor.post('/views', { csrf: await editor.token(), name: 'Gleich im Menü', query: 'level=L1' });
  for (let request = 0; request < 6; request += 1) {
    const answer = await again(editor, PAGE, tag);
    assert.equal(answer.status, 200);
    assert.ok(answer.text.includes('Gleich im Menü'));
  }
  stack.database("DELETE FROM saved_view WHERE name = 'Gleich im Menü'");
});

test('a tag is of one person, session, language and selection', async () => {
  const viewer = await signedIn(stack, 'viewer');
  const tag = await tagOf(viewer);
  const answers = [
    await again(await signedIn(stack, 'viewer'), PAGE, tag),
    await again(await signedIn(stack, 'editor'), PAGE, tag),
    await again(viewer, `${PAGE}&lang=en`, tag),
    await again(viewer, '/contracts?level=L1', tag),
  ];
  assert.deepEqual(answers.map((answer) => answer.status), [200, 200, 200, 200]);
});

test('a message is shown once, whatever the browser has', async () => {
  const viewer = await signedIn(stack, 'viewer');
  const tag = await tagOf(viewer);
  const cookie = [...viewer.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await viewer.get(PAGE, { 'if-none-match': tag, cookie: `${cookie}; supportlevel_message=signed_out` });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('etag'), null);
  assert.match(answer.text, /notice-done/);
});

test('only a page that was made has a tag', async () => {
  const viewer = await signedIn(stack, 'viewer');
  for (const [path, status] of [['/contracts?status=active&level=L2', 303], ['/contracts?level=nope', 400]]) {
    const answer = await viewer.get(path);
    assert.deepEqual([answer.status, answer.headers.get('etag')], [status, null]);
  }
});
