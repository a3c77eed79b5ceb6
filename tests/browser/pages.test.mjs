// Pages with a keyboard, and zoomed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ZOOMED, address, overflow, signedInPage, stack, using } from '../support/browser.mjs';

const contract = stack.databaseValue('SELECT MIN(id) FROM contract');
const customer = stack.databaseValue('SELECT MIN(id) FROM customer');

describe('at 200 % nothing is too wide', () => {
  for (const path of ['/', '/contracts', `/contracts/${contract}`, '/contracts/new', '/customers', `/customers/${customer}`, '/levels', '/levels/L1', '/levels/L1/edit']) {
    test(path, () => using(signedInPage('admin', ZOOMED), async (page) => {
      await page.goto(address(path));
      assert.equal(await overflow(page), 0);
    }));
  }
});

describe('by keyboard', () => {
  const PATHS = ['/', '/contracts?per=25', `/contracts/${contract}`, `/contracts/${contract}/edit`, '/customers', '/levels', '/levels/L1'];
  for (const path of PATHS) {
    test(`${path}: everything that can be used is reached in the page's order, and seen when it is`, () => using(signedInPage('admin'), async (page) => {
      await page.goto(address(path));
      // What Tab should reach, in the document's order.
      const wanted = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true })).map((element, at) => {
          element.dataset.tabOrder = String(at);
          return at;
        }));
      const reached = [];
      const unseen = [];
      for (let presses = 0; presses <= wanted.length; presses += 1) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
          const element = document.activeElement;
          if (element === document.body) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && box.width > 1 && box.bottom > 0 && box.top < window.innerHeight;
          return { order: Number(element.dataset.tabOrder), seen, is: element.outerHTML.slice(0, 120) };
        });
        if (at === null) break;
        reached.push(at.order);
        if (!at.seen) unseen.push(at.is);
      }
      assert.deepEqual(reached, wanted);
      assert.deepEqual(unseen, []);
    }));
  }

  test('the skip link comes first and leads to the content', () => using(signedInPage('admin'), async (page) => {
    await page.goto(address('/contracts'));
    await page.keyboard.press('Tab');
    assert.ok(await page.locator('.skip-link').evaluate((link) => link === document.activeElement && link.getBoundingClientRect().width > 20));
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  }));
});
