// Saved views and chosen columns.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Client, formFields, signedIn } from '../support/client.mjs';
import { manyContracts } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
manyContracts(stack);
const viewer = await signedIn(stack, 'viewer');
const editor = await signedIn(stack, 'editor');
const admin = await signedIn(stack, 'admin');
after(() => stack.database('DELETE FROM saved_view'));

let counter = 0;
function newName() {
  counter += 1;
  return `Ansicht ${process.pid} ${counter}`;
}

const below = (client, location) => new URL(location, client.url('/')).href;
const stored = (name) => stack.database(`SELECT id, query, shared, version FROM saved_view WHERE name = '${name}'`)
  .map(([id, query, shared, version]) => ({ id: Number(id), query, shared: shared === '1', version: Number(version) }))[0];

/** Saves a selection by the form that the table's page leads to. */
function save(client, query, fields) {
  return client.submit(`/views/new${query && `?${query}`}`, fields);
}

async function saved(client, query, fields = {}) {
  const name = fields.name ?? newName();
  const answer = await save(client, query, { name, ...fields });
  assert.equal(answer.status, 303, answer.text.slice(0, 500));
  return { name, ...stored(name) };
}

const heads = (page) => [...page.document.querySelectorAll('table thead th:not(.tick)')].map((cell) => cell.textContent.trim());
const menu = (page) => [...page.document.querySelectorAll('.view-menu nav a:not(.view-menu-all)')];
const rowOf = (page, name) => [...page.document.querySelectorAll('table.views tbody tr')].find((row) => row.querySelector('th').textContent.trim() === name);

describe('columns', () => {
  test('are shown as chosen, in their order, and go with every link of the page', async () => {
    const page = await editor.get('/contracts?per=25&cols=title,number,reference,updated');
    assert.equal(page.status, 303, 'sort, cols, per');
    const canonical = await editor.get(page.location);
    assert.equal(canonical.status, 200);
    assert.deepEqual(heads(canonical), ['Bezeichnung', 'Nummer', 'Zeichen des Kunden', 'Geändert']);
    const cells = canonical.document.querySelectorAll('table.contracts tbody tr:first-child > :not(.tick)');
    const first = stack.database('SELECT number, title FROM contract ORDER BY number, id LIMIT 1')[0];
    assert.equal(cells[0].textContent.trim(), first[1]);
    assert.equal(cells[1].localName, 'th', 'a row is named by its number');
    assert.equal(cells[1].textContent.trim(), first[0]);
    for (const link of canonical.document.querySelectorAll('thead a, a[rel="next"], .exports a')) assert.match(link.getAttribute('href'), /cols=title,number,reference,updated/);
    assert.equal(canonical.document.querySelector('form.filter [name="cols"]').getAttribute('value'), 'title,number,reference,updated');
  });

  test('only what has an order can be sorted by', async () => {
    const page = await editor.get('/contracts?cols=number,reference');
    const links = [...page.document.querySelectorAll('thead th:not(.tick)')].map((head) => head.querySelector('a') !== null);
    assert.deepEqual(links, [true, false]);
  });

  test('without the number the first column leads to the contract, whatever it is', async () => {
    for (const columns of ['status,level', 'level,status', 'reference', 'customer_name,title', 'monthly_value,note']) {
      const page = await editor.get(`/contracts?cols=${columns}&per=25`);
      const links = [...page.document.querySelectorAll('table.contracts tbody th a')];
      assert.equal(links.length, 25, columns);
      for (const link of links) {
        assert.match(link.getAttribute('href'), /\/contracts\/\d+$/);
        assert.notEqual(link.textContent.trim(), '', columns);
      }
    }
  });

  test('every column can be shown', async () => {
    const page = await editor.get('/contracts/columns');
    const names = [...page.document.querySelectorAll('.column-list [name="cols"]')].map((box) => box.getAttribute('value'));
    const all = await editor.get(`/contracts?cols=${names.join(',')}`);
    assert.equal(all.status, 200);
    assert.equal(heads(all).length, names.length);
    assert.ok(heads(all).every((text) => text && !text.includes('.')), heads(all).join());
  });

  test('the form of ticks and places', async () => {
    const list = await editor.get('/contracts?level=L1&sort=title&cols=number,title,level');
    const link = [...list.document.querySelectorAll('.exports a')].find((found) => found.textContent === 'Spalten');
    const page = await editor.get(link.getAttribute('href'));
    const form = page.document.querySelector('main form');
    assert.equal(below(editor, form.getAttribute('action')), editor.url('/contracts'));
    assert.ok(form.querySelectorAll('input[type="checkbox"]').length > 20 && form.querySelectorAll('input[type="checkbox"][checked]').length === 3);
    const fields = formFields(form);
    fields.set('place_level', '1');
    fields.append('cols', 'note');
    const answer = await editor.get(`/contracts?${fields}`);
    assert.equal(answer.status, 303);
    assert.equal(below(editor, answer.location), editor.url('/contracts?level=L1&sort=title&cols=level,number,title,note'));
  });

  test('what is no column, or twice, is named', async () => {
    for (const [query, name] of [['cols=number,colour', 'colour'], ['cols=title,number,title', 'title'], ['cols=number&place_number=x', 'place_number']]) {
      const answer = await editor.get(`/contracts?${query}`);
      assert.equal(answer.status, 400);
      assert.ok(answer.document.querySelector('[role="alert"]').textContent.includes(name));
      assert.ok(answer.document.querySelector('form.filter'));
      assert.equal((await editor.get(`/contracts/columns?${query}`)).status, 400);
      assert.equal((await editor.get(`/contracts.csv?${query}`)).status, 400);
    }
  });

  test('CSV has the chosen columns, or all of them', async () => {
    const some = await editor.get('/contracts.csv?level=L1&cols=updated,number,status');
    const [head, first] = some.text.split('\r\n');
    assert.equal(head, 'updated,number,status');
    assert.match(first, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,[^,]+,(upcoming|active|cancelled|ended)$/);
    const all = (await editor.get('/contracts.csv?level=L1')).text.split('\r\n');
    assert.equal(all.length, some.text.split('\r\n').length);
    assert.match(all[0], /^number,title,customer_number,.*,note,status,term_ends_on,notice_by,monthly_value$/);
    const tool = stack.tool(['export', 'level=L1&cols=number,status']);
    assert.equal(tool.stdout.split('\r\n')[0], 'number,status');
  });
});

