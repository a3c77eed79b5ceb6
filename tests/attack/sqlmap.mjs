// sqlmap against every target: boolean, error and UNION techniques (those that tell by time are left out: a busy machine answers late without any injection).
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEPT, patternOf } from './targets.mjs';

const SECONDS_OF_A_TARGET = 600;
const MARK = '*'; // sqlmap's, for a place that is no parameter

const unmarked = (text) => text.replaceAll(MARK, '%2A');

/** The path with a mark behind its part number `place`. */
function marked(path, place) {
  const parts = path.split('/');
  const places = patternOf(path).split('/').flatMap((part, at) => (part.startsWith('{}') ? [at] : []));
  const at = places[Number(place) - 1];
  return parts.map((part, index) => (index === at ? part + MARK : part)).join('/');
}

/** The request as sqlmap reads it. */
function requestText(stack, client, { method, path, fields, inPath, attacked, headers = {} }) {
  const base = new URL(stack.baseUrl);
  const mount = base.pathname.replace(/\/$/, '');
  const values = unmarked(new URLSearchParams(fields).toString());
  const place = inPath ? marked(path, attacked[0]) : path;
  const query = method === 'GET' && values && !inPath ? `?${values}` : '';
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const lines = { Host: base.host, 'Accept-Language': 'de', ...(cookie && { Cookie: cookie }), ...headers };
  if (method === 'POST') lines['Content-Type'] = 'application/x-www-form-urlencoded';
  return `${method} ${mount}${place}${query} HTTP/1.1\n${Object.entries(lines).map(([name, value]) => `${name}: ${value}\n`).join('')}\n${method === 'POST' ? values : ''}`;
}

function run(args, seconds) {
  return new Promise((resolve) => {
    const child = spawn('timeout', [String(seconds), 'sqlmap', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output += text; });
    child.on('exit', (code) => resolve({ output, late: code === 124 }));
  });
}

/** 'clean', 'late' (not finished in its time), or what sqlmap says where it found something or could do nothing at all. */
export async function attackBySqlmap(stack, client, target, level) {
  const directory = mkdtempSync(join(tmpdir(), 'supportlevel-sqlmap-'));
  const file = join(directory, 'request');
  writeFileSync(file, requestText(stack, client, target));
  const args = ['-r', file, '--batch', '--disable-coloring', '--flush-session', '--fresh-queries', `--output-dir=${directory}`, '--dbms=mysql', '--technique=BEU', `--level=${level}`,
    '--risk=1', '--ignore-stdin', '--ignore-redirects', '--drop-set-cookie', '--ignore-code=*', `--param-exclude=^(${KEPT.join('|')})$`];
  if (!target.inPath && !target.headers) args.push('-p', target.attacked.join(','));
  // A form is saved with the version that it was shown with: asked for anew each time, or all but the first try would end at a conflict.
  if (target.method === 'POST' && target.fields.has('version') && !target.inPath) args.push('--csrf-token=version', `--csrf-url=${client.url(target.page)}`);
  const { output, late } = await run(args, SECONDS_OF_A_TARGET);
  rmSync(directory, { recursive: true, force: true });
  const found = /sqlmap identified the following injection point[\s\S]*?---\n([\s\S]*?)---/.exec(output);
  if (found) return `injection: ${found[1].trim()}`;
  if (/all tested parameters do not appear to be injectable/.test(output)) return 'clean';
  return late ? 'late' : `sqlmap said nothing of it:\n${output.trim().split('\n').slice(-8).join('\n')}`;
}
