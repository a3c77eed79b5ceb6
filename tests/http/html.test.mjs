// Every page, in every state that a person can bring about, is valid HTML and holds no inline script or style.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Client, formFields, signedIn } from '../support/client.mjs';
import { pdf, sendFiles } from '../support/files.mjs';
import { checkHtml } from '../support/html.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const admin = await signedIn(stack, 'admin');
const viewer = await signedIn(stack, 'viewer');
const contract = stack.databaseValue('SELECT MIN(id) FROM contract');
const contractNumber = stack.databaseValue('SELECT MIN(number) FROM contract WHERE status = 1 AND level_id IS NOT NULL');
const customer = stack.databaseValue('SELECT MIN(id) FROM customer');
stack.database(`INSERT IGNORE INTO saved_view (owner_id, name, query, shared) SELECT id, 'Meine "L1" & <mehr>', 'level=L1', TRUE FROM user;
  INSERT IGNORE INTO saved_view (owner_id, name, query) SELECT id, 'Passt nicht mehr', 'level=GONE&cols=number' FROM user`);
const view = stack.databaseValue("SELECT saved_view.id FROM saved_view JOIN user ON user.id = owner_id WHERE user.name = 'admin' ORDER BY saved_view.id LIMIT 1");
after(() => stack.database('DELETE FROM saved_view'));
// One contract of each kind of notice: reaches an end, late, none needed, none agreed, given, ended.
const contractOf = (condition) => stack.databaseValue(`SELECT MIN(id) FROM contract WHERE ${condition}`);
const user = stack.databaseValue("SELECT id FROM user WHERE name = 'editor'");
const NOTICE = [
  `/contracts/${contractOf("status = 1 AND notice_to = 'term'")}/cancel`, `/contracts/${contractOf("status = 1 AND notice_to = 'quarter'")}/cancel?cancelled_on=31.2.2026`,
  `/contracts/${contractOf("status = 1 AND notice_to = 'term'")}/cancel?cancelled_on=2030-12-31`, `/contracts/${contractOf('status = 1 AND ends_on IS NOT NULL AND renewal_months = 0')}/cancel`,
  `/contracts/${contractOf('status = 0')}/cancel`, `/contracts/${contractOf('status = 2')}/cancel`, `/contracts/${contractOf('status = 3')}/cancel`,
];

const PAGES = [
  '/', '/contracts', '/contracts?level=L1&level=none&status=active&type=WARTUNG&q=wartung&ends_to=%2B1y&sort=-value&per=25', '/contracts?q=nosuchword',
  '/contracts?colour=blue&level=L9', '/contracts?customer=NO-SUCH-CUSTOMER', '/contracts/new', `/contracts/${contract}`, `/contracts/${contract}/edit`, `/contracts/${contract}/copy`,
  '/customers', '/customers?q=nosuchname', '/customers/new', `/customers/${customer}`, `/customers/${customer}/edit`,
  '/views', '/views/new', '/views/new?level=L1&sort=-value', `/views/${view}/edit`, '/contracts?cols=level,status,note,updated', '/contracts?level=L1', '/contracts/columns?level=L1&cols=note,number',
  '/levels', '/levels/L1', '/levels/compare', '/levels/compare?level=L9', '/levels/new', '/levels/L2/edit', '/no-such-page',
  ...NOTICE,
  `/contracts/${contract}/history`, `/customers/${customer}/history`, '/levels/L1/history', `/contracts/${contract}?as_of=${new Date().toISOString()}`, `/contracts/${contract}?as_of=2000-01-01`,
  '/settings/calendars', '/settings/calendars/new', '/settings/calendars/new?level=L1&notice_to=%2B90d&responsible=me', '/settings/calendars/new?level=nothing',
  '/contracts/bulk',
  '/settings', '/settings/tokens', '/settings/account', '/setup/company', '/setup?token=x', '/password?token=x',
  '/settings/types', '/settings/types/new', '/settings/types/MIETE', '/settings/types/MIETE/edit', '/settings/types/MIETE/history',
  '/settings/users', '/settings/users/new', `/settings/users/${user}`, `/settings/users/${user}/edit`, `/settings/users/${user}/history`,
  `/contracts/${contract}/documents`,
  '/reports/levels', '/reports/levels?level=L1&level=none&on=-1y&by=customer', '/reports/levels?customer=NO-SUCH-CUSTOMER', '/reports/levels?by=colour', '/contracts?on=today&ended_to=%2B1y',
  '/entitlement', '/entitlement?customer=K-10001', '/entitlement?customer=K-1000', '/entitlement?customer=nobody', '/settings/service-calendars', '/settings/service-calendars/BUERO',
  '/requests', '/requests?user=me', '/requests?level=L9&colour=blue', '/requests?state=solved', '/requests/new', `/requests/new?contract=${encodeURIComponent(contractNumber)}`, '/requests/new?contract=NO-SUCH', '/reports/requests', '/reports/requests?from=2026-13',
  '/levels/L1/staff',
  '/settings/service-calendars/24x7', '/settings/service-calendars/new', '/settings/service-calendars/LANG/edit', '/settings/service-calendars/BUERO/history',
];

