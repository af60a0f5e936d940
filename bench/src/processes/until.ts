import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Waits until `probe` gives something other than null.
 * @throws Error naming what was waited for, once the deadline has passed
 */
export const until = async <Value>(
  what: string,
  deadlineMs: number,
  probe: () => Promise<Value | null> | Value | null,
): Promise<Value> => {
  const giveUpAt = performance.now() + deadlineMs;
  while (performance.now() < giveUpAt) {
    const value = await probe();
    if (value !== null) return value;
    await sleep(POLL_MS);
  }
  throw new Error(`waited ${String(Math.round(deadlineMs / 1000))} s in vain for ${what}`);
};