describe('saving', () => {
  test('a selection gets a name and leads back to itself, marked in the navigation of its pages', async () => {
    const query = 'level=L1&level=none&ends_to=%2B90d&sort=-value&cols=number,title&per=25';
    const list = await editor.get(`/contracts?${query}`);
    const link = [...list.document.querySelectorAll('.exports a')].find((found) => found.textContent === 'Ansicht speichern');
    const name = newName();
    const answer = await editor.submit(link.getAttribute('href'), { name });
    assert.equal(answer.status, 303);
    assert.equal(below(editor, answer.location), editor.url(`/contracts?${query}`));
    assert.equal(stored(name).query, query, 'days that move keep moving');
    for (const path of [`/contracts?${query}`, `/contracts?${query}&lang=en`]) {
      const current = menu(await editor.get(path)).filter((entry) => entry.getAttribute('aria-current') === 'page');
      assert.deepEqual(current.map((entry) => entry.textContent), [name], path);
    }
    const elsewhere = menu(await editor.get('/contracts'));
    assert.ok(elsewhere.some((entry) => entry.textContent === name));
    assert.equal(elsewhere.filter((entry) => entry.hasAttribute('aria-current')).length, 0);
  });

  test('neither page nor language are part of it', async () => {
    const first = await editor.get('/contracts?per=25');
    const second = first.document.querySelector('a[rel="next"]').getAttribute('href').split('?')[1];
    const view = await saved(editor, `${second}&lang=en`);
    assert.equal(view.query, 'per=25');
  });

  test('many criteria', async () => {
    const query = ['level=L0', 'level=L1', 'level=L2', 'level=L3', 'level=L4', 'level=none', 'status=upcoming', 'status=active', 'status=cancelled', 'status=ended',
      'type=WARTUNG', 'type=MIETE', 'type=INSTALL', 'type=SUPPORT', 'customer=K-1', 'responsible=me', `q=${encodeURIComponent('ä'.repeat(200))}`, 'starts_from=-9y', 'starts_to=%2B1y',
      'ends_from=-9y', 'ends_to=%2B9y', 'notice_from=-9y', 'notice_to=%2B9y', 'value_from=0.01', 'value_to=99999.00', 'sort=-updated', 'per=200'].join('&');
    const view = await saved(editor, query);
    const answer = await editor.get(`/contracts?${view.query}`);
    assert.equal(answer.status, 200);
    assert.ok(view.query.length > 1500);
  });

  test('a name is needed, is cleaned, and is unique among its owner\'s', async () => {
    const { name } = await saved(editor, 'level=L1');
    const empty = await save(editor, 'level=L2', { name: '  ' });
    assert.equal(empty.status, 422);
    assert.ok(empty.document.querySelector('#name-error'));
    assert.equal(empty.document.querySelector('[name="query"]').getAttribute('value'), 'level=L2');
    const taken = await save(editor, 'level=L2', { name: ` ${name.toUpperCase()} `, shared: '1' });
    assert.equal(taken.status, 422);
    assert.ok(taken.document.querySelector('#name-error'));
    assert.equal(taken.document.querySelector('#name').getAttribute('value'), name.toUpperCase());
    assert.ok(taken.document.querySelector('[name="shared"]').hasAttribute('checked'));
    assert.equal(stored(name).query, 'level=L1');
    assert.equal((await save(editor, '', { name: 'x'.repeat(101) })).status, 422);
    assert.equal((await save(viewer, 'level=L3', { name })).status, 303, 'somebody else may have one of that name');
  });

  test('what is no selection is not saved', async () => {
    const csrf = await editor.token();
    for (const query of ['level=L9', 'colour=blue', 'sort=colour']) {
      assert.equal((await editor.get(`/views/new?${query}`)).status, 400);
      assert.equal((await editor.post('/views', { csrf, name: newName(), query })).status, 400);
    }
    assert.equal((await editor.post('/views', { csrf, name: newName() })).status, 400, 'no query');
    assert.equal((await editor.post('/views', { csrf, name: newName(), query: `q=${'%F0%9F%98%80a'.repeat(100)}&customer=${'%F0%9F%98%80'.repeat(40)}&${'level=L1&'.repeat(50)}` })).status, 303);
  });

  test('markup in a name stays text', async () => {
    const { name } = await saved(editor, 'level=L4', { name: `<b>"&'${newName()}`.replaceAll("'", '') });
    assert.ok(menu(await editor.get('/contracts')).some((entry) => entry.textContent === name));
  });
});

