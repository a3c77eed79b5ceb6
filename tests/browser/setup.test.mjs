// The first start by hand: a stack without a user; its pages in both languages, and the way from the link to the demo company.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { isInOrder, newPage, using } from '../support/browser.mjs';
import { startStack } from '../support/stack.mjs';
import { firstVisits } from '../support/visits.mjs';

const stack = await startStack({ COMPANY: 'empty', WORKERS: '2' });
after(() => stack.stop());
const { nobodys, admins, demo } = firstVisits(stack, stack.setupLink.slice(stack.baseUrl.length));
const LANGUAGES = [['de', 'de-DE'], ['en', 'en-GB']];

for (const [language, locale] of LANGUAGES) {
  describe(`in ${language}, before there is a user`, () => {
    for (const [name, open] of nobodys) {
      test(name, () => using(newPage({ locale }), async (page) => {
        await open(page);
        await isInOrder(page, language);
      }));
    }
  });
}

describe('the first administrator', () => {
  let storageState;
  test('is created by the form, with the keyboard alone, and signed in', () => using(newPage(), async (page) => {
    await page.goto(stack.setupLink);
    await page.focus('#display_name');
    for (const text of ['Anna Muster', 'anna.muster', 'anna@example.org', '', 'ein Satz aus fünf Wörtern', 'ein Satz aus fünf Wörtern']) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await Promise.all([page.waitForURL(/\/setup\/company$/), page.keyboard.press('Enter')]);
    assert.match(await page.innerText('.who'), /Anna Muster/);
    storageState = await page.context().storageState();
  }));
  for (const [language] of LANGUAGES) {
    for (const [name, open] of admins) {
      test(`${name}, in ${language}`, () => using(newPage({ storageState }), async (page) => {
        stack.database(`UPDATE user SET language = '${language}'`);
        await open(page);
        await isInOrder(page, language);
      }));
    }
  }
  test('loads the demo company and sees it', () => using(newPage({ storageState }), async (page) => {
    await demo(page);
    assert.match(await page.innerText('[role="status"]'), /\d{3} (Verträgen|contracts)/);
    assert.ok((await page.locator('main table tbody tr').count()) > 10);
  }));
});
