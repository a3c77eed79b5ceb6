// Every page in every state, as everybody meets it: with a keyboard, with assistive technology, in both languages, dark, narrow, zoomed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NARROW, WIDE, ZOOMED, accessibilityProblems, address, newPage, overflow, signedInPage, stack, using } from '../support/browser.mjs';

const contract = stack.databaseValue('SELECT MIN(id) FROM contract');
const customer = stack.databaseValue('SELECT MIN(id) FROM customer');
const documents = `/contracts/${contract}/documents`;
stack.database(`INSERT IGNORE INTO document (contract_id, name, content_type, size, hash) VALUES (${contract}, '${'Rahmenvertrag_unterschrieben_'.repeat(4)}.pdf', 'application/pdf', 1234567, REPEAT('h', 32))`);
const supportContract = encodeURIComponent(stack.databaseValue('SELECT MIN(number) FROM contract WHERE status = 1 AND level_id IS NOT NULL'));

/** A request in some state, taken in and led there by hand. */
const request = (...steps) => async (page) => {
  await page.goto(address(`/requests/new?contract=${supportContract}`));
  await page.fill('#subject', 'Ein Betreff, der so lang ist, dass er auf einem schmalen Bildschirm umbricht: Kennung 0123456789012345678901234567890123456789');
  await page.fill('#text', 'Erste Zeile\nZweite Zeile');
  await Promise.all([page.waitForURL(/\/requests\/\d+$/), page.click('main .button-primary[type="submit"]')]);
  for (const [step, text] of steps) {
    await page.fill('#text', text);
    await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.waitForEvent('domcontentloaded'), page.click(`form[data-guard] button[value="${step}"]`)]);
  }
};
const show = (path) => (page) => page.goto(address(path));
const submitted = (path, fields) => async (page) => {
  await page.goto(address(path));
  for (const [name, value] of Object.entries(fields)) await page.locator(`main [name="${name}"]`).evaluate((field, text) => { field.value = text; }, value);
  await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.waitForEvent('domcontentloaded'), page.locator('main .form').evaluate((form) => form.requestSubmit())]);
};
const opened = (path, selector) => async (page) => {
  await page.goto(address(path));
  await page.click(selector);
};

/** Somebody else saves between this form's opening and its sending. */
async function conflict(page) {
  await page.goto(address(`/contracts/${contract}/edit`));
  stack.database(`UPDATE contract SET version = version + 1, title = CONCAT('Neu: ', title) WHERE id = ${contract}`);
  await page.fill('[name="title"]', 'Anderer Titel');
  await Promise.all([page.waitForURL(/\/contracts\/\d+$/), page.click('.form .button-primary')]);
  await page.waitForSelector('#title-theirs');
}

