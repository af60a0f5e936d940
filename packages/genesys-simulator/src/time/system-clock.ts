/**
 * Real time as a dependency: what a client of the platform waits on (rate limits, heartbeats, token lifetimes) runs on
 * it, whatever the virtual clock does. The shape is a part of the domain's Clock, so its fake clock fits here too.
 */
export interface RealClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `tick` every `ms` until the returned function is called. */
  every(ms: number, tick: () => void): () => void;
  /** Calls `action` once after `ms`, unless the returned function is called first. */
  after(ms: number, action: () => void): () => void;
}

/** The machine's own clock. Its timers never keep the process alive: the listening socket does. */
export const systemClock: RealClock = {
  now: () => Date.now(),
  every(ms, tick) {
    const timer = setInterval(tick, ms).unref();
    return () => clearInterval(timer);
  },
  after(ms, action) {
    const timer = setTimeout(action, ms).unref();
    return () => clearTimeout(timer);
  },
};
