import type { PresenceDefinition } from '../org/presence-definition.ts';
import { Journal, type JournalEntry } from './journal.ts';
import {
  sameSummary,
  type ConversationSummaryPart,
  type LivePart,
  type LiveState,
  type RoutingStatusName,
} from './live-state.ts';

/** Called once for everything that happens, in order. */
export type FloorListener = (entry: JournalEntry, state: LiveState) => void;

/**
 * The one place where an agent's state changes. Every change is stamped, journalled and told to the listeners.
 * Stamps of one part of one agent strictly increase, as a client relies on (it orders events by them).
 */
export class LiveFloor {
  readonly journal: Journal;
  readonly #states = new Map<string, LiveState>();
  readonly #listeners: FloorListener[] = [];

  constructor(initial: ReadonlyMap<string, LiveState>, journal = new Journal()) {
    this.journal = journal;
    for (const [userId, state] of initial) this.#states.set(userId, state);
  }

  /** @throws when there is no such agent: callers check ids at the edge */
  stateOf(userId: string): LiveState {
    const state = this.#states.get(userId);
    if (state === undefined) throw new Error(`no agent ${userId} on this floor`);
    return state;
  }

  listen(listener: FloorListener): void {
    this.#listeners.push(listener);
  }

  setPresence(userId: string, change: { definition: PresenceDefinition; message: string }, at: number): void {
    const modifiedAt = later(at, this.stateOf(userId).presence.modifiedAt);
    const { id: definitionId, systemPresence } = change.definition;
    const after = { definitionId, systemPresence, message: change.message, modifiedAt };
    this.#replace(userId, { part: 'presence', after, at: modifiedAt });
  }

  /** Nothing happens where the status is already the wanted one. */
  setRoutingStatus(userId: string, status: RoutingStatusName, at: number): void {
    const before = this.stateOf(userId).routingStatus;
    if (before.status === status) return;
    const startAt = later(at, before.startAt);
    this.#replace(userId, { part: 'routingStatus', after: { status, startAt }, at: startAt });
  }

  setConversationSummary(userId: string, after: ConversationSummaryPart, at: number): void {
    if (sameSummary(this.stateOf(userId).conversationSummary, after)) return;
    this.#replace(userId, { part: 'conversationSummary', after, at: Math.round(at) });
  }

  setOutOfOffice(userId: string, active: boolean, at: number): void {
    const before = this.stateOf(userId).outOfOffice;
    if (before.active === active) return;
    const modifiedAt = later(at, before.modifiedAt);
    this.#replace(userId, { part: 'outOfOffice', after: { active, modifiedAt }, at: modifiedAt });
  }

  setActiveQueues(userId: string, ids: readonly string[], at: number): void {
    const changedAt = later(at, this.stateOf(userId).activeQueues.changedAt);
    this.#replace(userId, { part: 'activeQueues', after: { ids, changedAt }, at: changedAt });
  }

  #replace<Part extends LivePart>(userId: string, change: { part: Part; after: LiveState[Part]; at: number }): void {
    const state = this.stateOf(userId);
    const { part, after, at } = change;
    const next: LiveState = { ...state, [part]: after };
    this.#states.set(userId, next);
    const entry = { seq: this.journal.nextSeq(), at, userId, part, before: state[part], after } as JournalEntry;
    this.journal.append(entry);
    for (const listener of this.#listeners) listener(entry, next);
  }
}

const later = (at: number, previous: number): number => Math.max(Math.round(at), previous + 1);
