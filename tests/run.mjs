// node tests/run.mjs http|content|browser|screenshots|fault|fault/long [name …]: starts one stack for the directory's test files and runs them, or only those whose
// name contains one of the words; the last line is "N passed, N failed". What a test prints is shown. Those of fault/long each break a stack of their own, by
// what chance decides: SEED.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from 'node:test';
import { seed } from './support/chance.mjs';
import { build, root, startStack } from './support/stack.mjs';

const [kind, ...words] = process.argv.slice(2);
const directory = join(root, 'tests', kind);
const files = readdirSync(directory).filter((name) => name.endsWith('.test.mjs') && (words.length === 0 || words.some((word) => name.includes(word))))
  .sort().map((name) => join(directory, name));

const isLong = kind.endsWith('/long');
if (isLong) console.log(`SEED=${seed()}`);
const stack = isLong ? null : await startStack();
if (stack) process.env.TEST_STACK = JSON.stringify(stack);
let stopping;
const stop = async () => (stopping ??= stack?.stop());
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop().then(() => process.exit(1)));

let passed = 0;
let failed = 0;
const label = `${kind}, ${process.env.WEB || 'apache'}`;
// Workers with sanitizers, or under valgrind, take their time.
const patience = process.env.UNDER || build !== 'build' ? 3600000 : isLong || kind === 'screenshots' || kind === 'browser' ? 1800000 : 1200000;
const events = run({ files, concurrency: 1, timeout: patience });
// A file or a group is no test of its own, unless it fails without any of its tests failing.
const isGroup = (event) => event.details?.type === 'suite' || files.includes(event.name) || files.some((file) => basename(file) === basename(event.name));
let failedBefore = 0;
// What a file that broke off said, shown with its failure.
let errorOutput = '';
events.on('test:stderr', (event) => { errorOutput += event.message; });
events.on('test:stdout', (event) => process.stdout.write(event.message));
events.on('test:pass', (event) => {
  if (!isGroup(event) && !event.skip && !event.todo) passed += 1;
});
events.on('test:fail', (event) => {
  if (isGroup(event)) {
    if (failed > failedBefore) {
      failedBefore = failed;
      return;
    }
  }
  failed += 1;
  const said = isGroup(event) ? errorOutput.trim() : '';
  errorOutput = '';
  failedBefore = isGroup(event) ? failed : failedBefore;
  const error = event.details?.error;
  const cause = error?.cause ?? error;
  console.log(`FAILED (${label}) ${event.name}\n    ${String(cause?.message ?? cause).replace(/\n/g, '\n    ')}`);
  if (said) console.log(`    ${said.slice(0, 2000).replace(/\n/g, '\n    ')}`);
  const place = /\(?(?:file:\/\/)?([^\s(]+\.mjs:\d+)/.exec(cause?.stack ?? '');
  if (place) console.log(`    at ${place[1].replace(root + '/', '')}`);
});
events.on('data', () => {});
await new Promise((resolve) => events.on('end', resolve));
// Some tests ask for errors; when one fails, these say why.
if (failed > 0 && stack) console.log(stack.errors().slice(-20).map((line) => `    (${label}) ${line}\n`).join('').trimEnd());
await stop().catch((error) => {
  failed += 1;
  console.log(`FAILED (${label}) ${error.message}`);
});
console.log(`${label}: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
