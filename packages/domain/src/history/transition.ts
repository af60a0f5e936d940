import { sameQueues } from '../agent/agent.ts';
import type { WorkKind } from '../agent/contacts.ts';
import type { AgentId, PresenceDefinitionId, QueueId } from '../agent/ids.ts';
import type { SystemPresence } from '../agent/presence.ts';
import type { RoutingState } from '../agent/routing-status.ts';

/** The facts of an agent that are recorded, each on a lane of its own: they are never merged. */
export const FACT_KINDS = ['presence', 'routing', 'work', 'outOfOffice', 'queues'] as const;

export type FactKind = (typeof FACT_KINDS)[number];

/** How Floorwatch came to know: told as it happened, found by a later reading, or fetched from the platform's own history. */
export const TRANSITION_SOURCES = ['event', 'snapshot', 'analytics'] as const;

export type TransitionSource = (typeof TRANSITION_SOURCES)[number];

/** What a fact became. */
export type FactValue =
  | {
      readonly kind: 'presence';
      readonly presence: SystemPresence;
      readonly definitionId: PresenceDefinitionId | null;
      readonly message: string | null;
    }
  | { readonly kind: 'routing'; readonly routing: RoutingState }
  | { readonly kind: 'work'; readonly work: WorkKind }
  | { readonly kind: 'outOfOffice'; readonly active: boolean }
  | { readonly kind: 'queues'; readonly queueIds: readonly QueueId[] };

/**
 * One change of one fact of one agent. Immutable, recorded once: agent, kind and `at` together are its identity, so
 * telling it again changes nothing.
 */
export interface Transition {
  readonly agentId: AgentId;
  readonly fact: FactValue;
  /** When the fact began to hold: the platform's own instant, ms. Work carries none: the platform's clock when we were told. */
  readonly at: number;
  /** False where the true beginning was not seen: the fact has held since `at` or longer. */
  readonly exact: boolean;
  /** Our clock when it came in, ms. For lag, never part of a duration. */
  readonly ingestedAt: number;
  readonly source: TransitionSource;
}

/** The identity of a transition as text, for receivers that need to know a repetition (design §2). */
export const idempotencyKey = ({ agentId, fact, at }: Pick<Transition, 'agentId' | 'fact' | 'at'>): string =>
  `${agentId}:${fact.kind}:${new Date(at).toISOString()}`;

/** Whether two facts of one kind say the same. Queues are kept sorted, for their order means nothing. */
export const sameFact = (a: FactValue, b: FactValue): boolean => {
  if (a.kind === 'presence')
    return (
      b.kind === 'presence' && a.presence === b.presence && a.definitionId === b.definitionId && a.message === b.message
    );
  if (a.kind === 'routing') return b.kind === 'routing' && a.routing === b.routing;
  if (a.kind === 'work') return b.kind === 'work' && a.work === b.work;
  if (a.kind === 'outOfOffice') return b.kind === 'outOfOffice' && a.active === b.active;
  return b.kind === 'queues' && sameQueues(a.queueIds, b.queueIds);
};
