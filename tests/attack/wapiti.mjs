// wapiti as one role: it follows every link, sends every form, and tries what it knows in each parameter.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Left out: what guesses passwords and names of files (buster, nikto, brute_login_form, wapp), what needs a machine outside (ssrf, xxe), what tells by time (blindsql,
// shellshock).
const MODULES = 'backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,sql,xss';

// What wapiti says and isn't so: the kind of finding, where, and why not.
const NO_FINDINGS = [
  // The door below answers in its place; rights.test.mjs tries it.
  { kind: 'Cross Site Request Forgery', where: /^POST \/(logout|settings\/account\/sign-out|settings\/users\/\d+(\/(sign-out|active))?) / },
  // Wapiti sends each field of a form with files as a file: no token arrives, neither the right one nor its own, and both are refused. rights.test.mjs tries it.
  { kind: 'Cross Site Request Forgery', where: /^POST \/contracts\/\d+\/documents / },
  // frame-ancestors 'none' of the Content-Security-Policy goes before it (CSP 3, 6.4.2), in every browser since 2016.
  { kind: 'HTTP Secure Headers', where: /X-Frame-Options is not set/ },
  // No browser reads it any more, and those that did could be led to leak by it (OWASP, HTTP Headers Cheat Sheet: don't set it).
  { kind: 'HTTP Secure Headers', where: /X-XSS-Protection is not set/ },
  // Belong to TLS, and this stack speaks none; headers.test.mjs tries both as behind TLS.
  { kind: 'HTTP Secure Headers', where: /Strict-Transport-Security is not set/ },
  { kind: 'Secure Flag cookie', where: /Secure flag is not set/ },
];

/** A door to the stack for one role: it brings the session, and doesn't let wapiti end it (its own way to leave out an address fails under Python 3.11). */
async function openDoor(stack, client) {
  const statuses = new Map();
  const server = createServer((asked, answer) => {
    // A user's form too: another role ends the sessions of the roles that attack beside this one.
    if (/^[^?]*\/(logout|sign-out|settings\/users\/\d+(\/active)?$)/.test(asked.url) && asked.method === 'POST') {
      answer.writeHead(403).end();
      return;
    }
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...asked.headers, ...(cookie && { cookie }) };
    const passed = request({ host: '127.0.0.1', port: stack.port, method: asked.method, path: asked.url, headers, agent: false }, (response) => {
      statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, statuses, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) };
}

function run(args, seconds) {
  return new Promise((resolve) => {
    const child = spawn('timeout', [String(seconds), 'wapiti', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output += text; });
    child.on('exit', () => resolve(output));
  });
}

function findingsOf(report) {
  const kinds = { ...report.vulnerabilities, ...report.anomalies };
  return Object.entries(kinds).flatMap(([kind, found]) => found.map(({ method, path, parameter, info }) => ({ kind, method, path, parameter, info })))
    .filter((finding) => !NO_FINDINGS.some(({ kind, where }) => kind === finding.kind && where.test(`${finding.method} ${finding.path} ${finding.info}`)));
}

/** What wapiti found, and how many answers of each status it got. Crawling ends after `seconds`, each module after as many again; a slow answer is no finding. */
export async function attackByWapiti(stack, client, seconds) {
  const door = await openDoor(stack, client);
  const directory = mkdtempSync(join(tmpdir(), 'supportlevel-wapiti-'));
  const report = join(directory, 'report.json');
  const output = await run(['-u', door.address, '-s', `${door.address}login`, '-m', MODULES, '-l', '1', '--scope', 'folder', '--max-scan-time', String(seconds), '--max-attack-time', String(seconds),
    '-t', '60', '--max-files-per-dir', '8', '--max-links-per-page', '60', '--max-parameters', '40', '--flush-session', '--store-session', directory, '--store-config', directory,
    '--no-bugreport', '-f', 'json', '-o', report], seconds * 30 + 120);
  await door.close();
  try {
    return { findings: findingsOf(JSON.parse(readFileSync(report, 'utf8'))), statuses: Object.fromEntries([...door.statuses].sort()) };
  } catch {
    throw new Error(`wapiti made no report:\n${output.trim().split('\n').slice(-8).join('\n')}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
