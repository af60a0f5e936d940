import type { GenesysLog } from './genesys-log.ts';

/** Bounds the memory an ill-behaved platform can take: further kinds are counted under one name. */
const MAX_KINDS = 200;
const OTHERS = 'others';

/**
 * Things of the platform that we did not understand and passed over: a part of the wrong shape, an unknown topic,
 * a broken frame. Each kind is counted, and logged the first time.
 */
export class Oddities {
  readonly #counts = new Map<string, number>();
  readonly #log: GenesysLog;

  constructor(log: GenesysLog) {
    this.#log = log;
  }

  /** @param kind where and what, of a bounded number: topic templates and field names, never ids or values */
  note(kind: string): void {
    const known = this.#counts.has(kind) || this.#counts.size < MAX_KINDS;
    const key = known ? kind : OTHERS;
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    if (count === 0)
      this.#log.warn({ event: 'platform-oddity', kind: key }, `passed over what the platform sent: ${key}`);
  }

  /** Counts by kind. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }
}
