// Chance that can be repeated: what is drawn depends on the run's seed and on who draws, not on what others draw meanwhile.
import { createHash, randomInt } from 'node:crypto';

/** The run's seed: SEED, or a new one that run.mjs prints. */
export function seed() {
  process.env.SEED ||= String(randomInt(1e9));
  return process.env.SEED;
}

export class Chance {
  constructor(name) {
    this.name = `${seed()} ${name}`;
    this.drawn = 0;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit) {
    this.drawn += 1;
    return createHash('sha256').update(`${this.name} ${this.drawn}`).digest().readUInt32BE() % limit;
  }

  /** True once in `times`. */
  once(times) {
    return this.below(times) === 0;
  }

  pick(list) {
    return list[this.below(list.length)];
  }
}
