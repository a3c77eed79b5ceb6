// Pictures of every page in every state, to be looked at: in both languages, light, dark, on a narrow screen and on paper. build/screenshots/index.html shows all.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { NARROW, WIDE, newPage, signedInPage, speak, stack } from '../support/browser.mjs';
import { root, startStack } from '../support/stack.mjs';
import { firstVisits, visits } from '../support/visits.mjs';

const directory = join(root, 'build', 'screenshots');
const WAYS = [
  ['light', { viewport: WIDE, colorScheme: 'light' }],
  ['dark', { viewport: WIDE, colorScheme: 'dark' }],
  ['narrow', { viewport: NARROW, colorScheme: 'light' }],
];
const PAPER = 'print';
const LANGUAGES = [['de', 'de-DE'], ['en', 'en-GB']];
const names = [];

rmSync(directory, { recursive: true, force: true });
const file = (name, language, way) => `${language}-${way}/${name.replace(/\W+/g, '-')}.png`;
for (const [language] of LANGUAGES) for (const way of [...WAYS.map(([name]) => name), PAPER]) mkdirSync(join(directory, `${language}-${way}`), { recursive: true });

/** The sheets as a PDF, and the first of them as a picture. */
async function print(page, picture) {
  const pdf = picture.replace(/png$/, 'pdf');
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  const { status, stderr } = spawnSync('pdftoppm', ['-png', '-singlefile', '-r', '90', pdf, picture.replace(/\.png$/, '')], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

async function draw(opening, name, open, language) {
  const page = await opening;
  try {
    await open(page);
    for (const [way, { viewport, colorScheme }] of WAYS) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ media: 'screen', colorScheme });
      await page.screenshot({ path: join(directory, file(name, language, way)), fullPage: true });
    }
    await print(page, join(directory, file(name, language, PAPER)));
    if (!names.includes(name)) names.push(name);
  } finally {
    await page.context().close();
  }
}

function writeIndex() {
  const pictures = (name) => LANGUAGES.flatMap(([language]) => [...WAYS.map(([way]) => way), PAPER].map((way) => {
    const picture = file(name, language, way);
    return `<a href="${way === PAPER ? picture.replace(/png$/, 'pdf') : picture}"><img loading="lazy" src="${picture}" alt="${language}, ${way}"></a>`;
  })).join('');
  const sections = names.map((name) => `<section><h2>${name}</h2><div>${pictures(name)}</div></section>`).join('\n');
  writeFileSync(join(directory, 'index.html'), `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Supportlevel: every page</title>
<style>body{font:16px sans-serif;margin:1rem;background:#888}h2{font-size:1rem}div{display:flex;gap:.5rem;overflow-x:auto}img{height:22rem;object-fit:cover;object-position:top}</style>
<h1>Every page: German then English, each light, dark, narrow, on paper</h1>
${sections}
</html>
`);
}
after(writeIndex);

const { admins, nobodys } = visits(stack);
const first = await startStack({ COMPANY: 'empty', WORKERS: '2' });
after(() => first.stop());
const beginnings = firstVisits(first, first.setupLink.slice(first.baseUrl.length));

for (const [language, locale] of LANGUAGES) {
  describe(`in ${language}`, () => {
    before(() => speak(language));
    for (const [name, open] of [...beginnings.nobodys, ...nobodys]) test(name, () => draw(newPage({ locale }), name, open, language));
    for (const [name, open] of admins) test(name, () => draw(signedInPage('admin', { locale }), name, open, language));
    test('what a viewer may not', () => draw(signedInPage('viewer'), 'what a viewer may not', (page) => page.goto(`${stack.baseUrl}/contracts/new?lang=${language}`), language));
  });
}

describe('where there is nothing yet', () => {
  let storageState;
  before(async () => {
    const page = await newPage();
    await beginnings.begin(page);
    storageState = await page.context().storageState();
    await page.context().close();
  });
  for (const [language] of LANGUAGES) {
    for (const [name, open] of beginnings.admins) {
      test(`${name}, in ${language}`, () => {
        first.database(`UPDATE user SET language = '${language}'`);
        return draw(newPage({ storageState }), name, open, language);
      });
    }
  }
});
