// What the contracts' tests share: the test data, and whole selections read page by page.
import { signedIn } from './client.mjs';

/** Enough contracts for several pages of every filter; made once for all files of a run. */
export function manyContracts(stack) {
  if (Number(stack.databaseValue('SELECT COUNT(*) FROM contract')) >= 900) return;
  const made = stack.tool(['generate', '--contracts', '1000']);
  if (made.status !== 0) throw new Error(made.stderr);
  const rolled = stack.tool(['roll']);
  if (rolled.status !== 0) throw new Error(rolled.stderr);
}

/** Every contract of a selection in its order, read by following `next`. */
export async function selection(client, query) {
  const contracts = [];
  let address = `/contracts.json?${query}`;
  for (let page = 0; address; page += 1) {
    const answer = await client.get(address);
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status} ${answer.text.slice(0, 300)}`);
    const { contracts: some, next } = answer.json();
    contracts.push(...some);
    if (page > 500) throw new Error(`${query}: the pages don't end`);
    address = next;
  }
  return contracts;
}

let counter = 0;
/** A number that no other contract of the run has. */
export function newNumber(prefix = 'T') {
  counter += 1;
  return `${prefix}-${process.pid}-${counter}`;
}

/** Creates a contract by its form; the answer and, when it worked, its id. */
export async function createContract(client, changes = {}) {
  const customer = client.stack.databaseValue('SELECT number FROM customer ORDER BY id LIMIT 1');
  const fields = { number: newNumber(), title: 'Prüfvertrag', customer_number: customer, type: 'WARTUNG', level: 'L1', starts_on: '2026-01-01', ...changes };
  const answer = await client.submit('/contracts/new', fields);
  return { answer, fields, id: answer.status === 303 ? Number(/contracts\/(\d+)/.exec(answer.location)[1]) : null };
}

export { signedIn };
