import { act } from 'react';
import { browserClock } from './browser-clock.ts';

/** A busy machine takes its time; nothing waits for it. */
const DEADLINE_MS = 10_000;

/** How long one act lasts. */
const LOOK_EVERY_MS = 5;

/**
 * Waits until the check no longer fails; throws what it threw last when that takes too long. While an act lasts, React
 * keeps what it has to draw until the act's end: one long act would wait for a page that waits for the act.
 */
export const until = async (check: () => void): Promise<void> => {
  const giveUpAt = browserClock.now() + DEADLINE_MS;
  for (;;) {
    await act(() => browserClock.sleep(LOOK_EVERY_MS));
    try {
      check();
      return;
    } catch (error) {
      if (browserClock.now() > giveUpAt) throw error;
    }
  }
};
