// What README, CONTRIBUTING and docs name is there: files, headings, make's targets, commands with their options, settings.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { root, sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
const read = (path) => readFileSync(join(root, path), 'utf8');
/** Code in a line or a block. */
const codeOf = (text) => [...text.matchAll(/```[a-z]*\n([^]*?)```|`([^`]+)`/g)].flatMap(([, block, inline]) => (block ?? inline).split('\n'));
const anchorsOf = (text) => [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));

const targets = new Set([...read('Makefile').matchAll(/^([a-z-]+):/gm)].map(([, target]) => target));
const help = stack.tool(['help']).stdout;
const settings = new Set([...stack.tool(['config', '--file']).stdout.matchAll(/^#([a-z_]+)=/gm)].map(([, name]) => name));

for (const page of PAGES) {
  const text = read(page);
  describe(page, () => {
    test('what it links to is there', () => {
      for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        const [file, anchor] = link.split('#');
        const path = file ? join(dirname(page), file) : page;
        assert.ok(existsSync(join(root, path)), link);
        if (anchor) assert.ok(anchorsOf(read(path)).includes(anchor), link);
      }
    });

    test('make knows the targets', () => {
      for (const line of codeOf(text)) {
        const target = /(?:^|[A-Z] |\d )make ([a-z-]+)/.exec(line)?.[1];
        if (target) assert.ok(targets.has(target), line);
      }
    });

    test('supportlevel knows the commands and options', () => {
      for (const line of codeOf(text)) {
        const [, command, rest] = /(?:^|-- |conf |build\/)supportlevel ([a-z]+)(.*)/.exec(line) ?? [];
        if (!command || command === 'help') continue;
        assert.match(help, new RegExp(`^  ${command}\\b`, 'm'), line);
        for (const [option] of rest.replace(/#.*/, '').matchAll(/--[a-z-]+/g)) assert.ok(help.includes(option), `${line}: ${option}`);
      }
    });

    test('settings are some', () => {
      const ini = [...text.matchAll(/```ini\n([^]*?)```/g)].flatMap(([, block]) => [...block.matchAll(/^([a-z_]+)=/gm)].map(([, name]) => name));
      const environment = [...text.matchAll(/\bSUPPORTLEVEL_([A-Z_]+)=/g)].map(([, name]) => name.toLowerCase()).filter((name) => name !== 'config');
      for (const name of [...ini, ...environment]) assert.ok(settings.has(name), name);
    });
  });
}

test('the installed additions to the sites are those that the documentation names', () => {
  const text = read('docs/single-sign-on.md');
  for (const name of readdirSync(join(root, 'system/sign-in'))) assert.ok(text.includes(name), name);
});
