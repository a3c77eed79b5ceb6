// Prometheus' text format, read strictly: what promtool accepts and this doesn't is a defect too.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './stack.mjs';

const SAMPLE = /^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (\d+(?:\.\d+)?)$/;

/** Samples as { 'name{label="value"}': number }; every one belongs to the family that was declared last. */
export function readMetrics(text) {
  const samples = {};
  let family = null;
  assert.ok(text.endsWith('\n'));
  for (const line of text.trimEnd().split('\n')) {
    const [, kind, name, rest] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') family = { name };
    else if (kind === 'TYPE') assert.equal(name, family.name, line), (family.type = rest);
    else {
      const sample = SAMPLE.exec(line);
      assert.ok(sample, line);
      assert.equal(family.type === 'histogram' ? sample[1].replace(/_(bucket|sum|count)$/, '') : sample[1], family.name, line);
      const key = line.slice(0, line.lastIndexOf(' '));
      assert.ok(!(key in samples), `twice: ${key}`);
      samples[key] = Number(sample[3]);
    }
  }
  return samples;
}

/** What Prometheus' own program says of the text; empty when nothing. */
export function promtoolSays(text) {
  const program = spawnSync(join(root, 'scripts/unpack.sh'), ['prometheus', 'usr/bin/promtool'], { encoding: 'utf8' });
  if (program.status !== 0) throw new Error(program.stderr);
  const check = spawnSync(program.stdout.trim(), ['check', 'metrics'], { input: text, encoding: 'utf8' });
  return check.status === 0 ? check.stdout + check.stderr : `status ${check.status}: ${check.stderr}`;
}
