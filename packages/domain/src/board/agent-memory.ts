import type { AgentState, JoinedQueues } from '../agent/agent.ts';
import { totalOf, workKind, type ContactCounts, type Contacts } from '../agent/contacts.ts';
import type { Presence } from '../agent/presence.ts';
import { sameSince, type Since } from '../agent/since.ts';
import type { AgentObservation } from './observation.ts';
import { advance, NEVER, supersedes, type Stamp } from './stamp.ts';

type Part = 'presence' | 'routing' | 'contacts' | 'outOfOffice' | 'queues';

interface Facts {
  readonly state: AgentState;
  readonly queueIds: JoinedQueues;
}

/** What a board remembers of one agent beyond the row, to judge whether an observation is news. */
export class AgentMemory {
  #stamps: Record<Part, Stamp> = {
    presence: NEVER,
    routing: NEVER,
    contacts: NEVER,
    outOfOffice: NEVER,
    queues: NEVER,
  };
  #contactCounts: ContactCounts = {};

  /** Takes over the parts of the observation that are newer than what is held. */
  merge(held: Facts, seen: AgentObservation): Facts {
    let { state, queueIds } = held;
    if (seen.presence)
      state = this.#isNews('presence', seen, exactInstant(seen.presence.since))
        ? { ...state, presence: carryOn(state.presence, seen.presence) }
        : fillIn(state, seen.presence);
    if (seen.routing && this.#isNews('routing', seen, exactInstant(seen.routing.since)))
      state = { ...state, routing: carryOn(state.routing, seen.routing) };
    if (seen.contacts && this.#isNews('contacts', seen, null))
      state = { ...state, contacts: this.#mergeContacts(state.contacts, seen.contacts, seen) };
    if (seen.outOfOffice && this.#isNews('outOfOffice', seen, seen.outOfOffice.modifiedAt))
      state = { ...state, outOfOffice: seen.outOfOffice.active };
    if (seen.queues && this.#isNews('queues', seen, seen.queues.modifiedAt)) queueIds = seen.queues.ids.toSorted();
    return { state, queueIds };
  }

  #isNews(part: Part, seen: AgentObservation, platformAt: number | null): boolean {
    const { observedAt } = seen;
    const next: Stamp = { platformAt: platformAt ?? -Infinity, observedAt, isDated: platformAt !== null };
    const held = this.#stamps[part];
    if (!supersedes(next, held)) return false;
    this.#stamps[part] = advance(held, next);
    return true;
  }

  /** The platform counts contacts but does not say since when, so the moment of a change of kind is kept here. */
  #mergeContacts(held: Contacts | null, counts: ContactCounts, seen: AgentObservation): Contacts {
    this.#contactCounts = seen.kind === 'snapshot' ? counts : { ...this.#contactCounts, ...counts };
    const total = totalOf(this.#contactCounts);
    if (held !== null && workKind(held) === workKind(total)) return { ...total, since: held.since };
    const sawTheChange = seen.kind === 'event' && held !== null;
    return { ...total, since: { at: seen.platformNow, exact: sawTheChange } };
  }
}

/** A fact that is seen again without its instant has gone on since the instant we hold; null is what was left out. */
const carryOn = <Fact extends { readonly since: Since }>(held: Fact | null, seen: Fact): Fact => {
  if (held === null || seen.since.exact) return seen;
  const goesOn = Object.keys(seen).every(
    (key) => key === 'since' || seen[key as keyof Fact] === null || seen[key as keyof Fact] === held[key as keyof Fact],
  );
  return goesOn ? held : seen;
};

/** The same presence of the same instant, seen again: what the platform left out the first time is filled in. */
const fillIn = (state: AgentState, seen: Presence): AgentState => {
  const held = state.presence;
  if (held === null || !sameSince(held.since, seen.since) || held.system !== seen.system) return state;
  const definitionId = held.definitionId ?? seen.definitionId;
  const message = held.message ?? seen.message;
  if (definitionId === held.definitionId && message === held.message) return state;
  return { ...state, presence: { ...held, definitionId, message } };
};

const exactInstant = (since: Since): number | null => (since.exact ? since.at : null);