describe('updating', () => {
  const overwrite = (client, query, view) => client.submit(`/views/new?${query}`, { view }, 'form:has(select[name="view"])');

  test('the changed selection takes the place of the old one', async () => {
    const view = await saved(editor, 'level=L1&status=active');
    const answer = await overwrite(editor, 'level=L2&cols=number,title', `${view.id}.${view.version}`);
    assert.equal(answer.status, 303);
    const now = stored(view.name);
    assert.equal(now.query, 'level=L2&cols=number,title');
    assert.equal(now.version, view.version + 1);
    const entry = menu(await editor.get('/contracts')).find((found) => found.textContent === view.name);
    assert.equal(below(editor, entry.getAttribute('href')), editor.url('/contracts?level=L2&cols=number,title'));
  });

  test('proposed is the view that the selection is likest to', async () => {
    const views = [await saved(editor, 'level=L3&type=MIETE'), await saved(editor, 'level=L3&status=ended&type=SUPPORT&sort=-ends'), await saved(editor, 'status=ended')];
    const page = await editor.get('/views/new?level=L2&status=ended&type=SUPPORT&sort=-ends');
    assert.equal(page.document.querySelector('select[name="view"] option[selected]').textContent, views[1].name);
  });

  test('what somebody changed meanwhile is not overwritten', async () => {
    const view = await saved(editor, 'level=L1');
    await overwrite(editor, 'level=L2', `${view.id}.${view.version}`);
    const late = await overwrite(editor, 'level=L3', `${view.id}.${view.version}`);
    assert.equal(late.status, 409);
    assert.ok(late.document.querySelector('#view-error'));
    assert.equal(stored(view.name).query, 'level=L2');
    const gone = await saved(editor, 'level=L1');
    stack.database(`DELETE FROM saved_view WHERE id = ${gone.id}`);
    assert.equal((await overwrite(editor, 'level=L3', `${gone.id}.1`)).status, 409);
    assert.equal((await overwrite(editor, 'level=L3', 'x')).status, 400);
  });

  test('renaming, sharing, and two who do so at once', async () => {
    const view = await saved(editor, 'level=L1');
    const [renamed, later] = [newName(), newName()];
    const form = await editor.get(`/views/${view.id}/edit`);
    assert.equal((await editor.submit(`/views/${view.id}/edit`, { name: renamed, shared: '1' })).status, 303);
    assert.deepEqual(stored(renamed), { id: view.id, query: 'level=L1', shared: true, version: 2 });
    const value = (name) => form.document.querySelector(`main [name="${name}"]`).getAttribute('value');
    const conflict = await editor.post(`/views/${view.id}`, { csrf: value('csrf'), version: value('version'), shown: value('shown'), name: later });
    assert.equal(conflict.status, 409);
    assert.ok(conflict.document.querySelector('#conflict'));
    assert.ok(conflict.document.querySelector('#name-theirs').textContent.includes(renamed));
    assert.ok(stored(renamed));
    const other = await saved(editor, 'level=L2');
    assert.equal((await editor.submit(`/views/${other.id}/edit`, { name: renamed })).status, 422);
  });
});

