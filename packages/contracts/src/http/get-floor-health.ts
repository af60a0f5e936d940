import { z } from 'zod';
import { ACTIVITIES, WARNING_KINDS } from '@floorwatch/domain';
import { upstreamHealth } from '../live/upstream-health.ts';

const instant = z.iso.datetime();
const count = z.int().nonnegative();

/** `open`: nothing is asked until a probe succeeds · `half-open`: the probe is under way */
const breakerState = z.enum(['closed', 'open', 'half-open']);

/** One check of answers that should name known agents, with its circuit breaker. */
const snapshotCheck = z.object({
  breaker: breakerState,
  rejections: count,
  rejectionsInARow: count,
  /** When the open breaker lets a probe through; null while it is closed. */
  nextProbeAt: instant.nullable(),
  lastRejection: z.object({ at: instant, known: count, named: count }).nullable(),
});

export type SnapshotCheckReport = z.infer<typeof snapshotCheck>;

const channel = z.object({
  index: count,
  /** `opening` · `live` · `silent`: asked for a sign of life · `draining`: a successor is being opened · `lost` */
  state: z.enum(['opening', 'live', 'silent', 'draining', 'lost']),
  since: instant,
  agents: count,
  /** When something was last heard, heartbeats too; null where nothing ever was. */
  lastHeardAt: instant.nullable(),
  /** Tries since it was last live. */
  attempt: count,
  nextAttemptAt: instant.nullable(),
  /** Why it is not live, for people. */
  reason: z.string().nullable(),
});

export type ChannelReport = z.infer<typeof channel>;

/** How what happens is recorded. Counts are since the start. */
const recording = z.object({
  /** `down`: nothing can be written; what happens waits in memory and on disk, and nothing of it is lost. */
  store: z.enum(['up', 'down']),
  /** Since when the store is down, and why; null while it is up. */
  down: z.object({ since: instant, reason: z.string() }).nullable(),
  written: count,
  /** Waiting in memory. */
  waiting: count,
  /** Waiting on disk: changes and other entries. */
  spilled: count,
  /** From the platform's instant of an event to its record, ms; null before the first. */
  lag: z.object({ p50Ms: count, p99Ms: count }).nullable(),
  /** Windows that end here or earlier are made for everybody; null before that is known. */
  windowsUpTo: instant.nullable(),
  gaps: z.object({
    open: count,
    filled: count,
    unknowable: count,
    /** Why the platform's history cannot be asked; null while it can. */
    problem: z.string().nullable(),
  }),
  /** The hourly comparison of every record with the platform's history; null before it begins. */
  reconciliation: z.object({ lastAt: instant.nullable(), comparedAgents: count, found: count }).nullable(),
});

export type RecordingReport = z.infer<typeof recording>;

/**
 * `GET /api/floor-health`: how the way from the platform to the wall is doing, part by part, for people who want to know
 * why a wall is not live. Instants are on the BFF's clock.
 */
export const getFloorHealth = {
  path: '/api/floor-health',
  reply: z.object({
    now: instant,
    /**
     * Whoever asks may see some divisions only: agents are those, and what the machinery tells of all agents is left out
     * (empty, 0 or null): channels, poll, waiting, checks, sample, stuck, recording, oddities, and reasons.
     */
    isCut: z.boolean(),
    upstream: upstreamHealth,
    browsers: count,
    agents: z.object({
      total: count,
      byActivity: z.record(z.enum(ACTIVITIES), count),
      /** Agents whose row is to be read with care, by the reason. */
      byWarning: z.record(z.enum(WARNING_KINDS), count),
    }),
    channels: z.array(channel),
    /** Topics the platform refused: these agents are polled. At most 100 are named. */
    rejectedTopics: z.object({
      total: count,
      named: z.array(z.object({ topic: z.string(), agent: z.string().nullable(), reason: z.string() })),
    }),
    reading: z.object({
      /** Start of the last complete round over everybody, and how long a round takes. */
      sweep: z.object({ lastRoundAt: instant.nullable(), roundMs: count }),
      /** The same over agents whose events do not arrive. */
      poll: z.object({ lastRoundAt: instant.nullable(), roundMs: count, agents: count }),
      /** Agents waiting to be read again after a gap in their events. */
      waiting: count,
    }),
    /** The platform's requests per minute; null where it has not said, or there is no pause. */
    budget: z.object({
      used: count,
      allowed: count.nullable(),
      resetsAt: instant.nullable(),
      pausedUntil: instant.nullable(),
      inFlight: count,
      waiting: count,
    }),
    /** Whether background reads are made at all: not while the platform keeps failing; then one call a second probes. */
    platform: z.object({
      breaker: breakerState,
      since: instant.nullable(),
      reason: z.string().nullable(),
    }),
    /** The list of all agents. */
    registry: snapshotCheck.extend({ lastBelievedAt: instant.nullable(), unlisted: count }),
    /** Answers to reads by id. */
    reads: snapshotCheck,
    /** The hourly comparison of a fifth of the agents with the platform. */
    sample: z.object({
      nextAt: instant.nullable(),
      last: z.object({ at: instant, compared: count, diverged: count, refreshed: z.boolean() }).nullable(),
    }),
    stuck: z.object({
      flagged: count,
      adopted: count,
      confirmed: count,
      /** Why the second witness cannot be asked; null while it can. */
      statusRefused: z.string().nullable(),
    }),
    /** Null where nothing is recorded. */
    recording: recording.nullable(),
    /** What the platform sent and we passed over, by kind, most frequent first. */
    oddities: z.array(z.object({ kind: z.string(), count })),
  }),
};

export type FloorHealth = z.infer<typeof getFloorHealth.reply>;
