// A level's form: promises are typed and shown as people say them, and stay minutes for programs.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { newNumber } from '../support/contracts.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const admin = await signedIn(stack, 'admin');
const FORM = 'form:has([name="response_minutes"])';
const words = (element) => element?.textContent.replace(/\s+/g, ' ').trim();
const code = newNumber('P');
after(() => stack.database(`DELETE FROM support_level WHERE code = '${code}'`));
const shown = (page) => ['response_minutes', 'restore_minutes'].map((name) => page.document.querySelector(`[name="${name}"]`).getAttribute('value') ?? '');

test('a new level is proposed behind the others', async () => {
  const last = Number(stack.databaseValue('SELECT MAX(level_rank) FROM support_level'));
  assert.equal((await admin.get('/levels/new')).document.querySelector('[name="rank"]').getAttribute('value'), String(last + 1));
});

test('promises are typed in hours or minutes, and shown so again in both languages', async () => {
  assert.equal((await admin.submit('/levels/new', { code, name: 'Zusagen', response_minutes: '1 Std. 30 Min.', restore_minutes: '8 h' }, FORM)).status, 303);
  assert.deepEqual(stack.database(`SELECT response_minutes, restore_minutes FROM support_level WHERE code = '${code}'`)[0].map(Number), [90, 480]);
  for (const language of ['de', 'en']) assert.deepEqual(shown(await admin.get(`/levels/${code}/edit?lang=${language}`)), ['90 min', '8 h']);
  assert.equal((await admin.submit(`/levels/${code}/edit`, {}, FORM)).status, 303, 'what is shown is understood again');
  assert.deepEqual(stack.database(`SELECT response_minutes, restore_minutes FROM support_level WHERE code = '${code}'`)[0].map(Number), [90, 480]);
  assert.equal((await admin.submit(`/levels/${code}/edit`, { response_minutes: '4 h', restore_minutes: '' }, FORM)).status, 303);
  assert.match(words((await admin.get(`/levels/${code}/history`)).document.querySelector('main')), /Reaktionszeit: vorher 1 Stunde 30 Minuten → nachher 4 Stunden ?Wiederherstellung: vorher 8 Stunden → nachher \(leer\)/);
});

test('what is no duration stays as typed, with the reason beside it', async () => {
  for (const [typed, said] of [['2 Tage', /Keine Dauer/], ['1,5 h', /Keine Dauer/], ['9000 h', /höchstens 525600/]]) {
    const answer = await admin.submit(`/levels/${code}/edit`, { response_minutes: typed }, FORM);
    assert.equal(answer.status, 422, typed);
    assert.match(words(answer.document.querySelector('#response_minutes-error')), said);
    assert.equal(answer.document.querySelector('[name="response_minutes"]').getAttribute('value'), typed);
  }
});
