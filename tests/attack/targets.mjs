// What can be attacked: every address with parameters, every form and every part of a path that a role meets when it follows the links of the pages.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Client, formFields, signedIn } from '../support/client.mjs';
import { build, root } from '../support/stack.mjs';

export const ROLES = ['nobody', 'viewer', 'editor', 'admin'];
const PAGES_OF_A_PATTERN = 2; // one more may show what the first one had no reason to
const QUERIES_OF_A_PAGE = 2;
const AT_ONCE = 6; // parameters of a target, so that one of many doesn't take the time of all
// Without the right ones nothing is read of a form.
export const KEPT = ['csrf', 'version'];
// Ends what is being used; the tests of users and rights try it.
const SIGN_OUT = /^\/(logout|settings\/account\/sign-out|settings\/users\/\d+\/(sign-out|active))$/;
// Forms of these come last: they take away what others work on.
const TAKES_AWAY = /\/(delete|remove|revoke|undo|retire|cancel|withdraw)$/;

const routes = spawnSync(join(root, build, 'supportlevel.fcgi'), ['--routes'], { encoding: 'utf8' }).stdout.trim().split('\n').map((line) => line.split(' ')[1]);
const patterns = [...new Set(routes)].map((route) => ({ route, fits: new RegExp(`^${route.replace(/\{\}/g, '[^/]+')}$`) }));

/** The route's pattern of a path, or the path. */
export const patternOf = (path) => patterns.find(({ fits }) => fits.test(path))?.route ?? path;

/** A signed-in client of each role; nobody's has no session. */
export async function clientsOf(stack) {
  return Object.fromEntries(await Promise.all(ROLES.map(async (role) => [role, role === 'nobody' ? new Client(stack) : await signedIn(stack, role)])));
}

class Crawl {
  constructor(client, role) {
    Object.assign(this, { client, role, seen: new Map(), found: [], queue: [role === 'nobody' ? '/login' : '/'] });
  }

  /** What is ours behind an address as a page has it: path and query below the mount; or null. */
  own(address, page) {
    const base = new URL(this.client.stack.baseUrl);
    const url = new URL(address || page, new URL(page, base));
    const mount = base.pathname.replace(/\/$/, '');
    if (url.origin !== base.origin || !url.pathname.startsWith(mount) || url.pathname.startsWith(`${mount}/static/`)) return null;
    return { path: url.pathname.slice(mount.length) || '/', query: url.search.slice(1) };
  }

  enter({ path, query }) {
    const pattern = patternOf(path);
    const pages = this.seen.get(pattern) ?? this.seen.set(pattern, new Map()).get(pattern);
    const queries = pages.get(path) ?? (pages.size < PAGES_OF_A_PATTERN ? pages.set(path, new Set()).get(path) : null);
    if (!queries || queries.has(query) || queries.size >= QUERIES_OF_A_PAGE) return;
    queries.add(query);
    this.queue.push(query ? `${path}?${query}` : path);
  }

  note(method, path, fields, page) {
    if (!SIGN_OUT.test(path)) this.found.push({ role: this.role, method, path, fields, page });
  }

  read(document, page) {
    for (const link of document.querySelectorAll('a[href]')) {
      const own = this.own(link.getAttribute('href'), page);
      if (!own) continue;
      this.note('GET', own.path, new URLSearchParams(own.query), page);
      if (!/\.(csv|xlsx|ics)$/.test(own.path)) this.enter(own);
    }
    for (const form of document.querySelectorAll('form')) {
      const own = this.own(form.getAttribute('action'), page);
      const method = (form.getAttribute('method') ?? 'get').toUpperCase();
      const fields = formFields(form);
      // What isn't ticked can be.
      for (const input of form.querySelectorAll('input[type="checkbox"][name], input[type="radio"][name]')) {
        if (!fields.has(input.getAttribute('name'))) fields.append(input.getAttribute('name'), input.getAttribute('value') ?? 'on');
      }
      for (const button of form.querySelectorAll('button[name]')) fields.append(button.getAttribute('name'), button.getAttribute('value') ?? '');
      if (own && !form.querySelector('input[type="file"]')) this.note(method, own.path, fields, page);
    }
  }

  /** The steps of a form that shows another one before anything is done. */
  async follow({ path, fields, page }) {
    const answer = await this.client.post(path, fields);
    if (answer.status === 200) this.read(answer.document, page);
  }

  async run() {
    for (let page; (page = this.queue.shift()) !== undefined;) {
      const answer = await this.client.get(page);
      const type = answer.headers.get('content-type') ?? '';
      if (answer.location) {
        const own = this.own(answer.location, page);
        if (own) this.enter(own);
      } else if (type.startsWith('text/html')) {
        this.read(answer.document, page);
      }
    }
    for (const preview of this.found.filter(({ method, path }) => method === 'POST' && path === '/contracts/bulk')) await this.follow(preview);
    return this.found;
  }
}

/** What links and forms lead to only when there is some: a view, a calendar, a token, a request, a change of many contracts. */
async function prepare({ viewer, editor }, contract) {
  await viewer.submit('/views/new?level=L1', { name: 'Angriff' });
  await viewer.submit('/settings/calendars/new?level=L1', { name: 'Angriff' });
  await viewer.submit('/settings/tokens', { name: 'Angriff' }, 'form.token-form');
  await editor.submit(`/requests/new?contract=${contract}`, { subject: 'Angriff', caller: 'Angriff', text: 'Angriff' });
}

/** Each parameter of each address once, as the lowest role that can send it: higher ones come to the same handler. `attacked` are a target's names that no
 * earlier target has; a part of a path is named by its place, 1 or 2. */
export async function targetsOf(clients, contract) {
  await prepare(clients, contract);
  const known = new Set();
  const targets = [];
  const take = (target, names) => {
    const attacked = names.filter((name) => !known.has(`${target.method} ${patternOf(target.path)} ${name}`));
    for (const name of attacked) known.add(`${target.method} ${patternOf(target.path)} ${name}`);
    for (let at = 0; at < attacked.length; at += AT_ONCE) targets.push({ ...target, attacked: attacked.slice(at, at + AT_ONCE) });
  };
  for (const role of ROLES) {
    const found = await new Crawl(clients[role], role).run();
    for (const target of found) take(target, [...new Set(target.fields.keys())].filter((name) => !KEPT.includes(name)));
    for (const target of found.filter(({ path }) => patternOf(path).includes('{}'))) take({ ...target, inPath: true }, ['1', '2'].slice(0, patternOf(target.path).split('{}').length - 1));
  }
  return [...targets.filter(({ path }) => !TAKES_AWAY.test(path)), ...targets.filter(({ path }) => TAKES_AWAY.test(path))];
}
