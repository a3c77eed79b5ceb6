import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of a stack's workers. */
export function workers(stack) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1] === stack.state.workers_pid;
    } catch {
      return false;
    }
  }).map(Number);
}
