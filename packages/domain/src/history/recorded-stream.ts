import type { AgentId } from '../agent/ids.ts';
import type { AvailabilityWindow } from './availability-window.ts';
import type { TransitionContext } from './transition-context.ts';
import type { FactKind, Transition } from './transition.ts';

/**
 * A place in a stream, just after one of its entries: opaque text that stays valid for as long as what follows is kept.
 * It can stand in an address.
 */
export type StreamCursor = string;

/** The streams: everything that was recorded, in one order that never changes, each entry once. */
export type StreamName = 'transitions' | 'windows';

/** A recorded transition with what it changed, as it is known when it is read: a gap may have been filled since. */
export interface StreamedTransition extends Transition, TransitionContext {
  /** Just after this entry. */
  readonly cursor: StreamCursor;
  /** The same whenever it is told, and nobody else's: agent, kind and instant. */
  readonly id: string;
}

/** A window as it is now. One that is made again comes again, at a later place; what it was before is not told any more. */
export interface StreamedWindow extends AvailabilityWindow {
  readonly cursor: StreamCursor;
  /** Agent and start. */
  readonly id: string;
  /** Of two versions of one window the greater holds. */
  readonly version: number;
}

export interface StreamPage<Entry> {
  readonly entries: readonly Entry[];
  /** Where the next page begins: after the last entry, and after what was passed over on the way. */
  readonly next: StreamCursor;
  /** Something may follow at once. */
  readonly hasMore: boolean;
}

export interface StreamQuestion {
  /** Null for the oldest that is kept. */
  readonly after: StreamCursor | null;
  /** Entries at most; a page may have fewer though more follow. */
  readonly limit: number;
  /** Whom to tell of; everybody where it is left out. */
  readonly isWanted?: (agentId: AgentId) => boolean;
}

/** Where the recording is read in the order in which it was written, by whoever wants all of it. */
export interface RecordedStream {
  readTransitions(
    question: StreamQuestion & { readonly kinds?: readonly FactKind[] },
  ): Promise<StreamPage<StreamedTransition>>;
  readWindows(question: StreamQuestion): Promise<StreamPage<StreamedWindow>>;
  /** The place after everything that is there now. */
  head(stream: StreamName): Promise<StreamCursor>;
  /**
   * Calls back when there may be more to read, until the returned function is called. Listen first, then read: so nothing is
   * missed between the two.
   */
  onArrival(stream: StreamName, listener: () => void): () => void;
}
