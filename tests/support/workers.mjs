import { childrenOf } from './processes.mjs';

/** Process ids of a stack's workers. */
export const workers = (stack) => childrenOf(stack.state.workers_pid);
