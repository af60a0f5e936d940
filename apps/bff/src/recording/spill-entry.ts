import {
  agentId,
  GAP_REASONS,
  presenceDefinitionId,
  queueId,
  ROUTING_STATES,
  SYSTEM_PRESENCES,
  TRANSITION_SOURCES,
  type Transition,
} from '@floorwatch/domain';
import { z } from 'zod';
import type { NewGap } from './dated-fact.ts';

/** A line of the spill file. */
export type SpillEntry =
  | { readonly transition: Transition }
  | { readonly gap: NewGap }
  /** Everything that was told before (platform clock, ms) is in the file, or in the store. */
  | { readonly aliveAt: number };

const id = z.string().min(1).transform(agentId);

const fact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('presence'),
    presence: z.enum(SYSTEM_PRESENCES),
    definitionId: z.string().transform(presenceDefinitionId).nullable(),
    message: z.string().nullable(),
  }),
  z.object({ kind: z.literal('routing'), routing: z.enum(ROUTING_STATES) }),
  z.object({ kind: z.literal('work'), work: z.enum(['none', 'contact', 'afterCallWork']) }),
  z.object({ kind: z.literal('outOfOffice'), active: z.boolean() }),
  z.object({ kind: z.literal('queues'), queueIds: z.array(z.string().transform(queueId)) }),
]);

const transition = z.object({
  agentId: id,
  fact,
  at: z.number(),
  exact: z.boolean(),
  ingestedAt: z.number(),
  source: z.enum(TRANSITION_SOURCES),
});

const gap = z.object({ agentId: id, from: z.number(), to: z.number(), reason: z.enum(GAP_REASONS) });

const entry = z.union([z.object({ transition }), z.object({ gap }), z.object({ aliveAt: z.number() })]);

/** Null for a line that was not written to its end, or damaged since. */
export const readSpillEntry = (line: string): SpillEntry | null => {
  try {
    return entry.parse(JSON.parse(line));
  } catch {
    return null;
  }
};
