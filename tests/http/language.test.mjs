import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, signedIn } from '../support/client.mjs';
import { root, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const templates = join(root, 'templates');

/** Names and texts of an HDF file. */
function readHdf(name) {
  const texts = new Map();
  const path = [];
  const lines = readFileSync(join(templates, name), 'utf8').split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at].trim();
    let found;
    if (line === '' || line.startsWith('#')) continue;
    if (line === '}') path.pop();
    else if ((found = /^([\w.]+)\s*(?:\[[^\]]*\])?\s*\{$/.exec(line))) path.push(found[1]);
    else if ((found = /^([\w.]+)\s*<<\s*(\w+)$/.exec(line))) {
      const text = [];
      for (at += 1; lines[at] !== found[2]; at += 1) text.push(lines[at]);
      texts.set([...path, found[1]].join('.'), text.join('\n'));
    } else if ((found = /^([\w.]+)\s*=\s*(.*)$/.exec(line))) texts.set([...path, found[1]].join('.'), found[2].trim());
    else assert.fail(`${name}: ${line}`);
  }
  return texts;
}

const german = readHdf('lang.de.hdf');
const english = readHdf('lang.en.hdf');

test('both languages have the same texts', () => {
  assert.deepEqual([...german.keys()].filter((key) => !english.has(key)), [], 'only German');
  assert.deepEqual([...english.keys()].filter((key) => !german.has(key)), [], 'only English');
});

test('no text is empty, and arguments stand in both', () => {
  const marks = (text) => [...text.matchAll(/\{\d\}/g)].map(String).sort().join();
  for (const [key, text] of german) {
    assert.notEqual(text, '', key);
    assert.notEqual(english.get(key), '', key);
    assert.equal(marks(text), marks(english.get(key)), key);
  }
});

test('every text that a template names is there', () => {
  for (const name of readdirSync(templates).filter((file) => file.endsWith('.cs'))) {
    for (const [, key] of readFileSync(join(templates, name), 'utf8').matchAll(/\bLang(\.\w+(?:\.\w+)*)(?![\w.[])/g)) {
      const full = `Lang${key}`;
      const known = german.has(full) || [...german.keys()].some((other) => other.startsWith(`${full}.`));
      assert.ok(known, `${name}: ${full}`);
    }
  }
});

test('the sign-in speaks the language that the browser asks for', async () => {
  const client = new Client(stack);
  for (const [header, language] of [['de', 'de'], ['en-GB,en;q=0.9', 'en'], ['fr, en;q=0.5, de;q=0.4', 'en'], ['fr', 'de'], ['', 'de']]) {
    const answer = await client.get('/login', { 'accept-language': header });
    assert.equal(answer.document.documentElement.getAttribute('lang'), language, header);
  }
});

test('lang= shows this view in the other language, and only this view', async () => {
  const client = await signedIn(stack, 'viewer');
  assert.equal((await client.get('/contracts?lang=en')).document.documentElement.getAttribute('lang'), 'en');
  assert.equal((await client.get('/contracts')).document.documentElement.getAttribute('lang'), 'de');
});

test('POST /settings/language changes the language until it is changed again', async () => {
  const client = await signedIn(stack, 'viewer');
  for (const language of ['en', 'de']) {
    const answer = await client.post('/settings/language', { csrf: await client.token(), language });
    assert.equal(answer.status, 303);
    assert.equal((await client.get('/contracts')).document.documentElement.getAttribute('lang'), language);
  }
});
