import type { Budget, StartFault } from './fault.ts';

/** Beyond this the platform means a limit of hours, about which the minute's headers say nothing (API §3.5). */
const LONGEST_SHORT_LIMIT_SECONDS = 180;

/** A window begins with its first call and ends so long after it as `Retry-After` tells. */
export const rateLimited: StartFault<'rate-limited'> = ({ remaining, retryAfterSeconds }, { realClock, struck }) => {
  const isShort = retryAfterSeconds <= LONGEST_SHORT_LIMIT_SECONDS;
  let windowEndsAt = -Infinity;
  let used = 0;

  const payFrom = (budget: Budget): Budget => {
    const now = realClock.now();
    if (now >= windowEndsAt) {
      windowEndsAt = now + retryAfterSeconds * 1000;
      used = 0;
    }
    used += 1;
    const resetSeconds = Math.max(1, Math.ceil((windowEndsAt - now) / 1000));
    const count = budget.allowed - Math.max(0, remaining - used);
    const told = isShort ? { ...budget, count, resetSeconds } : budget;
    if (used <= remaining) return told;
    struck();
    return { ...told, isExceeded: true, retryAfterSeconds: resetSeconds };
  };
  return { payFrom };
};
