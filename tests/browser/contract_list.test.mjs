// Selecting contracts as a person does: with the level select box, by keyboard, with and without JavaScript.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { address, newPage, pathOf, signInOn, signedInPage, stack, texts, using } from '../support/browser.mjs';

const numbers = (page) => texts(page, '.contracts tbody th');
const contracts = (condition) => Number(stack.databaseValue(`SELECT COUNT(*) FROM contract LEFT JOIN support_level ON support_level.id = level_id WHERE ${condition}`));
const shown = async (page) => Number((await page.innerText('.total')).replace(/\D/g, ''));

/** Presses Tab until an element that matches has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${selector}`);
}

for (const [how, options] of [['with JavaScript', {}], ['without JavaScript', { javaScriptEnabled: false }]]) {
  describe(how, () => {
    test('levels and "ohne" are chosen in the select box, sent by keyboard, and the address is a bookmark of the selection', async () => {
      let bookmark;
      let rows;
      await using(signedInPage('viewer', options), async (page) => {
        await page.goto(address('/contracts'));
        assert.match(await page.locator('#level option[value="none"]').textContent(), /^— ohne —/, 'no level is a choice');
        await tabTo(page, '#level');
        await page.selectOption('#level', ['L2', 'none']);
        await tabTo(page, '.filter-actions button');
        await Promise.all([page.waitForURL(/level=/), page.keyboard.press('Enter')]);
        assert.equal(pathOf(page), '/contracts?level=L2&level=none');
        assert.equal(await shown(page), contracts('support_level.code = "L2" OR level_id IS NULL'));
        assert.deepEqual(new Set(await texts(page, '.contracts .badge-level, .contracts .badge-none')), new Set(['L2', '— ohne —']));
        bookmark = pathOf(page);
        rows = await numbers(page);
      });
      await using(newPage(options), async (page) => {
        await signInOn(page, 'editor', bookmark);
        assert.equal(pathOf(page), bookmark, 'signing in leads to where the bookmark points');
        assert.deepEqual(await numbers(page), rows);
        assert.deepEqual(await page.locator('#level option:checked').evaluateAll((all) => all.map((option) => option.value)), ['L2', 'none']);
      });
    });

    test('one click on a part of the selection takes it away', async () => {
      await using(signedInPage('viewer', options), async (page) => {
        await page.goto(address('/contracts?level=L2&level=none&status=active'));
        const before = await shown(page);
        await Promise.all([page.waitForURL((url) => !url.search.includes('status')), page.locator('.selection-part').filter({ hasText: 'aktiv' }).click()]);
        assert.equal(pathOf(page), '/contracts?level=L2&level=none');
        assert.ok((await shown(page)) > before);
      });
    });

    test('a head sorts, the next page follows without a gap, and Back returns', async () => {
      await using(signedInPage('viewer', options), async (page) => {
        await page.goto(address('/contracts?per=25'));
        await Promise.all([page.waitForURL(/sort=title/), page.click('.column-title a')]);
        assert.equal(await page.getAttribute('.column-title', 'aria-sort'), 'ascending');
        const first = await numbers(page);
        const [order] = [stack.database('SELECT number FROM contract ORDER BY title, id LIMIT 50').map(([number]) => number)];
        assert.deepEqual(first, order.slice(0, 25));
        await Promise.all([page.waitForURL(/after=/), page.click('.pager [rel="next"]')]);
        assert.deepEqual(await numbers(page), order.slice(25));
        await page.goBack();
        assert.deepEqual(await numbers(page), first);
        await Promise.all([page.waitForURL(/sort=-title/), page.click('.column-title a')]);
        assert.equal(await page.getAttribute('.column-title', 'aria-sort'), 'descending');
      });
    });
  });
}

test('levels are chosen by arrow keys alone', async () => {
  await using(signedInPage('viewer'), async (page) => {
    await page.goto(address('/contracts'));
    await tabTo(page, '#level');
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowDown');
    const chosen = await page.locator('#level option:checked').evaluateAll((all) => all.map((option) => option.value));
    assert.equal(chosen.length, 2);
    await tabTo(page, '.filter-actions button');
    await Promise.all([page.waitForURL(/level=/), page.keyboard.press('Space')]);
    assert.deepEqual(new URL(page.url()).searchParams.getAll('level'), chosen);
  });
});

test('"/" goes to the search, but is a character while typing and can be switched off', async () => {
  await using(signedInPage('viewer'), async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.id);
    await page.goto(address('/contracts'));
    await page.keyboard.press('/');
    assert.equal(await focused(), 'q');
    await page.keyboard.type('a/b');
    assert.equal(await page.inputValue('#q'), 'a/b');
    await page.focus('.brand');
    await page.uncheck('[data-search-key]');
    await page.focus('.brand');
    await page.keyboard.press('/');
    assert.notEqual(await focused(), 'q');
  });
});

test('the filter panel stays as somebody left it', async () => {
  await using(signedInPage('viewer'), async (page) => {
    const open = () => page.locator('.filter-panel').evaluate((panel) => panel.open);
    await page.goto(address('/contracts'));
    assert.equal(await open(), true);
    await page.click('.filter-panel > summary');
    await page.click('.column-title a');
    await page.waitForURL(/sort=title/);
    assert.equal(await open(), false);
  });
});

test('a selection that cannot be understood is read first, beside the form to mend it', async () => {
  await using(signedInPage('viewer'), async (page) => {
    const answer = await page.goto(address('/contracts?level=L99'));
    assert.equal(answer.status(), 400);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-errors');
    assert.match(await page.innerText('#filter-errors'), /level.*L99/s);
    assert.ok(await page.isVisible('.filter-actions button'));
  });
});
