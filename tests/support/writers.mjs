// People who write through the web, several at once, and note what they were told: a write that was acknowledged, one that was refused, and one of which
// nobody knows. Whoever doesn't know sends the form again, as the page offers, or gives up; what is there afterwards must agree with the notes.
import { Client, formFields, signedIn } from './client.mjs';
import { Chance } from './chance.mjs';

/** The web server's own limit for an answer, and what it may take to say that it has passed. */
const HANGS = 70000;

/** A client that measures, and takes no answer at all for a fault of its own kind. */
class WatchedClient extends Client {
  constructor(stack, notes) {
    super(stack);
    this.notes = notes;
  }

  async request(path, options) {
    const start = performance.now();
    let timer;
    const hanging = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('hangs')), HANGS); });
    try {
      return await Promise.race([super.request(path, options), hanging]);
    } catch (error) {
      if (error.message === 'hangs') this.notes.problem(`${options?.method ?? 'GET'} ${path}: no answer within ${HANGS / 1000} s`);
      throw error;
    } finally {
      clearTimeout(timer);
      this.notes.took(performance.now() - start, path);
    }
  }
}

/** What the writers of one test were told. A state is { is, certain }: text that nothing else has, and whether it was acknowledged. */
class Notes {
  group = ''; // what all names of these writers begin with
  contracts = [];
  requests = [];
  bulks = [];
  problems = [];
  counts = { acknowledged: 0, unknown: 0, refused: 0, again: 0, late: 0 };
  underWay = 0;
  strikes = 0;
  struckUnderWay = 0;
  longestOutage = 0; // from one acknowledged write to the next
  longestPage = 0;
  waiting = [];

  problem(text) {
    if (this.problems.length < 50) this.problems.push(text);
  }

  took(time, path) {
    if (time > this.longestPage) [this.longestPage, this.longestPath] = [time, path.replace(/^https?:\/\/[^/]+/, '').replace(/\d+/, '…')];
  }

  /** Something is about to be killed. */
  struck() {
    this.strikes += 1;
    if (this.underWay > 0) this.struckUnderWay += 1;
  }

