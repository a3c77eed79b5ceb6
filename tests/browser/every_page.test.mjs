// Every page in every state, in German; and whether that is every page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admins, everyPage, nobodys } from '../support/every_page.mjs';
import { routeOf, routes } from '../support/routes.mjs';

// What answers no page that a person looks at: files, programs' answers, and addresses that lead on to one.
const NO_PAGES = ['/healthz', '/metrics', '/openapi', '/calendar/{}', '/contracts/{}/documents/{}', '/import/{}/problems', '/import/{}/rejected'];

test('every page of the program is among the visits', () => {
  const visited = new Set([...admins, ...nobodys].map(([, open]) => routeOf('GET', open.path)?.pattern));
  assert.deepEqual(routes.filter(({ method, pattern, ending }) => method === 'GET' && ending === '' && !visited.has(pattern) && !NO_PAGES.includes(pattern)).map(({ pattern }) => pattern), []);
});

everyPage('de', 'de-DE');
