// Every page in every state, as everybody meets it: with assistive technology, in one language, light and wide, dark and narrow.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { address, isInOrder, newPage, signedInPage, speak, stack, using } from './browser.mjs';
import { visits } from './visits.mjs';

export const { admins, nobodys } = visits(stack);

/** A test for each of them. */
export function everyPage(language, locale) {
  describe(`in ${language}: no accessibility problem, nothing too wide, no complaint of the browser`, () => {
    before(() => speak(language));
    after(() => {
      stack.database("UPDATE user SET language = 'de' WHERE name = 'admin'");
      stack.database('DELETE FROM login_failure');
    });
    for (const [name, open] of admins) {
      test(name, () => using(signedInPage('admin', { locale }), async (page) => {
        await open(page);
        await isInOrder(page, language);
      }));
    }
    for (const [name, open] of nobodys) {
      test(name, () => using(newPage({ locale }), async (page) => {
        await open(page);
        await isInOrder(page, language);
      }));
    }
    test('what a viewer may not', () => using(signedInPage('viewer'), async (page) => {
      assert.equal((await page.goto(address(`/contracts/new?lang=${language}`))).status(), 403);
      await isInOrder(page, language);
    }));
  });
}
