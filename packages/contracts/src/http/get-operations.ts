import { z } from 'zod';

const instant = z.iso.datetime();
const count = z.int().nonnegative();

/** The way of an event and of its record, hop by hop, in the order of the way. */
export const HOPS = [
  'sign-in', // tokens of the platform's login host
  'api', // its REST interface
  'push', // its notification channels
  'agents', // what it says of agents: restless, stuck, contradicting
  'board', // this process
  'browsers', // the sockets of pages
  'recording', // what was seen, on its way to the store
  'store', // the database
  'jobs', // work that must happen some time
  'webhooks', // other systems that are told of every change
] as const;

export type Hop = (typeof HOPS)[number];

/** `impaired`: it works, and something is wrong or was within the last minute · `off`: not in use here */
export const HOP_STATES = ['well', 'impaired', 'down', 'off'] as const;

export type HopState = (typeof HOP_STATES)[number];

const sign = z.object({
  /** The same words for the same trouble. */
  message: z.string(),
  times: count,
  firstAt: instant,
  lastAt: instant,
});

const hopReport = z.object({
  hop: z.enum(HOPS),
  state: z.enum(HOP_STATES),
  /** Since when it has been in this state. */
  since: instant,
  /** What is wrong now; null while it is well. */
  message: z.string().nullable(),
  /** Everything that went wrong within the last hour, the latest first; at most 20. */
  signs: z.array(sign),
});

export type HopReport = z.infer<typeof hopReport>;

/** Durations of the last minute, ms; null where nothing happened. */
const durations = z.object({ p50Ms: z.number(), p95Ms: z.number(), p99Ms: z.number() }).nullable();

export type DurationsReport = z.infer<typeof durations>;

/**
 * Figures over the last hour, one each ten seconds; null where nothing was measured. Rates are per second, durations ms, shares
 * 0 to 1.
 */
export const SERIES = [
  'changesPerSecond',
  'arrivalP99Ms',
  'deliveryP99Ms',
  'totalP50Ms',
  'totalP99Ms',
  'dataAgeMs',
  'agentsLive',
  'agentsTotal',
  'callsPerMinute',
  'callP95Ms',
  'callsFailedShare',
  'budgetUsedShare',
  'browsers',
  'recordingWaiting',
  'recordingLagP99Ms',
  'eventLoopP99Ms',
  'residentMb',
  'jobsWaiting',
] as const;

export type SeriesName = (typeof SERIES)[number];

/**
 * `GET /api/operations`: how Floorwatch itself is doing, for those who run it. It tells of the organisation as a whole, so only those who
 * may see the whole floor may ask. Instants are on the BFF's clock.
 */
export const getOperations = {
  path: '/api/operations',
  reply: z.object({
    now: instant,
    release: z.string(),
    runtime: z.string(),
    startedAt: instant,
    hops: z.array(hopReport),
    /** An event: from its instant at the platform to the board, from there to the sockets, and all the way. */
    live: z.object({
      changesPerSecond: z.number(),
      arrival: durations,
      delivery: durations,
      total: durations,
    }),
    /** Calls of the platform within the last minute. */
    calls: z.object({
      perMinute: z.number(),
      took: durations,
      /** Those that were answered, of all; null where there was none. */
      answeredShare: z.number().nullable(),
      retriesPerMinute: z.number(),
      inFlight: count,
      /** How long the oldest of those in flight has been waiting, ms. */
      oldestInFlightMs: z.number().nonnegative(),
      /** Since the start, by how they came out. */
      byOutcome: z.record(z.string(), count),
    }),
    browsers: z.object({ connected: count, behind: count, dropped: count }),
    /** Null where there is no store. */
    store: z
      .object({ engine: z.string(), state: z.enum(['up', 'down']), since: instant, sizeMb: z.number().nullable() })
      .nullable(),
    /** Queues of jobs as they were counted last; null where there is no store or it is away. */
    jobs: z.array(z.object({ queue: z.string(), waiting: count, active: count, deferred: count })).nullable(),
    process: z.object({
      uptimeSeconds: z.number(),
      residentMb: z.number(),
      heapUsedMb: z.number(),
      eventLoopP99Ms: z.number(),
      cpuShare: z.number(),
    }),
    history: z.object({
      everyMs: count,
      /** When each value was taken, oldest first. */
      at: z.array(instant),
      series: z.record(z.enum(SERIES), z.array(z.number().nullable())),
    }),
  }),
};

export type Operations = z.infer<typeof getOperations.reply>;
