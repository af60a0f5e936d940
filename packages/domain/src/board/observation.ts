import type { AgentId, QueueId } from '../agent/ids.ts';
import type { ContactCounts } from '../agent/contacts.ts';
import type { Presence } from '../agent/presence.ts';
import type { RoutingStatus } from '../agent/routing-status.ts';

/**
 * Something seen of one agent: an event, or one agent's part of a snapshot. Both take the same way onto the board.
 * A part that is absent is unchanged.
 */
export interface AgentObservation {
  readonly agentId: AgentId;
  /**
   * Our clock, ms: when an event arrived, or when a snapshot was *asked for* (what it says may be that old).
   * Orders the parts that carry no platform instant.
   */
  readonly observedAt: number;
  /** The platform's clock at `observedAt`, as well as we know it, ms. */
  readonly platformNow: number;
  /** An event shows the change itself; a snapshot only shows that it happened earlier. */
  readonly kind: 'event' | 'snapshot';
  readonly presence?: Presence;
  readonly routing?: RoutingStatus;
  /** Counts by medium. A snapshot lists every medium in use; in an event an absent medium is unchanged. */
  readonly contacts?: ContactCounts;
  readonly outOfOffice?: { readonly active: boolean; readonly modifiedAt: number | null };
  readonly queues?: { readonly ids: readonly QueueId[]; readonly modifiedAt: number | null };
}
