import type { FloorHealth } from '@floorwatch/contracts';

export const NOW = '2026-08-15T08:00:00.000Z';

/** An instant so many seconds from {@link NOW}. */
export const at = (seconds: number): string => new Date(Date.parse(NOW) + seconds * 1000).toISOString();

const check = {
  breaker: 'closed',
  rejections: 0,
  rejectionsInARow: 0,
  nextProbeAt: null,
  lastRejection: null,
} as const;

/** A floor on which all is well. */
export const WELL: FloorHealth = {
  isCut: false,
  now: NOW,
  upstream: {
    state: 'live',
    hop: null,
    since: null,
    dataAt: null,
    message: null,
    agentsLive: 1200,
    agentsTotal: 1200,
  },
  browsers: 3,
  agents: {
    total: 1200,
    byActivity: {
      notResponding: 0,
      ready: 1200,
      interacting: 0,
      afterCallWork: 0,
      communicating: 0,
      available: 0,
      busy: 0,
      break: 0,
      meal: 0,
      meeting: 0,
      training: 0,
      away: 0,
      idle: 0,
      offline: 0,
      unknown: 0,
    },
    byWarning: { discrepancy: 2, stuck: 1, unlisted: 0, volatile: 0 },
  },
  channels: [
    {
      index: 0,
      state: 'live',
      since: at(-600),
      agents: 800,
      lastHeardAt: at(-1),
      attempt: 0,
      nextAttemptAt: null,
      reason: null,
    },
    {
      index: 1,
      state: 'lost',
      since: at(-20),
      agents: 400,
      lastHeardAt: at(-40),
      attempt: 3,
      nextAttemptAt: at(4),
      reason: 'the socket closed',
    },
  ],
  rejectedTopics: { total: 0, named: [] },
  reading: {
    sweep: { lastRoundAt: at(-90), roundMs: 300_000 },
    poll: { lastRoundAt: null, roundMs: 15_000, agents: 0 },
    waiting: 0,
  },
  budget: { used: 60, allowed: 300, resetsAt: at(30), pausedUntil: null, inFlight: 2, waiting: 0 },
  platform: { breaker: 'closed', since: null, reason: null },
  registry: { ...check, lastBelievedAt: at(-300), unlisted: 0 },
  reads: check,
  sample: { nextAt: at(1800), last: null },
  stuck: { flagged: 1, adopted: 4, confirmed: 1, statusRefused: null },
  recording: {
    store: 'up',
    down: null,
    written: 12_345,
    waiting: 2,
    spilled: 0,
    lag: { p50Ms: 120, p99Ms: 310 },
    windowsUpTo: at(-100),
    gaps: { open: 0, filled: 3, unknowable: 0, problem: null },
    reconciliation: { lastAt: at(-30), comparedAgents: 1200, found: 0 },
  },
  oddities: [],
};
