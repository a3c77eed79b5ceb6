// Processes of a stack, by whose child they are.
import { readdirSync, readFileSync } from 'node:fs';

/** Its parent and whatever else the kernel tells behind its name, or null when it has ended. */
function facts(pid) {
  try {
    const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return state === 'Z' ? null : rest;
  } catch {
    return null;
  }
}

export const runs = (pid) => facts(pid) !== null;

/** Ids of the running children of a process. */
export function childrenOf(parent) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && facts(name)?.[0] === String(parent)).map(Number);
}

/** Seconds that a process has lived; 0 when it is no more. */
export function ageOf(pid) {
  const all = facts(pid);
  return all === null ? 0 : Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) - Number(all[18]) / 100;
}
