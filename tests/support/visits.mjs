// Every page in every state that a person can bring about: how a browser comes there. What is checked or drawn of them is their users' matter.
import { newNumber } from './contracts.mjs';

/** What a visit is made of. */
function ways(stack) {
  const address = (path) => stack.baseUrl + path;
  const at = (path, open) => Object.assign(open, { path });
  /** Sends a form, and waits for what comes back. */
  const sent = (page, press) => Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.waitForEvent('domcontentloaded'), press()]);
  const show = (path) => at(path, (page) => page.goto(address(path)));
  const submitted = (path, fields, form = 'main .form') => at(path, async (page) => {
    await page.goto(address(path));
    for (const [name, text] of Object.entries(fields)) await page.locator(`main [name="${name}"]`).first().evaluate((field, typed) => { field.value = typed; }, text);
    await sent(page, () => page.locator(form).first().evaluate((element) => element.requestSubmit()));
  });
  return { address, at, sent, show, submitted };
}

/** [what it is, how a page is brought there; its `path` is the address where that begins] of administrators, and of whoever isn't signed in. */
export function visits(stack) {
  const { address, at, sent, show, submitted } = ways(stack);
  const value = (sql) => stack.databaseValue(sql);
  const contract = value('SELECT MIN(id) FROM contract');
  const customer = value('SELECT MIN(id) FROM customer');
  const user = value("SELECT id FROM user WHERE name = 'viewer'");
  const documents = `/contracts/${contract}/documents`;
  const supportContract = encodeURIComponent(value('SELECT MIN(number) FROM contract WHERE status = 1 AND level_id IS NOT NULL'));
  const contractOf = (condition) => `/contracts/${value(`SELECT MIN(id) FROM contract WHERE ${condition}`)}`;
  stack.database(`INSERT IGNORE INTO document (contract_id, name, content_type, size, hash) VALUES (${contract}, '${'Rahmenvertrag_unterschrieben_'.repeat(4)}.pdf', 'application/pdf', 1234567, REPEAT('h', 32));
    INSERT IGNORE INTO saved_view (owner_id, name, query, shared) SELECT id, 'Wartung mit Level 1, bald kündbar', 'level=L1&type=WARTUNG&notice_to=%2B90d', TRUE FROM user WHERE name = 'admin';
    INSERT IGNORE INTO saved_view (owner_id, name, query) SELECT id, 'Passt nicht mehr', 'level=GONE&cols=number' FROM user WHERE name = 'admin'`);
  const view = value("SELECT MIN(saved_view.id) FROM saved_view JOIN user ON user.id = owner_id WHERE user.name = 'admin'");

  const opened = (path, selector) => at(path, async (page) => {
    await page.goto(address(path));
    await page.click(selector);
  });

  const pressed = (path, selector) => at(path, async (page) => {
    await page.goto(address(path));
    await sent(page, () => page.click(selector));
  });

  /** A request in some state, taken in and led there by hand. */
  const request = (...steps) => at('/requests/1', async (page) => {
    await page.goto(address(`/requests/new?contract=${supportContract}`));
    await page.fill('#subject', 'Ein Betreff, der so lang ist, dass er auf einem schmalen Bildschirm umbricht: Kennung 0123456789012345678901234567890123456789');
    await page.fill('#text', 'Erste Zeile\nZweite Zeile');
    await Promise.all([page.waitForURL(/\/requests\/\d+$/), page.click('main .button-primary[type="submit"]')]);
    for (const [step, text] of steps) {
      await page.fill('#text', text);
      await sent(page, () => page.click(`form[data-guard] button[value="${step}"]`));
    }
  });

  /** Somebody else saves between this form's opening and its sending. */
  const conflict = at(`/contracts/${contract}/edit`, async (page) => {
    await page.goto(address(`/contracts/${contract}/edit`));
    stack.database(`UPDATE contract SET version = version + 1, title = CONCAT('Neu: ', title) WHERE id = ${contract}`);
    await page.fill('[name="title"]', 'Anderer Titel');
    await Promise.all([page.waitForURL(/\/contracts\/\d+$/), page.click('.form .button-primary')]);
    await page.waitForSelector('#title-theirs');
  });

  /** A change of two contracts' level, as far as so many presses lead: choose, preview, apply. */
  const bulk = (path, ...presses) => at(path, async (page) => {
    await page.goto(address('/contracts?level=none&per=25'));
    for (const row of [0, 1]) await page.locator('td.tick input').nth(row).check();
    await sent(page, () => page.click('#bulk [name="choose"]'));
    for (const press of presses) {
      if (press === 'preview') await page.selectOption('main [name="level"]', 'L1');
      await sent(page, () => page.click(`main button[value="${press === 'nothing' ? 'preview' : press}"]`));
    }
    // Given back, so that the next one finds contracts without a level too.
    if (presses.includes('apply')) stack.database(`UPDATE contract JOIN bulk_change_row ON contract_id = contract.id SET contract.level_id = NULL WHERE bulk_change_id = ${page.url().split('/').at(-1)}`);
  });

  /** An import, as far as so many presses lead: columns, words, preview, record. */
  const HEAD = 'Vertragsnummer;Bezeichnung;Kundennummer;Kunde;Vertragsart;Supportlevel;Beginn;Betrag;Lagerort';
  const imported = (...presses) => at('/import/1', async (page) => {
    const number = newNumber('B');
    const line = (end, level, day) => `${number}${end};Wartung für Müller;BI-${number};Müller & Söhne;Wartungsvertrag;${level};${day};1.234,50;Regal 4\r\n`;
    await page.goto(address('/import'));
    await page.setInputFiles('#file', { name: 'Verträge aus dem alten Programm.csv', mimeType: 'text/csv', buffer: Buffer.from(`${HEAD}\r\n${line('', `Gold ${number}`, '01.02.2026')}${line('-2', 'L2', '31.02.2026')}`) });
    await Promise.all([page.waitForURL(/\/import\/\d+$/), page.click('main .button-primary')]);
    for (const press of presses) {
      if (press === 'choose') await page.selectOption('main [name="choice_0"]', '=L3');
      await sent(page, () => page.click(`main button[value="${press === 'choose' ? 'check' : press}"]`));
    }
  });

  const password = at('/settings/users', async (page) => {
    await page.goto(address(`/settings/users/${user}`));
    await sent(page, () => page.click('form[action$="/password-link"] button'));
    await page.goto(await page.inputValue('#link'));
  });

  const admins = [
    ['the overview', show('/')],
    ['the contracts', show('/contracts?per=25')],
    ['a selection', show('/contracts?level=L1&level=none&status=active&type=WARTUNG&q=wartung&ends_to=%2B5y&sort=-value&per=25')],
    ['an empty selection', show('/contracts?level=L1&q=nosuchword')],
    ['a bad selection', show('/contracts?colour=blue&level=L9')],
    ['every column', show('/contracts?cols=number,title,customer_number,customer_name,type,level,status,starts_on,ends_on,renewal_months,notice_period,notice_to,cancelled_on,cancelled_to,amount,billing_months,currency,responsible,reference,note,term_ends_on,notice_by,monthly_value,updated&per=25')],
    ['the columns being chosen', show('/contracts/columns?level=L1&cols=note,number')],
    ['a contract', show(`/contracts/${contract}`)],
    ['a contract that is cancelled', show(contractOf('status = 2'))],
    ['a contract as it was', show(`/contracts/${contract}?as_of=${new Date().toISOString()}`)],
    ['a contract, deletion opened', opened(`/contracts/${contract}`, '.danger-zone summary')],
    ["a contract's history", show(`/contracts/${contract}/history`)],
    ['the documents, a removal opened', opened(documents, '.document-remove summary')],
    ['no document chosen', submitted(documents, {})],
    ['no documents', show(`/contracts/${value('SELECT MAX(id) FROM contract')}/documents`)],
    ['a new contract', show('/contracts/new')],
    ['a new contract with errors', submitted('/contracts/new', { customer_number: 'nobody', starts_on: 'x', amount: 'x' })],
    ['a contract being edited', show(`/contracts/${contract}/edit`)],
    ['a conflict', conflict],
    ['a contract being copied', show(`/contracts/${contract}/copy`)],
    ['notice to a term', show(`${contractOf("status = 1 AND notice_to = 'term'")}/cancel`)],
    ['notice to a quarter', show(`${contractOf("status = 1 AND notice_to = 'quarter'")}/cancel`)],
    ['notice that was given', show(`${contractOf('status = 2')}/cancel`)],
    ['notice of a contract that has ended', show(`${contractOf('status = 3')}/cancel`)],
    ['notice with errors', submitted(`${contractOf("status = 1 AND notice_to = 'term'")}/cancel`, { cancelled_on: 'x', cancelled_to: '1.1.2020' })],
    ['no contracts to change', pressed('/contracts?per=25', '#bulk [name="choose"]')],
    ['contracts to change', bulk('/contracts/bulk')],
    ['contracts to change, nothing chosen', bulk('/contracts/bulk', 'nothing')],
    ['a change of many, previewed', bulk('/contracts/bulk', 'preview')],
    ['a change of many', bulk('/contracts/bulk/1', 'preview', 'apply')],
    ['the changes of many', show('/contracts/bulk')],
    ['the customers', show('/customers')],
    ['no customers', show('/customers?q=nosuchname')],
    ['a customer', show(`/customers/${customer}`)],
    ["a customer's history", show(`/customers/${customer}/history`)],
    ['a new customer', show('/customers/new')],
    ['a new customer with errors', submitted('/customers/new', { country: 'x' })],
    ['a customer being edited', show(`/customers/${customer}/edit`)],
    ['the views', show('/views')],
    ['a view being saved', show('/views/new?level=L1&sort=-value')],
    ['a view without a name', submitted('/views/new?level=L1', { name: '' })],
    ['a view being edited', show(`/views/${view}/edit`)],
    ['the report by level', show('/reports/levels')],
    ['the report, divided', show('/reports/levels?level=L1&level=none&by=customer&on=-1m')],
    ['the report of nothing', show('/reports/levels?customer=NO-SUCH-CUSTOMER')],
    ['a report that there is not', show('/reports/levels?by=colour')],
    ['the levels', show('/levels')],
    ['the levels compared', show('/levels/compare')],
    ['a comparison with one that there is not', show('/levels/compare?level=L9')],
    ['a level', show('/levels/L1')],
    ["a level's history", show('/levels/L1/history')],
    ['a new level', show('/levels/new')],
    ['a new level with errors', submitted('/levels/new', { code: 'a b' })],
    ['a level being edited', show('/levels/L2/edit')],
    ['the people of a level', show('/levels/L1/staff')],
    ['nobody asked for', show('/entitlement')],
    ['what a customer may expect', show('/entitlement?customer=K-10001')],
    ['several customers found', show('/entitlement?customer=K-1000')],
    ['no customer found', show('/entitlement?customer=nosuchname')],
    ['the queues of requests', show('/requests')],
    ['an empty queue', show('/requests?customer=NO-SUCH')],
    ['a queue that there is not', show('/requests?level=L9&colour=blue')],
    ['the solved requests', show('/requests?state=solved')],
    ['a new request', show(`/requests/new?contract=${supportContract}`)],
    ['a new request without a contract', show('/requests/new')],
    ['a new request with errors', submitted('/requests/new', { contract: 'NO-SUCH' })],
    ['a request', request()],
    ['a request that waits', request(['asked', 'Was steht auf dem Schirm?'])],
    ['a request that was passed on', request(['passed_on', 'braucht Experten'])],
    ['a step without its text', request(['answered', ''])],
    ['a solved request', request(['solved', 'Neu gestartet.'])],
    ['the report on requests', show('/reports/requests')],
    ['a bad report on requests', show('/reports/requests?from=2026-13')],
    ['the settings', show('/settings')],
    ['the contract types', show('/settings/types')],
    ['a contract type', show('/settings/types/MIETE')],
    ["a contract type's history", show('/settings/types/MIETE/history')],
    ['a new contract type', show('/settings/types/new')],
    ['a new contract type with errors', submitted('/settings/types/new', { code: 'a b' })],
    ['a contract type being edited', show('/settings/types/MIETE/edit')],
    ['the users', show('/settings/users')],
    ['a user', show(`/settings/users/${user}`)],
    ["a user's link for a password", pressed(`/settings/users/${user}`, 'form[action$="/password-link"] button')],
    ["a user's history", show(`/settings/users/${user}/history`)],
    ['a new user', show('/settings/users/new')],
    ['a new user with errors', submitted('/settings/users/new', { username: 'anna muster', email: 'x' })],
    ['a user being edited', show(`/settings/users/${user}/edit`)],
    ['a link for a password', password],
    ['a link for a password, with errors', at('/settings/users', async (page) => {
      await password(page);
      await page.fill('[name="password"]', 'short');
      await sent(page, () => page.click('main .button-primary'));
    })],
    ['a link for a password that is not good', show('/password?token=x')],
    ['the own account', show('/settings/account')],
    ['a new password with errors', submitted('/settings/account', { current: 'x', password: 'short', again: 'y' }, '#password-form')],
    ['the service calendars', show('/settings/service-calendars')],
    ['a service calendar', show('/settings/service-calendars/BUERO')],
    ["a service calendar's history", show('/settings/service-calendars/BUERO/history')],
    ['a service calendar being edited', show('/settings/service-calendars/LANG/edit')],
    ['a new service calendar', show('/settings/service-calendars/new')],
    ['a new service calendar with errors', submitted('/settings/service-calendars/new', { monday: '17-8', own_days: 'x' })],
    ['a calendar being subscribed to', show('/settings/calendars/new?level=L1&notice_to=%2B90d&responsible=me')],
    ['a calendar without a name', submitted('/settings/calendars/new?level=L1', { name: '' })],
    ['a new calendar', submitted('/settings/calendars/new?level=L1', { name: 'Fristen Level 1' })],
    ['the calendars', show('/settings/calendars')],
    ['the access tokens', show('/settings/tokens')],
    ['an access token with errors', submitted('/settings/tokens', { name: '', expires_on: '1.1.2020' })],
    ['a new access token', submitted('/settings/tokens', { name: 'Telefonanlage' })],
    ['the imports', show('/import')],
    ['no file to import', submitted('/import', {})],
    ['an import, its columns', imported()],
    ['an import, its unknown words', imported('check')],
    ['an import, its preview', imported('check', 'choose')],
    ['an import', imported('check', 'choose', 'run_good')],
    ['what to begin with, later', show('/setup/company')],
    ['a link that is used up', show('/setup?token=x')],
    ['a page that there is not', show('/no-such-page')],
    ['an address that is not understood', show('/levels?colour=blue')],
  ];
  const nobodys = [
    ['the sign-in', show('/login')],
    ['a failed sign-in', submitted('/login', { username: 'nobody-here', password: 'wrong password' })],
  ];
  return { admins, nobodys };
}

