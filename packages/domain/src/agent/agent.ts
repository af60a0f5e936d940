import type { AgentId, DivisionId, QueueId } from './ids.ts';
import { sameContacts, type Contacts } from './contacts.ts';
import { samePresence, type Presence } from './presence.ts';
import { sameRoutingStatus, type RoutingStatus } from './routing-status.ts';

/** Who an agent is: changes rarely, and never because of what the agent is doing. */
export interface AgentProfile {
  readonly id: AgentId;
  readonly name: string;
  readonly divisionId: DivisionId | null;
  readonly title: string | null;
  readonly department: string | null;
  readonly team: string | null;
}

/**
 * What one look at an agent tells of the profile. Absent is unchanged, null is none: a name that was not told this time is
 * still the agent's name.
 */
export type ProfileSighting = Pick<AgentProfile, 'id'> & Partial<AgentProfile>;

/** The profile after a look. An agent who has never been named is called by the id, which can at least be looked up. */
export const mergeProfile = (known: AgentProfile | null, seen: ProfileSighting): AgentProfile => ({
  name: seen.id,
  divisionId: null,
  title: null,
  department: null,
  team: null,
  ...known,
  ...seen,
});

/**
 * What is known of an agent right now. Each part is a fact of its own with its own instant;
 * a part that has not been seen yet is null and is never guessed.
 */
export interface AgentState {
  readonly presence: Presence | null;
  readonly routing: RoutingStatus | null;
  readonly contacts: Contacts | null;
  readonly outOfOffice: boolean | null;
}

/** The state of an agent of whom nothing has been seen. */
export const UNSEEN: AgentState = {
  presence: null,
  routing: null,
  contacts: null,
  outOfOffice: null,
};

export const sameProfile = (a: AgentProfile, b: AgentProfile): boolean =>
  a.id === b.id &&
  a.name === b.name &&
  a.divisionId === b.divisionId &&
  a.title === b.title &&
  a.department === b.department &&
  a.team === b.team;

/** Queues an agent has joined; null until seen. Order does not matter to the platform, so keep them sorted. */
export type JoinedQueues = readonly QueueId[] | null;

export const sameQueues = (a: JoinedQueues, b: JoinedQueues): boolean =>
  a === b || (a !== null && b !== null && a.length === b.length && a.every((id, index) => id === b[index]));

/** Whether two optional facts say the same. */
const same = <Fact>(a: Fact | null, b: Fact | null, equal: (a: Fact, b: Fact) => boolean): boolean =>
  a === b || (a !== null && b !== null && equal(a, b));

export const sameState = (a: AgentState, b: AgentState): boolean =>
  same(a.presence, b.presence, samePresence) &&
  same(a.routing, b.routing, sameRoutingStatus) &&
  same(a.contacts, b.contacts, sameContacts) &&
  a.outOfOffice === b.outOfOffice;
