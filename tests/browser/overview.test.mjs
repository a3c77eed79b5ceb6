// The overview: what it says is what the lists that it leads to say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, pathOf, signedInPage, stack, texts, using } from '../support/browser.mjs';

const IN_FORCE = 'status IN (1, 2)';

test('each level says how many contracts are in force, and leads to exactly these', () => using(signedInPage('viewer'), async (page) => {
  await page.goto(address('/'));
  const counted = new Map(stack.database(`SELECT COALESCE(code, '— ohne —'), COUNT(*) FROM contract LEFT JOIN support_level ON support_level.id = level_id WHERE ${IN_FORCE} GROUP BY code`));
  const codes = await texts(page, '.glance tbody th');
  const figures = await texts(page, '.glance tbody .figure');
  assert.deepEqual(Object.fromEntries(codes.map((code, at) => [code, figures[at]]).filter(([, figure]) => figure !== '0')), Object.fromEntries(counted));
  assert.ok(codes.includes('— ohne —'));
  const link = page.locator('.glance tbody tr').last().locator('.figure');
  await link.click();
  await page.waitForSelector('.total');
  assert.equal(pathOf(page), '/contracts?level=none&status=active&status=cancelled', 'no detour by a redirect to another form of it');
  assert.equal((await page.innerText('.total')).split(' ')[0], counted.get('— ohne —'));
}));

test('what needs a decision comes by its deadline, says what happens without one, and "alle" leads to the rest', () => using(signedInPage('viewer'), async (page) => {
  await page.goto(address('/'));
  const rows = stack.database("SELECT number FROM contract WHERE status = 1 AND notice_by BETWEEN '2026-02-11' AND '2026-05-12' ORDER BY notice_by, id").map(([number]) => number);
  const table = page.locator('[aria-labelledby="deadlines-title"] tbody');
  assert.deepEqual(await table.locator('th').allInnerTexts(), rows.slice(0, 10));
  for (const text of await table.locator('[data-label="Ohne Kündigung"]').allInnerTexts()) assert.match(text, /^(verlängert sich um \d+ Monate?|läuft unbefristet weiter)$/);
  assert.equal(await page.innerText('.section-head a[aria-describedby="deadlines-title"]'), `alle ${rows.length} zeigen`);
  await page.click('.section-head a[aria-describedby="deadlines-title"]');
  await page.waitForSelector('.total');
  assert.equal((await page.innerText('.total')).split(' ')[0], String(rows.length));
}));
