import { z } from 'zod';
import { SECRET_KINDS } from '../oauth/issued-secrets.ts';
import { MAX_AGENTS, MAX_SPEED, MAX_STEP_MS } from '../limits.ts';

/** The control API, as the server reads it and the client understands it. */

export const clockChange = z.strictObject({ speed: z.number().min(0).max(MAX_SPEED) });
export const clockStep = z.strictObject({ ms: z.int().min(1).max(MAX_STEP_MS) });
export const rateChange = z.strictObject({ eventsPerSecond: z.number().positive().max(20_000).nullable() });
export const limitChange = z.strictObject({ requestsPerMinute: z.int().positive() });

export const restart = z.strictObject({
  seed: z.string().min(1).max(64).optional(),
  agents: z.int().min(1).max(MAX_AGENTS).optional(),
  /** Virtual instant at which the organisation opens; now where it is left out. */
  startsAt: z.iso.datetime().optional(),
});

export type RestartRequest = z.infer<typeof restart>;

const counts = z.strictObject({ active: z.int().nonnegative(), acw: z.int().nonnegative().default(0) });
const mediaChange = z.strictObject({ contactCenter: counts.optional(), enterprise: counts.optional() });
const media = ['call', 'callback', 'email', 'message', 'chat', 'socialExpression', 'video'] as const;

/** Something that happens to an agent because a test or an operator wants it to. */
export const agentChange = z
  .strictObject({
    userId: z.string(),
    /** A primary presence by name (`On Queue`, `Break` …) or any definition by id. */
    presence: z
      .strictObject({
        systemPresence: z.string().optional(),
        definitionId: z.string().optional(),
        message: z.string().default(''),
      })
      .refine((one) => (one.systemPresence === undefined) !== (one.definitionId === undefined), {
        message: 'give either systemPresence or definitionId',
      })
      .optional(),
    routingStatus: z.enum(['OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING']).optional(),
    /** Media that are left out have no conversations. */
    conversationSummary: z.partialRecord(z.enum(media), mediaChange).optional(),
    outOfOffice: z.boolean().optional(),
    activeQueueIds: z.array(z.string()).optional(),
  })
  .refine((change) => Object.keys(change).length > 1, { message: 'name at least one part to change' });

export type AgentChange = z.input<typeof agentChange>;

/** A frame that is put on the wire as it is: malformed, late, doubled, unknown. */
export const rawFrame = z.strictObject({
  text: z.string().max(500_000),
  /** Only sockets that follow this topic (`v2.users.{id}.activity`); all of them when left out. */
  topicName: z.string().optional(),
});

export type RawFrame = z.input<typeof rawFrame>;

export const sent = z.object({ sockets: z.int().nonnegative() });

const instant = z.string();
const workCounts = z.object({ active: z.int(), acw: z.int() });
const mediaCounts = z.object({ contactCenter: workCounts, enterprise: workCounts });

/** The parts of an agent's life, in the journal and in the truth alike, spelled as REST spells them. */
const parts = {
  presence: z.object({
    definitionId: z.string(),
    systemPresence: z.string(),
    message: z.string(),
    modifiedDate: instant,
  }),
  routingStatus: z.object({
    status: z.enum(['OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING']),
    startTime: instant,
  }),
  conversationSummary: z.record(z.enum(media), mediaCounts),
  outOfOffice: z.object({ active: z.boolean(), modifiedDate: instant }),
  activeQueues: z.object({ ids: z.array(z.string()), dateChanged: instant }),
};

/** What is true of one agent. */
export const agentTruth = z.object({ userId: z.string(), ...parts });

export type AgentTruth = z.infer<typeof agentTruth>;

/** The truth of a number of agents at one instant; `nextAfter` continues, null at the end. */
export const truthPage = z.object({
  at: instant,
  /** The journal's last entry at that instant: two pages with the same number tell of the same instant. */
  seq: z.int().nonnegative(),
  agents: z.array(agentTruth),
  nextAfter: z.int().nullable(),
});

export type TruthPage = z.infer<typeof truthPage>;

const entryOf = <Part extends keyof typeof parts>(part: Part) =>
  z.object({
    seq: z.int().positive(),
    at: instant,
    userId: z.string(),
    part: z.literal(part),
    before: parts[part],
    after: parts[part],
  });

export const journalEntry = z.discriminatedUnion('part', [
  entryOf('presence'),
  entryOf('routingStatus'),
  entryOf('conversationSummary'),
  entryOf('outOfOffice'),
  entryOf('activeQueues'),
]);

export type JournalEntryWire = z.infer<typeof journalEntry>;

export const journalPage = z.object({
  /** Oldest entry that is still kept; a reader that wants older ones has lost some. */
  firstSeq: z.int(),
  lastSeq: z.int(),
  entries: z.array(journalEntry),
});

export type JournalPage = z.infer<typeof journalPage>;

/** Every secret that the login has seen or given since the simulator started. */
export const secretList = z.object({ secrets: z.array(z.object({ kind: z.enum(SECRET_KINDS), value: z.string() })) });

export const faultState = z.object({
  name: z.string(),
  description: z.string(),
  isOn: z.boolean(),
  /** What is set about it; null while it is off. */
  params: z.record(z.string(), z.unknown()).nullable(),
  /** How often it has struck since the simulator started. */
  struck: z.int().nonnegative(),
});

export type FaultState = z.infer<typeof faultState>;

export const simulatorState = z.object({
  organisation: z.object({ id: z.string(), name: z.string() }),
  seed: z.string(),
  agents: z.int(),
  speed: z.number(),
  virtualNow: instant,
  /** Asked for by `/control/rate`; null at the floor's own pace. */
  eventsPerSecond: z.number().nullable(),
  /** Agents' transitions since the organisation opened. */
  transitions: z.int(),
  journal: z.object({ firstSeq: z.int(), lastSeq: z.int() }),
  tokens: z.int(),
  requestsPerMinute: z.int(),
  channels: z.array(z.object({ id: z.string(), topics: z.int(), isConnected: z.boolean(), expires: instant })),
  /** Calls answered so far, by operation. */
  calls: z.record(z.string(), z.int()),
  /** Names of the faults that are on. */
  faults: z.array(z.string()),
});

export type SimulatorState = z.infer<typeof simulatorState>;