test('every page shows at once what has changed, whichever worker answers', async () => {
  const names = async () => {
    const pages = await Promise.all([...Array(12)].map(() => viewer.get('/levels')));
    return [...new Set(pages.map((page) => menu(page).map((entry) => entry.textContent).join('|')))];
  };
  stack.database('DELETE FROM saved_view');
  assert.deepEqual(await names(), ['']);
  const view = await saved(editor, 'level=L1', { shared: '1' });
  assert.deepEqual(await names(), [view.name]);
  const renamed = newName();
  await editor.submit(`/views/${view.id}/edit`, { name: renamed });
  assert.deepEqual(await names(), [renamed]);
  await editor.post(`/views/${view.id}`, { csrf: await editor.token(), version: '2', name: renamed });
  assert.deepEqual(await names(), [''], 'no longer shared');
  await editor.submit(`/views/${view.id}/edit`, { name: renamed, shared: '1' });
  assert.deepEqual(await names(), [renamed]);
  await editor.submit(`/views/${view.id}/edit`, {}, '.danger-zone form');
  assert.deepEqual(await names(), ['']);
});

describe('rights', () => {
  test('own views are seen by their owner alone, shared ones by all', async () => {
    const own = await saved(editor, 'level=L1');
    const shared = await saved(editor, 'level=L2', { shared: '1' });
    for (const client of [viewer, admin]) {
      const page = await client.get('/views');
      assert.equal(rowOf(page, own.name), undefined);
      assert.ok(rowOf(page, shared.name));
      assert.equal((await client.get(`/views/${own.id}/edit`)).status, 404);
      const csrf = await client.token();
      for (const below of ['', '/delete']) assert.equal((await client.post(`/views/${own.id}${below}`, { csrf, version: '1', name: newName() })).status, 404);
      assert.equal((await client.post('/views/start', { csrf, view: String(own.id) })).status, 404);
    }
    assert.ok(rowOf(await editor.get('/views'), own.name));
  });

  test('a viewer has own views, but shares none and changes no shared one', async () => {
    const own = await saved(viewer, 'level=L1');
    const shared = await saved(editor, 'level=L2', { shared: '1' });
    assert.equal((await viewer.get('/views/new')).document.querySelector('[name="shared"]'), null);
    const csrf = await viewer.token();
    assert.equal((await viewer.post('/views', { csrf, name: newName(), query: '', shared: '1' })).status, 403);
    await viewer.post(`/views/${own.id}`, { csrf, version: '1', name: own.name, shared: '1' });
    assert.equal(stored(own.name).shared, false);
    assert.equal((await viewer.get(`/views/${shared.id}/edit`)).status, 403);
    assert.equal((await viewer.post(`/views/${shared.id}`, { csrf, version: '1', name: newName() })).status, 403);
    assert.equal((await viewer.post(`/views/${shared.id}/delete`, { csrf, version: '1' })).status, 403);
    assert.equal((await viewer.post('/views', { csrf, query: 'level=L3', view: `${shared.id}.1` })).status, 403);
    assert.equal(stored(shared.name).query, 'level=L2');
  });

  test('an editor changes shared views, an administrator deletes them, the owner always', async () => {
    const shared = await saved(admin, 'level=L2', { shared: '1' });
    const renamed = newName();
    assert.equal((await editor.submit(`/views/${shared.id}/edit`, { name: renamed })).status, 303);
    assert.equal(stored(renamed).shared, true, 'whether it is shared says its owner');
    assert.equal((await editor.post(`/views/${shared.id}/delete`, { csrf: await editor.token(), version: '2' })).status, 403);
    const others = await saved(editor, 'level=L3', { shared: '1' });
    assert.equal((await admin.submit(`/views/${others.id}/edit`, {}, '.danger-zone form')).status, 303);
    assert.equal(stored(others.name), undefined);
    assert.equal((await admin.post(`/views/${shared.id}/delete`, { csrf: await admin.token(), version: '1' })).status, 409, 'changed meanwhile');
    assert.equal((await admin.post(`/views/${shared.id}/delete`, { csrf: await admin.token(), version: '2' })).status, 303);
    const own = await saved(viewer, 'level=L3');
    assert.equal((await viewer.submit(`/views/${own.id}/edit`, {}, '.danger-zone form')).status, 303);
    assert.equal(stored(own.name), undefined);
  });
});

