import type { RejectedTopic } from '../resources/channels.ts';

/**
 * - `opening`: has never been live yet
 * - `live`: its socket is open and was heard from
 * - `silent`: its socket is open, but silent; a ping is out
 * - `draining`: its socket is open, but its end is known; a successor is being opened
 * - `lost`: it has no socket; it is trying to get one, for ever
 */
export type ChannelState = 'opening' | 'live' | 'silent' | 'draining' | 'lost';

/** How one channel is doing. Instants are ms on our clock. */
export interface ChannelStatus {
  readonly index: number;
  readonly state: ChannelState;
  /** How many agents it listens for. */
  readonly agents: number;
  /** When the state began. */
  readonly since: number;
  /** When something was last heard; null where nothing ever was. */
  readonly lastFrameAt: number | null;
  /** Tries since it was last live. */
  readonly attempt: number;
  /** When the next try is made; null while one is under way, or none is needed. */
  readonly nextAttemptAt: number | null;
  /** Topics the platform refused: nothing is heard of these agents. */
  readonly rejectedTopics: readonly RejectedTopic[];
  /** Why it is not live, for people; no secrets. Null while it is live. */
  readonly reason: string | null;
}