for (const language of ['de', 'en']) {
  describe(`in ${language}`, () => {
    for (const path of PAGES) {
      test(path, async () => checkHtml(await admin.get(path + (path.includes('?') ? '&' : '?') + `lang=${language}`)));
    }
    test('the sign-in', async () => checkHtml(await new Client(stack).get(`/login?lang=${language}`)));
  });
}

test('as a viewer', async () => {
  for (const path of ['/', '/contracts', `/contracts/${contract}`, '/customers', `/customers/${customer}`, '/levels', '/levels/L1', '/levels/compare', '/views', '/views/new']) await checkHtml(await viewer.get(path));
});

test('forms with errors', async () => {
  const csrf = await admin.token();
  for (const [path, fields] of [['/contracts', { number: '', title: '', starts_on: 'x', amount: 'x', notice_to: 'term', customer_number: 'nobody' }],
    ['/customers', { number: '', name: '' }], ['/levels', { code: 'a b', name: '', rank: 'x' }], ['/views', { name: '', query: 'level=L1' }],
    ['/settings/service-calendars', { code: 'new', name: '', monday: '17-8', own_days: 'x', time_zone: 'x' }]]) {
    const answer = await admin.post(path, { csrf, ...fields });
    assert.equal(answer.status, 422);
    await checkHtml(answer);
  }
});

test('access tokens: none, one that is new, a form with errors, the list', async () => {
  const editor = await signedIn(stack, 'editor');
  stack.database("DELETE access_token FROM access_token JOIN user ON user.id = access_token.user_id WHERE user.name = 'editor'");
  const empty = await editor.get('/settings/tokens');
  await checkHtml(empty);
  assert.ok(empty.document.querySelector('.empty'));
  const made = await editor.submit('/settings/tokens', { name: 'a "quoted" <b>name</b>' }, 'form.token-form');
  assert.equal(made.status, 201);
  await checkHtml(made);
  const wrong = await editor.submit('/settings/tokens', { name: '', role: 'admin', expires_on: '2100-01-01' }, 'form.token-form');
  assert.equal(wrong.status, 422);
  await checkHtml(wrong);
  await editor.submit('/settings/tokens', {}, 'table form');
  const list = await editor.get('/settings/tokens');
  await checkHtml(list);
  assert.equal(list.document.querySelectorAll('table form').length, 0, 'revoked');
});

test('documents: the list and the sheet, a file that is refused, what a viewer sees, the history of a removed one', async () => {
  const path = `/contracts/${contract}/documents`;
  const csrf = await admin.token();
  const send = (name, bytes) => sendFiles(admin, path, { csrf, name }, [['file', 'scan.pdf', bytes]]);
  assert.equal((await send('a "quoted" <b>name</b>', pdf())).status, 303);
  for (const page of [path, `/contracts/${contract}`]) for (const client of [admin, viewer]) await checkHtml(await client.get(page));
  for (const [name, bytes] of [['', Buffer.from('<!doctype html>')], ['x'.repeat(250), pdf()]]) {
    const refused = await send(name, bytes);
    assert.equal(refused.status, 422);
    await checkHtml(refused);
  }
  assert.equal((await admin.submit(path, {}, '.document-remove form')).status, 303);
  await checkHtml(await admin.get(path));
  await checkHtml(await admin.get(`/contracts/${contract}/history`));
});

test('an import: the list, a file that is refused, columns, unknown words, preview with problems, progress, record, undo refused', async () => {
  const csrf = await admin.token();
  const upload = (bytes) => admin.upload('/import', { csrf }, [{ field: 'file', name: 'a "b" <c>.csv', bytes }]);
  const head = 'number,title,customer_number,customer_name,type,level,starts_on,"<b>""x"""';
  const number = `H-${Date.now()}`;
  await checkHtml(await admin.get('/import'));
  await checkHtml(await upload(''));
  const { location } = await upload(`${head}\n${number},t,IH,K,MIETE,"Gold ""<1>""",2026-01-01,<i>\n${number}-2,,IH,K,MIETE,L1,2026-13-01,\n`);
  const columns = await admin.get(location);
  await checkHtml(columns);
  const fields = formFields(columns.document.querySelector('form.import-form'));
  const wrong = new URLSearchParams(fields);
  wrong.set('column_0', '');
  await checkHtml(await admin.post(location, [...wrong, ['step', 'check']]));
  const asks = await admin.post(location, [...fields, ['step', 'check']]);
  await checkHtml(asks);
  assert.ok(asks.document.querySelector('#words'));
  const choices = formFields(asks.document.querySelector('form.import-form'));
  choices.set('choice_0', '-');
  await admin.post(location, [...choices, ['step', 'check']]);
  await checkHtml(await admin.get(location));
  await admin.post(location, { csrf, step: 'run_good' });
  await checkHtml(await admin.get(location));
  await admin.post(`${location}/undo`, { csrf });
  await checkHtml(await admin.post(`${location}/undo`, { csrf }));
  const long = await upload(`${head}\n${`${number},${'t'.repeat(150)},IH,K,MIETE,L1,2026-01-01,\n`.repeat(8000)}`);
  await checkHtml(await admin.post(long.location, [...formFields((await admin.get(long.location)).document.querySelector('form.import-form')), ['step', 'check']]));
  await checkHtml(await admin.get(long.location));
});

