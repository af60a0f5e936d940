import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 20_000;
const LOOK_AGAIN_MS = 50;

/**
 * Waits until something holds, for what tells nobody when it changes.
 * @throws Error that names what was waited for
 */
export const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  const givesUpAt = performance.now() + DEADLINE_MS;
  while (!(await holds())) {
    if (performance.now() > givesUpAt) throw new Error(`Waited ${String(DEADLINE_MS / 1000)} s in vain until ${what}`);
    await pause(LOOK_AGAIN_MS);
  }
};