  acknowledge() {
    this.counts.acknowledged += 1;
    const now = performance.now();
    this.longestOutage = Math.max(this.longestOutage, now - (this.acknowledgedAt ?? now));
    this.acknowledgedAt = now;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Resolves at the next acknowledged write. */
  next() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no write was acknowledged for two minutes; ${this.problems.join('\n')}`)), 120000);
      this.waiting.push(() => { clearTimeout(timer); resolve(); });
    });
  }

  summary() {
    const { acknowledged, unknown, refused, again, late } = this.counts;
    const seconds = (time) => (time / 1000).toFixed(1);
    return `${this.strikes} blows (${this.struckUnderWay} while a write was under way); writes: ${acknowledged} acknowledged, ${unknown} of unknown fate, of which given up `
      + `${this.present ?? '?'} were found whole and ${this.absent ?? '?'} absent, ${refused} refused, ${again} sent again, ${late} overtaken; `
      + `longest outage ${seconds(this.longestOutage)} s, longest page ${seconds(this.longestPage)} s (${this.longestPath})`;
  }
}

const LEVELS = ['', 'L0', 'L1', 'L2', 'L3', 'L4'];
const stateOf = (title, level) => `${title}|${level}`;

class Writer {
  constructor(stack, client, notes, name) {
    Object.assign(this, { stack, client, notes, name });
    this.chance = new Chance(`writer ${name}`);
    this.number = 0;
    this.contracts = [];
    this.requests = [];
  }

  /** A word that nothing else of the run has. */
  word() {
    this.number += 1;
    return `${this.name}n${this.number}`;
  }

  async back() {
    for (;;) {
      const answer = await this.client.get('/healthz').catch(() => null);
      if (answer?.status === 200 || this.stopped) return;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** A page, asked for again until the service is back; null when the writer stops. */
  async page(path) {
    for (;;) {
      const answer = await this.client.get(path).catch(() => null);
      if (answer?.status === 200) return answer;
      if (answer !== null && answer.status !== 503) this.notes.problem(`GET ${path}: ${answer.status} ${answer.location ?? ''} ${answer.text.replace(/\s+/g, ' ').slice(0, 300)}`);
      if (this.stopped) return null;
      await this.back();
    }
  }

  async attempt(path, fields) {
    this.notes.underWay += 1;
    try {
      const answer = await this.client.post(path, fields);
      if (answer.status === 303) return answer.location.includes('/login') ? { fate: 'lost' } : { fate: 'acknowledged', answer };
      if ([409, 422].includes(answer.status)) return { fate: 'answered', answer };
      if (answer.status !== 503) return { fate: 'lost', answer };
      // Only the program says when to come again, and it says when it doesn't know; the web server never knows.
      const ofProgram = answer.headers.has('retry-after');
      const knows = ofProgram && !answer.document.querySelector('a[href*="sort=-updated"], main a[href*="/requests"][target="_blank"]');
      return { fate: knows ? 'refused' : 'unknown', answer, form: ofProgram ? answer.document.querySelector('main form[method="post"]') : null };
    } catch (error) {
      return { fate: error.code === 'ECONNREFUSED' ? 'refused' : 'unknown' };
    } finally {
      this.notes.underWay -= 1;
    }
  }

  /**
   * Sends a form until its fate is known, or gives up. `{ stored: true | false | undefined, answer }`; an answer of `known`, 409 or 422, says that an
   * earlier attempt was stored.
   */
  async send(path, fields, known, disputed = false) {
    for (let unknown = false, sending = fields; ;) {
      const { fate, answer, form } = await this.attempt(path, sending);
      if (fate === 'acknowledged' || (fate === 'answered' && answer.status === known && unknown)) {
        this.notes.acknowledge();
        return { stored: true, answer, at: fate };
      }
      if (fate === 'answered' && answer.status === known && disputed) {
        this.notes.counts.late += 1;
        return { stored: false };
      }
      if (fate === 'answered' || fate === 'lost') {
        this.notes.problem(`POST ${path}: ${answer?.status ?? 'sign-in'} ${answer?.text.replace(/\s+/g, ' ').replace(/.*<main/, '').slice(0, 600)}\n${new URLSearchParams(fields)}`);
        return { stored: undefined };
      }
      this.notes.counts[fate] += 1;
      unknown ||= fate === 'unknown';
      if (this.stopped || this.chance.once(2)) return { stored: unknown ? undefined : false };
      await this.back();
      this.notes.counts.again += 1;
      if (form) sending = formFields(form);
    }
  }

  note(record, is, stored) {
    if (stored !== false) record.states.push({ is, certain: stored === true });
  }

  async create() {
    const page = await this.page('/contracts/new');
    if (!page) return;
    const fields = formFields(page.document.querySelector('form:has([name="number"])'));
    const number = this.word();
    const [title, level] = [`Vertrag ${this.word()}`, this.chance.pick(LEVELS)];
    const set = { number, title, level, customer_number: this.chance.pick(this.customers), type: this.chance.pick(['WARTUNG', 'MIETE', 'SUPPORT']),
      starts_on: `20${20 + this.chance.below(6)}-0${1 + this.chance.below(9)}-01`, ends_on: this.chance.pick(['', '2029-12-31']), notice_period: '3m', notice_to: 'month',
      amount: `${this.chance.below(5000)}.00`, billing_months: this.chance.pick(['1', '3', '6', '12']), reference: `Ä-${number}` };
    if (set.ends_on) set.renewal_months = this.chance.pick(['0', '12']);
    for (const [name, value] of Object.entries(set)) fields.set(name, value);
    const { stored, answer, at } = await this.send('/contracts', fields, 422);
    const contract = { number, states: [] };
    this.note(contract, stateOf(title, level), stored);
    if (contract.states.length > 0) this.notes.contracts.push(contract);
    if (!stored) return;
    const found = at === 'acknowledged' ? answer.location : (await this.page(`/contracts.json?q=${number}`))?.json().contracts[0]?.id;
    if (found) this.contracts.push(Object.assign(contract, { id: Number(/\d+$/.exec(String(found).split('?')[0])) }));
    else if (!this.stopped) this.notes.problem(`${number}: said to be taken, but not found`);
  }

  /** The last state that is certain, and those after it that may have come; what a page shows must be one of them. */
  mustShow(contract, shown) {
    const last = contract.states.findLastIndex((state) => state.certain);
    if (!contract.states.slice(last).some((state) => state.is === shown)) this.notes.problem(`${contract.number} shows ${shown} after ${contract.states.map((state) => state.is + (state.certain ? '' : '?')).join(', ')}`);
  }

  async change() {
    const contract = this.chance.pick(this.contracts);
    const page = await this.page(`/contracts/${contract.id}/edit`);
    if (!page) return;
    const fields = formFields(page.document.querySelector('form:has([name="number"])'));
    const before = fields.get('level');
    this.mustShow(contract, stateOf(fields.get('title'), before));
    const [title, level] = [`Vertrag ${this.word()}`, this.chance.pick(LEVELS.filter((one) => one !== before))];
    fields.set('title', title);
    fields.set('level', level);
    if (this.chance.once(3)) fields.set('note', 'Lange Notiz. '.repeat(this.chance.below(300)));
    const { stored } = await this.send(`/contracts/${contract.id}`, fields, 409, !contract.states.at(-1).certain);
    this.note(contract, stateOf(title, level), stored);
  }

  /** Some of the writer's contracts get another level at once. */
  async bulk() {
    const ticked = this.contracts.filter((contract) => contract.states.at(-1).certain && this.chance.once(2)).slice(0, 25);
    const level = this.chance.pick(LEVELS.slice(1));
    const changed = ticked.filter((contract) => !contract.states.at(-1).is.endsWith(`|${level}`));
    if (changed.length === 0) return;
    const list = await this.page('/contracts');
    if (!list) return;
    const chosen = new URLSearchParams({ csrf: list.document.querySelector('[name="csrf"]').getAttribute('value'), choose: 'ticked', query: '', step: 'preview', level });
    for (const { id } of ticked) chosen.append('contract', String(id));
    const preview = await this.client.post('/contracts/bulk', chosen).catch(() => null);
    if (preview?.status !== 200) return;
    const confirm = preview.document.querySelector('form.bulk-confirm');
    if (!confirm) {
      this.notes.problem(`bulk ${level}: nothing to confirm for ${changed.map(({ number }) => number)}`);
      return;
    }
    const fields = formFields(confirm);
    fields.set('step', 'apply');
    const { stored, answer, at } = await this.send('/contracts/bulk', fields, 409);
    if (stored === false) return;
    for (const contract of changed) this.note(contract, stateOf(contract.states.at(-1).is.split('|')[0], level), stored);
    this.notes.bulks.push({ id: at === 'acknowledged' ? Number(/(\d+)$/.exec(answer.location.split('?')[0])[1]) : null, certain: stored === true, contracts: changed.map(({ id }) => id), level });
  }

  async takeIn() {
    const contract = this.chance.pick(this.contracts);
    const page = await this.page(`/requests/new?contract=${contract.number}`);
    if (!page) return;
    const fields = formFields(page.document.querySelector('form[data-guard]'));
    const request = { subject: `Anfrage ${this.word()}`, states: [] };
    fields.set('subject', request.subject);
    const { stored, answer } = await this.send('/requests', fields, 0);
    this.note(request, '', stored);
    if (stored !== false) this.notes.requests.push(request);
    if (stored) this.requests.push(Object.assign(request, { id: Number(/(\d+)$/.exec(answer.location.split('?')[0])[1]) }));
  }

  async step() {
    const request = this.chance.pick(this.requests);
    const page = await this.page(`/requests/${request.id}`);
    if (!page) return;
    const form = page.document.querySelector('form[data-guard]');
    const fields = formFields(form);
    const step = this.chance.pick([...form.querySelectorAll('button[name="step"]')].map((button) => button.getAttribute('value')));
    const levels = [...form.querySelectorAll('select[name="level"] option')].map((option) => option.getAttribute('value')).filter(Boolean);
    const text = `Schritt ${this.word()}`;
    fields.set('step', step);
    fields.set('text', text);
    if (step === 'passed_on') fields.set('level', this.chance.pick(levels));
    const { stored } = await this.send(`/requests/${request.id}`, fields, 409, !request.states.at(-1).certain);
    this.note(request, text, stored);
  }

  async write() {
    const what = this.chance.below(10);
    if (this.contracts.length < 3 || (what < 2 && this.contracts.length < 60)) await this.create();
    else if (what < 5) await this.change();
    else if (what < 6) await this.bulk();
    else if (what < 7 || this.requests.length === 0) await this.takeIn();
    else await this.step();
  }

  async run() {
    while (!this.stopped) await this.write();
  }
}

let groups = 0;

/** Lets `count` people write while `work` is done with their notes, and gives these when each has finished what it was at. */
export async function whileWriting(stack, count, work) {
  const notes = new Notes();
  groups += 1;
  notes.group = `g${groups}w`;
  const customers = stack.database('SELECT number FROM customer ORDER BY id LIMIT 20').map(([number]) => number);
  const editor = await signedIn(stack, 'editor');
  const writers = Array.from({ length: count }, (_, at) => {
    const client = new WatchedClient(stack, notes);
    client.cookies = new Map(editor.cookies);
    return Object.assign(new Writer(stack, client, notes, `${notes.group}${at + 1}`), { customers });
  });
  const writing = Promise.all(writers.map((writer) => writer.run().catch((error) => notes.problem(String(error.stack)))));
  try {
    await work(notes);
  } finally {
    for (const writer of writers) writer.stopped = true;
    await writing;
  }
  return notes;
}