test('support requests: the form with errors, every state, a step with errors, one that was overtaken, the report', async () => {
  const editor = await signedIn(stack, 'editor');
  const wrong = await editor.submit('/requests/new', { contract: 'NO-SUCH', subject: '' }, 'form[data-guard]');
  assert.equal(wrong.status, 422);
  await checkHtml(wrong);
  const taken = await editor.submit('/requests/new', { contract: contractNumber, subject: '<b>"Fett"</b> & mehr', caller: 'Frau <Muster>', text: 'Zeile 1\nZeile 2' }, 'form[data-guard]');
  assert.equal(taken.status, 303);
  const address = new URL(taken.location, stack.baseUrl).pathname.replace(new URL(stack.baseUrl).pathname.replace(/\/$/, ''), '');
  const step = (changes) => editor.submit(address, changes, 'form[data-guard]');
  await checkHtml(await editor.get(address));
  await checkHtml(await viewer.get(address));
  await checkHtml(await step({ step: 'answered', text: '' }));
  await checkHtml(await step({ step: 'passed_on', text: 'weil', level: '' }));
  for (const changes of [{ step: 'asked', text: 'Was steht da?' }, { step: 'passed_on', text: 'schwer', level: 'L4' }, { step: 'solved', text: 'geholfen' }]) {
    assert.equal((await step(changes)).status, 303);
    await checkHtml(await editor.get(address));
  }
  await checkHtml(await editor.submit(address, { step: 'reopened', text: 'doch nicht', version: '1' }, 'form[data-guard]'));
  await checkHtml(await viewer.get('/requests?state=solved'));
  await checkHtml(await viewer.get('/reports/requests?from=2026-02&to=2026-02'));
});

test('a new password that is refused', async () => {
  const answer = await admin.submit('/settings/account', { current: 'x', password: 'short', again: 'other' }, '#password-form');
  assert.equal(answer.status, 422);
  await checkHtml(answer);
});

test('a failed sign-in', async () => {
  const answer = await new Client(stack).signIn('nobody-here', 'wrong password');
  assert.equal(answer.status, 422);
  await checkHtml(answer);
  stack.database('DELETE FROM login_failure');
});

test('a new calendar, and one without a name', async () => {
  const made = await viewer.submit('/settings/calendars/new?level=L1', { name: 'Prüfung der Seite' });
  assert.equal(made.status, 200);
  await checkHtml(made);
  await checkHtml(await viewer.get('/settings/calendars'));
  const refused = await viewer.submit('/settings/calendars/new?level=L1', { name: '' });
  assert.equal(refused.status, 422);
  await checkHtml(refused);
});

test('a form that came without its token', async () => {
  const answer = await admin.post('/contracts', { number: 'x' }, { origin: admin.origin });
  assert.equal(answer.status, 403);
  await checkHtml(answer);
});

test('a change of many contracts, in every step', async () => {
  const csrf = await admin.token();
  const ids = stack.database('SELECT id FROM contract ORDER BY id LIMIT 3').map(([id]) => ['contract', id]);
  const level = stack.databaseValue(`SELECT code FROM support_level WHERE NOT retired AND NOT id <=> (SELECT level_id FROM contract WHERE id = ${contract}) ORDER BY id LIMIT 1`);
  const post = (...fields) => admin.post('/contracts/bulk', [['csrf', csrf], ...fields]);
  for (const [status, ...fields] of [[422, ['choose', 'ticked']], [200, ['choose', 'ticked'], ...ids], [200, ['choose', 'all'], ['query', 'status=ended&level=L1']],
    [422, ['choose', 'ticked'], ...ids, ['step', 'preview']], [409, ['choose', 'ticked'], ...ids, ['level', level], ['step', 'apply'], ['expected', 'x']]]) {
    const answer = await post(...fields);
    assert.equal(answer.status, status);
    await checkHtml(answer);
  }
  const preview = await post(['choose', 'ticked'], ...ids, ['level', level], ['step', 'preview']);
  await checkHtml(preview);
  const expected = preview.document.querySelector('[name="expected"]').getAttribute('value');
  const done = await post(['choose', 'ticked'], ...ids, ['level', level], ['step', 'apply'], ['expected', expected]);
  assert.equal(done.status, 303);
  await checkHtml(await admin.get(done.location));
  for (const status of [303, 409]) {
    const undone = await admin.post(`${done.location}/undo`, { csrf });
    assert.equal(undone.status, status);
    if (status === 409) await checkHtml(undone);
  }
  await checkHtml(await admin.get('/contracts/bulk'));
});
