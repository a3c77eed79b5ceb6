// The overview: what contracts in force are worth, by level.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const viewer = await signedIn(stack, 'viewer');

test("each level's monthly value is the sum over its contracts in force, by currency", async () => {
  const page = await viewer.get('/');
  const rows = [...page.document.querySelectorAll('.glance tbody tr')];
  assert.ok(rows.length > 0);
  for (const row of rows) {
    const code = row.querySelector('.badge-level')?.textContent;
    const level = code ? `level.code = '${code}'` : 'contract.level_id IS NULL';
    const sums = stack.database(`SELECT currency, SUM(monthly_value) FROM contract LEFT JOIN support_level AS level ON level.id = contract.level_id
      WHERE ${level} AND status IN (1, 2) GROUP BY currency ORDER BY currency`);
    const expected = sums.map(([currency, sum]) => new Intl.NumberFormat('de', { style: 'currency', currency }).format(Number(sum)));
    const shown = [...row.querySelectorAll('.value .line')].map((line) => line.textContent);
    assert.deepEqual(shown.map((text) => text.replace(/\s/g, ' ')), expected.map((text) => text.replace(/\s/g, ' ')), code ?? 'without');
  }
});
