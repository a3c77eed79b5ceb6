// What every measurement needs: rounds side by side, their middle, a process's time and memory, and a report that says where and when it was measured.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/stack.mjs';

/** A setting from the environment: a count, "200k" or "1m" too. */
export function count(name, fallback) {
  const text = process.env[name] || String(fallback);
  const [, digits, unit] = /^(\d+)([km]?)$/i.exec(text) ?? [];
  if (!digits) throw new Error(`${name} is a number such as 200000, 200k or 1m, not "${text}"`);
  return Number(digits) * { '': 1, k: 1e3, m: 1e6 }[unit.toLowerCase()];
}

/** The most memory that a process ever had resident, in MiB; null when it is gone. */
export function peakMemory(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return null;
  }
}

/** What a process has resident, in MiB: `own` is what it alone has (heap, stack, what it changed of its files), `all` is with what is shared. */
export function residentMemory(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)[1]) / 1024;
  return { own: of('Private_Clean') + of('Private_Dirty'), all: of('Rss') };
}

/** Forgets the peak so far. */
export const forgetPeak = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** Runs a program to its end, what it prints being dropped: seconds and its peak memory. */
export function runProgram(program, args, { input = '', environment = {} } = {}) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(program, args, { cwd: root, env: { ...process.env, LC_ALL: 'C.UTF-8', ...environment }, stdio: [input ? 'pipe' : 'ignore', 'ignore', 'pipe'] });
    let peak = 0;
    let complaint = '';
    const watch = setInterval(() => { peak = peakMemory(child.pid) ?? peak; }, 20);
    child.stderr.setEncoding('utf8').on('data', (text) => { complaint += text; });
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(watch);
      if (status === 0) resolve({ seconds: (performance.now() - begin) / 1000, peak });
      else reject(new Error(`${program} ${args.join(' ')}: ${complaint.trim() || status}`));
    });
    if (input) child.stdin.end(input);
  });
}

/** Measures `candidates` ({ name: async () => ({ seconds, peak }) }) in turn, `rounds` times; the seconds and the largest peak of each. */
export async function inTurn(candidates, rounds) {
  const found = Object.fromEntries(Object.keys(candidates).map((name) => [name, { seconds: [], peak: 0 }]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measure] of Object.entries(candidates)) {
      const { seconds, peak } = await measure();
      found[name].seconds.push(seconds);
      found[name].peak = Math.max(found[name].peak, peak ?? 0);
      process.stderr.write(`round ${round + 1} of ${rounds}: ${name} ${seconds.toFixed(2)} s\n`);
    }
  }
  return found;
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Lines of cells as text, the first column to the left, the others to the right. */
export function table(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => [...line[column]].length)));
  return lines.map((line) => line.map((cell, column) => {
    const blanks = ' '.repeat(widths[column] - [...cell].length);
    return column === 0 ? cell + blanks : blanks + cell;
  }).join('  ').trimEnd()).join('\n');
}

function commit() {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  const head = git('rev-parse', '--short', 'HEAD');
  if (head.status !== 0) return 'unknown';
  return head.stdout.trim() + (git('status', '--porcelain', '--untracked-files=no', 'cgi-bin', 'sql').stdout ? ' with changes' : '');
}

/** Prints a report and keeps it in tests/bench/results. */
export function report(name, title, body) {
  const machine = cpus();
  const server = spawnSync('mariadbd', ['--version'], { encoding: 'utf8' }).stdout.match(/Ver (\S+)/)?.[1] ?? 'unknown';
  const text = `${title}\n\ncommit ${commit()}, ${new Date().toISOString().slice(0, 10)}\n${machine[0].model.trim()}, ${machine.length} cores, `
    + `${Math.round(totalmem() / 2 ** 30)} GiB; MariaDB ${server}\n\n${body}\n`;
  mkdirSync(join(root, 'tests/bench/results'), { recursive: true });
  writeFileSync(join(root, 'tests/bench/results', `${name}.txt`), text);
  process.stdout.write(`\n${text}`);
}
