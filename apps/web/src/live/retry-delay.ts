const FIRST_DELAY_MS = 1000;
/** In the first minute of an outage, so that a restarted BFF is found again within five seconds. */
const EARLY_CAP_MS = 3000;
const EARLY_MS = 60_000;
const CAP_MS = 30_000;

interface Outage {
  /** Attempts that failed so far, from 1. */
  readonly attempts: number;
  readonly brokenForMs: number;
  /** 0 up to 1. */
  readonly random: number;
}

/** How long to wait before the next attempt, ms: doubled from 1 s to the cap, half of it jitter. */
export const retryDelayMs = ({ attempts, brokenForMs, random }: Outage): number => {
  const cap = brokenForMs < EARLY_MS ? EARLY_CAP_MS : CAP_MS;
  const full = Math.min(cap, FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 10));
  return full * (0.5 + random / 2);
};