const STATES = [
  ['the overview', show('/')],
  ['the contracts', show('/contracts?per=25')],
  ['a selection', show('/contracts?level=L1&level=none&status=active&type=WARTUNG&q=wartung&ends_to=%2B5y&sort=-value&per=25')],
  ['an empty selection', show('/contracts?level=L1&q=nosuchword')],
  ['a bad selection', show('/contracts?colour=blue&level=L9')],
  ['a contract', show(`/contracts/${contract}`)],
  ['a contract, deletion opened', opened(`/contracts/${contract}`, '.danger-zone summary')],
  ['the documents, a removal opened', opened(documents, '.document-remove summary')],
  ['no document chosen', submitted(documents, {})],
  ['no documents', show(`/contracts/${stack.databaseValue('SELECT MAX(id) FROM contract')}/documents`)],
  ['a new contract', show('/contracts/new')],
  ['a new contract with errors', submitted('/contracts/new', { customer_number: 'nobody', starts_on: 'x', amount: 'x' })],
  ['a contract being edited', show(`/contracts/${contract}/edit`)],
  ['a conflict', conflict],
  ['a contract being copied', show(`/contracts/${contract}/copy`)],
  ['the customers', show('/customers')],
  ['no customers', show('/customers?q=nosuchname')],
  ['a customer', show(`/customers/${customer}`)],
  ['a new customer with errors', submitted('/customers/new', { country: 'x' })],
  ['a customer being edited', show(`/customers/${customer}/edit`)],
  ['the levels', show('/levels')],
  ['a level', show('/levels/L1')],
  ['a new level with errors', submitted('/levels/new', { code: 'a b' })],
  ['a level being edited', show('/levels/L2/edit')],
  ['what a customer may expect', show('/entitlement?customer=K-10001')],
  ['several customers found', show('/entitlement?customer=K-1000')],
  ['no customer found', show('/entitlement?customer=nosuchname')],
  ['the queues of requests', show('/requests')],
  ['an empty queue', show('/requests?customer=NO-SUCH')],
  ['a queue that there is not', show('/requests?level=L9&colour=blue')],
  ['a new request', show(`/requests/new?contract=${supportContract}`)],
  ['a new request with errors', submitted('/requests/new', { contract: 'NO-SUCH' })],
  ['a request', request()],
  ['a request that waits', request(['asked', 'Was steht auf dem Schirm?'])],
  ['a request that was passed on', request(['passed_on', 'braucht Experten'])],
  ['a step without its text', request(['answered', ''])],
  ['a solved request', request(['solved', 'Neu gestartet.'])],
  ['the report on requests', show('/reports/requests')],
  ['the people of a level', show('/levels/L1/staff')],
  ['the service calendars', show('/settings/service-calendars')],
  ['a service calendar', show('/settings/service-calendars/BUERO')],
  ['a new service calendar with errors', submitted('/settings/service-calendars/new', { monday: '17-8', own_days: 'x' })],
  ['a page that there is not', show('/no-such-page')],
];
const NOBODYS = [
  ['the sign-in', show('/login')],
  ['a failed sign-in', submitted('/login', { username: 'nobody-here', password: 'wrong password' })],
];

/** Wide and light, then narrow and dark; every problem named with where it was seen. */
async function check(page, language) {
  assert.equal(await page.getAttribute('html', 'lang'), language);
  const problems = [];
  for (const [name, viewport, colorScheme] of [['wide, light', WIDE, 'light'], ['320 px, dark', NARROW, 'dark']]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const wider = await overflow(page);
    if (wider > 0) problems.push(`${name}: ${wider} pixels too wide`);
    problems.push(...(await accessibilityProblems(page)).map((problem) => `${name}: ${problem}`));
  }
  assert.deepEqual(problems, []);
}

const options = (language) => ({ locale: language === 'de' ? 'de-DE' : 'en-GB' });
async function speak(language) {
  await using(signedInPage('admin'), async (page) => {
    await page.goto(address('/levels'));
    await page.click(`.language [value="${language}"]`);
    await page.waitForSelector(`html[lang="${language}"]`);
  });
}
after(() => {
  stack.database("UPDATE user SET language = 'de' WHERE name = 'admin'");
  stack.database('DELETE FROM login_failure');
});

for (const language of ['de', 'en']) {
  describe(`in ${language}: no accessibility problem, nothing too wide, no complaint of the browser`, () => {
    before(() => speak(language));
    for (const [name, open] of STATES) {
      test(name, () => using(signedInPage('admin', options(language)), async (page) => {
        await open(page);
        await check(page, language);
      }));
    }
    for (const [name, open] of NOBODYS) {
      test(name, () => using(newPage(options(language)), async (page) => {
        await open(page);
        await check(page, language);
      }));
    }
    test('what a viewer may not', () => using(signedInPage('viewer'), async (page) => {
      assert.equal((await page.goto(address(`/contracts/new?lang=${language}`))).status(), 403);
      await check(page, language);
    }));
  });
}

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
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('details:not([open]) > :not(summary)')).map((element, at) => {
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