/** The same where there is no user yet: by whoever comes (`nobodys`), by whoever has the link, and by the first administrator, who becomes one by `begin`. */
export function firstVisits(stack, link) {
  const { address, at, sent, show, submitted } = ways(stack);
  const FORM = { display_name: 'Anna Muster', username: 'anna.muster', password: 'ein Satz aus fünf Wörtern', password_again: 'ein Satz aus fünf Wörtern' };
  return {
    nobodys: [
      ['not set up yet', show('/setup')],
      ['a link that is not good', show('/setup?token=x')],
      ['the first user', show(link)],
      ['the first user, with errors', submitted(link, { ...FORM, username: 'anna muster', password: 'zu kurz' })],
    ],
    begin: async (page) => {
      await page.goto(address(link));
      for (const [name, text] of Object.entries(FORM)) await page.fill(`[name="${name}"]`, text);
      await Promise.all([page.waitForURL(/\/setup\/company$/), page.click('main .button-primary')]);
    },
    admins: [
      ['what to begin with', show('/setup/company')],
      ['the overview of nothing', show('/')],
      ['no contracts', show('/contracts')],
      ['no customers yet', show('/customers')],
      ['levels without contracts', show('/levels')],
      ['no views', show('/views')],
      ['no imports', show('/import')],
      ['no requests', show('/requests')],
      ['no changes of many', show('/contracts/bulk')],
      ['no calendars', show('/settings/calendars')],
      ['no access tokens', show('/settings/tokens')],
      ['a report of no contracts', show('/reports/levels')],
      ['a report of no requests', show('/reports/requests')],
      ['nobody works at a level', show('/levels/L1/staff')],
    ],
    demo: at('/setup/company', async (page) => {
      await page.goto(address('/setup/company'));
      await sent(page, () => page.click('main form button'));
    }),
  };
}
