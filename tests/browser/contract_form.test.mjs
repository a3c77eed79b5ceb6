// Creating and changing a contract by its form: the optional level, errors, unsaved entries, two editors at once.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { address, newPage, pathOf, signInOn, signedInPage, stack, using } from '../support/browser.mjs';
import { newNumber } from '../support/contracts.mjs';

const customer = stack.databaseValue('SELECT number FROM customer ORDER BY id LIMIT 1');
const save = (page, next) => Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.waitForURL(next), page.click('.form .button-primary')]);

/** Fills in a contract and saves it; leads to its sheet. */
async function create(page, level) {
  const number = newNumber('B');
  await page.goto(address('/contracts/new'));
  for (const [name, value] of Object.entries({ number, title: 'Wartung der Pforte', customer_number: customer, starts_on: '1.1.2026' })) await page.fill(`[name="${name}"]`, value);
  await page.selectOption('[name="type"]', 'WARTUNG');
  if (level !== undefined) await page.selectOption('[name="level"]', level);
  await save(page, /\/contracts\/\d+$/);
  return number;
}

for (const [how, options] of [['with JavaScript', {}], ['without JavaScript', { javaScriptEnabled: false }]]) {
  describe(how, () => {
    test('the level is optional: "— ohne —" is offered, saved and shown, and can be changed to a level and back', async () => {
      await using(signedInPage('editor', options), async (page) => {
        const number = await create(page);
        const stored = () => stack.databaseValue(`SELECT code FROM contract LEFT JOIN support_level ON support_level.id = level_id WHERE number = '${number}'`);
        assert.equal(await page.innerText('.cards .badge-none'), '— ohne —');
        assert.equal(stored(), null);
        for (const [level, badge] of [['L3', '.badge-level'], ['', '.badge-none']]) {
          await page.click('.actions .button-primary');
          await page.selectOption('[name="level"]', level);
          await save(page, /\/contracts\/\d+$/);
          assert.equal(await page.innerText(`.cards ${badge}`), level || '— ohne —');
          assert.equal(stored(), level || null);
        }
      });
    });

    test('an error stands beside its field, is tied to it, and the list of errors leads there; entries are kept', async () => {
      await using(signedInPage('editor', options), async (page) => {
        await page.goto(address('/contracts/new'));
        await page.fill('[name="title"]', 'Ohne Nummer');
        await page.fill('[name="starts_on"]', '31.2.2026');
        await save(page, /\/contracts$/);
        for (const name of ['number', 'starts_on', 'customer_number']) {
          const field = page.locator(`[name="${name}"]`);
          assert.equal(await field.getAttribute('aria-invalid'), 'true', name);
          assert.ok((await field.getAttribute('aria-describedby')).split(' ').includes(`${name}-error`), name);
          assert.ok(await page.isVisible(`#${name}-error`), name);
        }
        assert.equal(await page.locator('[name="title"]').getAttribute('aria-invalid'), null);
        assert.equal(await page.inputValue('[name="title"]'), 'Ohne Nummer');
        assert.equal(await page.inputValue('[name="starts_on"]'), '31.2.2026');
        await page.click('#errors a[href="#starts_on"]');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'starts_on');
      });
    });

    test('two editors at once: the later one sees what the other saved beside the own entry, and decides', async () => {
      await using(signedInPage('editor', options), async (page) => {
        const number = await create(page, 'L1');
        const sheet = pathOf(page);
        await page.goto(address(`${sheet}/edit`));
        await using(newPage(options), async (other) => {
          await signInOn(other, 'admin', `${sheet}/edit`);
          await other.fill('[name="title"]', 'Titel der anderen');
          await save(other, /\/contracts\/\d+$/);
        });
        await page.fill('[name="title"]', 'Mein Titel');
        await save(page, new RegExp(`${sheet}$`));
        assert.equal(await page.inputValue('[name="title"]'), 'Mein Titel');
        assert.match(await page.innerText('#title-theirs'), /Titel der anderen/);
        assert.ok((await page.getAttribute('[name="title"]', 'aria-describedby')).includes('title-theirs'));
        assert.equal(stack.databaseValue(`SELECT title FROM contract WHERE number = '${number}'`), 'Titel der anderen', 'nothing is overwritten unseen');
        await save(page, new RegExp(`${sheet}$`));
        await page.waitForSelector('.cards');
        assert.equal(await page.innerText('h1'), 'Mein Titel');
      });
    });
  });
}

test('the list of errors has the focus', async () => {
  await using(signedInPage('editor'), async (page) => {
    await page.goto(address('/contracts/new'));
    await save(page, /\/contracts$/);
    await page.waitForFunction(() => document.activeElement.id === 'errors');
  });
});

describe('leaving a form', () => {
  /** Clicks a link; whether the browser asked first, to which the answer is to stay. */
  const leave = async (page) => {
    const asked = new Promise((resolve) => page.once('dialog', (dialog) => dialog.dismiss().then(() => resolve(dialog.type() === 'beforeunload'))));
    const left = page.waitForURL(/levels$/).then(() => false, () => null);
    await page.click('.site-nav a[href$="/levels"]', { noWaitAfter: true });
    return Promise.race([asked, left]);
  };

  test('with unsaved entries asks first, and they stay', async () => {
    await using(signedInPage('editor'), async (page) => {
      await page.goto(address('/contracts/new'));
      await page.locator('[name="title"]').pressSequentially('Noch nicht gespeichert');
      assert.equal(await leave(page), true);
      assert.equal(pathOf(page), '/contracts/new');
      assert.equal(await page.inputValue('[name="title"]'), 'Noch nicht gespeichert');
    });
  });

  test('without changes asks nothing', async () => {
    await using(signedInPage('editor'), async (page) => {
      await page.goto(address('/contracts/new'));
      await page.locator('[name="title"]').pressSequentially('x');
      await page.locator('[name="title"]').press('Backspace');
      assert.equal(await leave(page), false);
      assert.equal(pathOf(page), '/levels');
    });
  });
});
