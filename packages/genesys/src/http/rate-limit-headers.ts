import type { HttpAnswer } from './exchange.ts';

/** What the platform says about the request budget (API §3.3). */
export interface RateLimit {
  /** Requests allowed in the window. */
  readonly allowed: number;
  /** Requests of the window so far. */
  readonly count: number;
  /** Until the window ends, ms. */
  readonly resetMs: number;
}

export const readRateLimit = (answer: HttpAnswer): RateLimit | null => {
  const allowed = readNumber(answer, 'inin-ratelimit-allowed');
  const count = readNumber(answer, 'inin-ratelimit-count');
  const reset = readNumber(answer, 'inin-ratelimit-reset');
  if (allowed === null || count === null || reset === null) return null;
  return { allowed, count, resetMs: reset * 1000 };
};

/** `Retry-After` is seconds on this platform, never a date. */
export const readRetryAfterMs = (answer: HttpAnswer): number | null => {
  const seconds = readNumber(answer, 'retry-after');
  return seconds === null ? null : seconds * 1000;
};

const readNumber = (answer: HttpAnswer, name: string): number | null => {
  const text = answer.header(name);
  const value = text === null || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
};
