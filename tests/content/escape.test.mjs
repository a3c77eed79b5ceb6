// No template prints data as it is: every text that is stored is made hostile, whatever the way it came in, and every page that links lead to is parsed. Source: quality.md, security 1.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { createContract } from '../support/contracts.mjs';
import { pdf, sendFiles } from '../support/files.mjs';
import { makeToken } from '../support/program.mjs';
import { root, startStack } from '../support/stack.mjs';

/** For a column of that many characters: an end of an attribute and of a tag, then an element of ours; where there is room, an address that would run. */
function hostile(length) {
  const long = `javascript:alert(1)//"'><x-evil onx=1><script>x()</script>{1}&lt;<?cs var:x ?>`;
  return length >= long.length + 10 ? long : length >= 24 ? `"'><x-evil onx=1>` : length >= 8 ? `"><x-e>` : '';
}

// ---- the templates' text ----

describe('templates', () => {
  const directory = join(root, 'templates');
  const COMMANDS = ['var', 'if', '/if', 'else', 'elif', 'each', '/each', 'loop', '/loop', 'def', '/def', 'call', 'include', 'set', 'with', '/with', 'alt', '/alt', 'name'];
  const FUNCTIONS = ['subcount', 'name', 'first', 'last', 'len', 'abs', 'max', 'min'];
  for (const name of readdirSync(directory).filter((one) => one.endsWith('.cs'))) {
    test(name, () => {
      const text = readFileSync(join(directory, name), 'utf8');
      const plain = text.replace(/<\?cs\s+(\S*?)(?:[:!?\s][\s\S]*?|)\?>/g, (whole, command) => {
        if (command === '#') return '';
        assert.ok(COMMANDS.includes(command.replace(/:.*/, '')), `only commands that escape: ${whole}`);
        for (const [, called] of whole.matchAll(/([\w.]+)\s*\(/g)) if (!/\bcall:|\bdef:/.test(whole)) assert.ok(FUNCTIONS.includes(called), `only functions that print no markup: ${whole}`);
        return command === 'var' ? '\u0001' : '';
      });
      assert.doesNotMatch(plain, /<\?cs/);
      // A value stands in text, or in an attribute with quotes; never in the place of a tag's or attribute's name, in a script, a style or a comment.
      let place = 'text';
      for (const character of plain) {
        if (place === 'text' && character === '<') place = 'tag';
        else if (place === 'tag' && character === '>') place = 'text';
        else if (place === 'tag' && character === '"') place = 'value';
        else if (place === 'value' && character === '"') place = 'tag';
        assert.ok(character !== '\u0001' || place !== 'tag', `a value without quotes in ${name}`);
      }
      for (const [, content] of plain.matchAll(/<(?:script|style)\b[^>]*>([\s\S]*?)<\/(?:script|style)>/g)) assert.equal(content.trim(), '');
      assert.doesNotMatch(plain, /\s(on\w+|style|srcdoc)=/i);
      assert.doesNotMatch(plain, /<!--[^>]*\u0001/);
    });
  }
});

// ---- what is stored ----

const stack = await startStack({ WORKERS: '2' });
after(() => stack.stop());
const admin = await signedIn(stack, 'admin');
const csrf = await admin.token();

/** One of everything, made as people make it. */
async function fill() {
  const evil = hostile(200);
  const contract = await createContract(admin);
  const number = stack.databaseValue(`SELECT number FROM contract WHERE id = ${contract.id}`);
  await sendFiles(admin, `/contracts/${contract.id}/documents`, { csrf, name: '' }, [['file', `${hostile(30)}.pdf`, pdf()]]);
  await makeToken(admin, { name: hostile(90) });
  await admin.submit('/settings/calendars/new?level=L1', { name: hostile(100) });
  await admin.post('/views', { csrf, name: hostile(100), query: 'level=L1' });
  await admin.submit('/requests/new', { contract: number, subject: evil, caller: hostile(100), text: evil }, 'form[data-guard]');
  const { location } = await admin.upload('/import', { csrf }, [{ field: 'file', name: 'evil.csv', bytes: `number,title,customer_number,customer_name,type,level,starts_on,"${evil.replace(/"/g, '""')}"\nX-1,t,"${evil.replace(/"/g, '""').slice(0, 40)}",k,MIETE,"Gold<x-e>",bad<x-e>,x\n` }]);
  return [location, `/contracts/${contract.id}`];
}

/** Every column of text that takes it, with the length it may have; "table.column" of each. */
function poison() {
  const columns = stack.database(`SELECT c.table_name, c.column_name, c.character_maximum_length FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'supportlevel' AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND c.data_type IN ('varchar', 'text', 'mediumtext') AND c.character_maximum_length >= 8`);
  const done = [];
  for (const [table, column, length] of columns) {
    // What the program reads as its own language, and refuses to go on with when it can't: no people's text.
    if (['migration', 'login_failure'].includes(table) || (table === 'user_password') || column === 'query' || (table === 'service_calendar' && column !== 'name')) continue;
    const value = hostile(Number(length) - 4).replace(/'/g, "''");
    const where = table === 'user' && column === 'name' ? "WHERE name = 'viewer'" : '';
    // A serial number keeps what has to be unique different.
    for (const text of [`CONCAT('${value}', @n := @n + 1)`, `'${value}'`]) {
      try {
        stack.database(`SET @n = 0; UPDATE \`${table}\` SET \`${column}\` = ${text} ${where}`);
        done.push(`${table}.${column}`);
        break;
      } catch { /* a rule of the table forbids it: it can't be stored */ }
    }
  }
  return done;
}

const starts = await fill();
const poisoned = poison();

function check(answer, path) {
  const { document } = answer;
  assert.doesNotMatch(answer.text, /<x-e|<script>x/i, path);
  for (const element of document.querySelectorAll('*')) {
    assert.doesNotMatch(element.localName, /^x-/, path);
    for (const { name, value } of element.attributes) {
      assert.doesNotMatch(name, /^on|^style$|[<>"']/i, path);
      if (['href', 'src', 'action', 'formaction', 'data', 'poster', 'cite', 'background', 'srcset'].includes(name) || name.endsWith(':href')) {
        // eslint-disable-next-line no-control-regex
        assert.match(value.replace(/[\u0000-\u0020]/g, '').toLowerCase(), /^($|\/(?!\/)|[?#]|https?:|mailto:|tel:|webcals?:)/, `${path}: ${element.localName} ${name}="${value}"`);
      }
    }
    if (element.localName === 'script') assert.equal(element.textContent, '', path);
    assert.notEqual(element.localName, 'base', path);
    assert.ok(!(element.localName === 'meta' && element.getAttribute('http-equiv')), path);
  }
}

test('the columns that people fill are hostile', () => {
  for (const column of ['contract.number', 'contract.title', 'contract.reference', 'contract.note', 'customer.number', 'customer.name', 'customer.email', 'customer.phone', 'customer.note', 'support_level.name', 'support_level.scope',
    'support_level.channels', 'contract_type.name', 'user.display_name', 'user.name', 'user.email', 'saved_view.name', 'document.name', 'calendar_subscription.name', 'access_token.name']) {
    assert.ok(poisoned.includes(column), `${column} of ${poisoned.join(' ')}`);
  }
});

test('every page that a link leads to', async () => {
  const mount = new URL(stack.baseUrl).pathname.replace(/\/$/, '');
  const seen = new Map();
  const queue = ['/', ...starts, '/settings/account', '/import', '/contracts/bulk', '/settings/calendars/new?level=L1', '/views/new?level=L1'];
  const visited = new Set(queue);
  let hostilePages = 0;
  while (queue.length > 0) {
    const path = queue.shift();
    const answer = await admin.get(path);
    assert.ok(answer.status < 500, `${path}: ${answer.status}\n${stack.errors().at(-1)}`);
    if (!/^text\/html/.test(answer.headers.get('content-type') ?? '')) continue;
    check(answer, path);
    if (/x-e/.test(answer.document.querySelector('main')?.textContent ?? '')) hostilePages += 1;
    for (const link of answer.document.querySelectorAll('a[href]')) {
      const { host, pathname, search } = new URL(link.getAttribute('href'), admin.url(path));
      const next = pathname.slice(mount.length) + search;
      // Two of a kind are enough.
      const kind = pathname.replace(/\/(\d+|[^/]*%22[^/]*)(?=[/.]|$)/g, '/N') + [...new URLSearchParams(search).keys()].sort().join('&');
      if (host !== new URL(stack.baseUrl).host || visited.has(next) || (seen.get(kind) ?? 0) >= 2 || /\/static\//.test(pathname)) continue;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      visited.add(next);
      queue.push(next);
    }
  }
  assert.ok(visited.size > 60, `only ${visited.size} pages`);
  assert.ok(hostilePages > 25, `only ${hostilePages} of ${visited.size} pages show what is hostile`);
});

test('what is sent and shown again: each parameter and each field of every form', async () => {
  const evil = hostile(200);
  for (const path of ['/contracts', '/customers', '/requests', '/reports/levels', '/reports/requests', '/entitlement', '/levels/compare', '/contracts/columns', '/views/new', '/settings/calendars/new', '/requests/new']) {
    check(await admin.get(`${path}?${encodeURIComponent(evil)}=1`), path);
    for (const name of ['q', 'customer', 'contract', 'level', 'type', 'status', 'responsible', 'sort', 'cols', 'on', 'by', 'from', 'value_from', 'starts_from', 'after', 'lang']) {
      check(await admin.get(`${path}?${name}=${encodeURIComponent(evil)}`), `${path}?${name}`);
    }
  }
  for (const path of ['/contracts/new', '/customers/new', '/levels/new', '/requests/new', '/settings/service-calendars/new', '/settings/tokens', '/views/new', '/settings/calendars/new', '/settings/account', ...starts.slice(1).flatMap((one) => [`${one}/edit`, `${one}/cancel`])]) {
    const page = await admin.get(path);
    for (const form of page.document.querySelectorAll('main form[method="post"]')) {
      if (form.id === 'sign-out-form') continue;
      const fields = [...form.querySelectorAll('[name]')].map((one) => one.getAttribute('name'));
      const answer = await admin.post(new URL(form.getAttribute('action') || '', admin.url(path)).href, [['csrf', csrf], ...[...new Set(fields)].filter((one) => one !== 'csrf').map((one) => [one, evil])]);
      assert.ok(answer.status < 500, `${path}: ${answer.status}`);
      if (answer.text) check(answer, `POST ${path}`);
    }
  }
});
