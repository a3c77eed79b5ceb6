// A real browser on the running stack: Debian's Chromium, one per test file, a context of its own per user.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { root, sharedStack } from './stack.mjs';

export const stack = sharedStack();
export const WIDE = { width: 1360, height: 900 };
export const NARROW = { width: 320, height: 720 };
/** A window of 1280 pixels at 200 %. */
export const ZOOMED = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const browser = await chromium.launch({
  executablePath: program,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
after(() => browser.close());

/** The application's address of a path below its mount. */
export const address = (path) => stack.baseUrl + path;

/** The path below the mount, with its query, of where a page is. */
export const pathOf = (page) => page.url().slice(stack.baseUrl.length);

/** A window of nobody. What its pages complain about (script errors, violations of the content security policy) is kept in page.complaints. */
export async function newPage(options = {}) {
  // Reduced motion: a colour is measured as it is, not on its way from another.
  const context = await browser.newContext({ locale: 'de-DE', viewport: WIDE, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.complaints = [];
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // The answer's own status, which the test asked for.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text()) && !message.location().url.includes('/static/')) return;
    page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') page.complaints.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  return page;
}

/** Signs in by the form that the application shows, at the path that was asked for. */
export async function signInOn(page, role, path = '/') {
  await page.goto(address(path));
  await page.fill('[name="username"]', role);
  await page.fill('[name="password"]', stack.logins[role]);
  await page.press('[name="password"]', 'Enter');
  await page.waitForSelector('.site-nav');
}

const states = new Map();

/** A window where admin, editor or viewer has signed in. */
export async function signedInPage(role, options = {}) {
  if (!states.has(role)) {
    const page = await newPage();
    await signInOn(page, role);
    states.set(role, await page.context().storageState());
    await page.context().close();
  }
  return newPage({ storageState: states.get(role), ...options });
}

/** Runs a test's steps on a page and closes it; whatever the page complained about fails the test. */
export async function using(opening, steps) {
  const page = await opening;
  try {
    await steps(page);
    assert.deepEqual(page.complaints, []);
  } finally {
    await page.context().close();
  }
}

const axe = readFileSync(`${root}/tests/node_modules/axe-core/axe.min.js`, 'utf8');

/** What axe-core finds against WCAG 2.2 AA and good practice: a line per rule and element. */
export async function accessibilityProblems(page) {
  if (!(await page.evaluate('typeof axe !== "undefined"'))) await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.any.concat(node.all)[0]?.message ?? node.html}`));
  });
}

/** By how many pixels the page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);

/** The texts of all elements that a selector finds, white space made one. */
export const texts = async (page, selector) => (await page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

/** Has an admin who is signed in choose a language, which stays. */
export async function speak(language) {
  await using(signedInPage('admin'), async (page) => {
    await page.goto(address('/levels'));
    await page.click(`.language [value="${language}"]`);
    await page.waitForSelector(`html[lang="${language}"]`);
  });
}

/** As high as a panel that scrolls by itself is long: axe measures of a control only what isn't scrolled away, and takes half a checkbox at the edge for too small. */
const HIGH = { width: WIDE.width, height: 2400 };

/** The language that was asked for, no accessibility problem and nothing too wide: wide and light, then narrow and dark. */
export async function isInOrder(page, language) {
  assert.equal(await page.getAttribute('html', 'lang'), language);
  const problems = [];
  for (const [name, viewport, colorScheme] of [['wide, light', HIGH, 'light'], ['320 px, dark', NARROW, 'dark']]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const wider = await overflow(page);
    if (wider > 0) problems.push(`${name}: ${wider} pixels too wide`);
    problems.push(...(await accessibilityProblems(page)).map((problem) => `${name}: ${problem}`));
  }
  assert.deepEqual(problems, []);
}