test('a view whose level is gone says so, and never selects anything else', async () => {
  stack.database("INSERT INTO support_level (level_rank, code, name) VALUES (90, 'GONE', 'Vergänglich')");
  const view = await saved(editor, 'level=L1&level=GONE&status=active');
  stack.database("DELETE FROM support_level WHERE code = 'GONE'");
  const page = await editor.get('/views');
  assert.equal(page.status, 200);
  const row = rowOf(page, view.name);
  assert.match(row.querySelector('.view-broken').textContent, /GONE/);
  const opened = await editor.get(row.querySelector('th a').getAttribute('href'));
  assert.equal(opened.status, 400);
  assert.match(opened.document.querySelector('[role="alert"]').textContent, /GONE/);
  assert.ok(opened.document.querySelector('select[name="level"] option[value="L1"]').hasAttribute('selected'), 'the rest is still in the form');
  assert.equal(stored(view.name).query, 'level=L1&level=GONE&status=active');
});

describe('the start view', () => {
  const start = (client, view) => client.get('/views').then((page) => client.post('/views/start', { csrf: page.document.querySelector('main [name="csrf"]').getAttribute('value'), view }));
  const begin = async (path = '/login') => {
    const client = new Client(stack);
    return below(client, (await client.signIn('editor', stack.logins.editor, path)).location);
  };

  test('signing in leads to it, unless another page was wanted; the overview stays where it is', async () => {
    const view = await saved(editor, 'level=L1&sort=ends');
    assert.equal((await start(editor, String(view.id))).status, 303);
    assert.equal(await begin(), editor.url('/contracts?level=L1&sort=ends'));
    assert.equal(await begin('/login?to=/'), editor.url('/contracts?level=L1&sort=ends'));
    assert.equal(await begin('/login?to=/levels'), editor.url('/levels'));
    assert.equal((await editor.get('/')).status, 200);
    assert.ok(rowOf(await editor.get('/views'), view.name).textContent.includes('Startansicht'));
    await start(editor, '');
    assert.equal(await begin(), editor.url('/'));
  });

  test('deleted or no longer shared it leads nowhere', async () => {
    const view = await saved(admin, 'level=L1', { shared: '1' });
    await start(editor, String(view.id));
    assert.equal(await begin(), editor.url('/contracts?level=L1'));
    stack.database(`UPDATE saved_view SET shared = 0 WHERE id = ${view.id}`);
    assert.equal(await begin(), editor.url('/'));
    stack.database(`DELETE FROM saved_view WHERE id = ${view.id}`);
    assert.equal(await begin(), editor.url('/'));
    assert.equal((await start(editor, 'x')).status, 400);
    assert.equal((await start(editor, '4000000000')).status, 404);
  });
});

test('the navigation shows the first twelve, own ones first, and the way to all', async () => {
  stack.database('DELETE FROM saved_view');
  assert.equal((await viewer.get('/contracts')).document.querySelector('.view-menu'), null, 'nothing for nobody');
  assert.ok((await viewer.get('/views')).document.querySelector('.empty a'), 'and the page says how to begin');
  stack.database(`INSERT INTO saved_view (owner_id, name, query, shared) SELECT user.id, CONCAT(user.name, ' ', LPAD(seq, 2, '0')), CONCAT('q=', user.name, seq), user.name = 'editor'
    FROM user JOIN seq_1_to_10 WHERE user.name IN ('viewer', 'editor', 'admin')`);
  const page = await viewer.get('/levels');
  const expected = [...Array(10).keys()].map((at) => `viewer ${String(at + 1).padStart(2, '0')}`).concat(['editor 01', 'editor 02']);
  assert.deepEqual(menu(page).map((entry) => entry.textContent), expected);
  assert.ok(page.document.querySelector('.view-menu-all'));
  assert.equal((await viewer.get('/views')).document.querySelectorAll('table.views tbody tr').length, 20);
});
