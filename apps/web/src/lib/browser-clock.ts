import type { Clock } from '@floorwatch/domain';

/**
 * The browser's clock. It counts on the monotonic timer, so setting the computer's clock while the page is open
 * changes nothing; only differences between two readings mean anything here.
 */
export const browserClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),

  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const abort = (): void => {
        clearTimeout(timer);
        reject(new DOMException('The wait was ended.', 'AbortError'));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    }),

  every: (ms, tick) => {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  },

  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** The computer's time of day, ms. It may be wrong and may be set: it only ever tells that time has passed. */
export const timeOfDay = (): number => Date.now();
