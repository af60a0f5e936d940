import fc, { type Arbitrary } from 'fast-check';
import type { AgentProfile } from '../agent/agent.ts';
import { MEDIA_TYPES, type ContactCounts } from '../agent/contacts.ts';
import { agentId, divisionId, presenceDefinitionId, queueId } from '../agent/ids.ts';
import { SYSTEM_PRESENCES } from '../agent/presence.ts';
import { ROUTING_STATES } from '../agent/routing-status.ts';
import { SETTER_KINDS, type SetBy } from '../agent/set-by.ts';
import { FLAG_KINDS, type AgentFlag, type FlagKind } from '../quality/flags.ts';
import type { AgentRow } from './agent-row.ts';
import type { Board, RowChange } from './board.ts';
import type { AgentObservation } from './observation.ts';

/** One thing that happens to a board. */
export type BoardStep =
  | { readonly kind: 'joins'; readonly profile: AgentProfile }
  | { readonly kind: 'leaves'; readonly id: AgentProfile['id'] }
  | { readonly kind: 'is-seen'; readonly observation: AgentObservation }
  | {
      readonly kind: 'is-told-of';
      readonly id: AgentProfile['id'];
      readonly at: number;
      readonly who: Pick<SetBy, 'kind' | 'id'>;
    }
  | { readonly kind: 'is-flagged'; readonly id: AgentProfile['id']; readonly flag: AgentFlag }
  | { readonly kind: 'is-cleared'; readonly id: AgentProfile['id']; readonly of: FlagKind };

/** Lets a step happen. */
export const takeStep = (board: Board, step: BoardStep): RowChange | null => {
  switch (step.kind) {
    case 'joins':
      return board.putAgent(step.profile);
    case 'leaves':
      return board.removeAgent(step.id);
    case 'is-seen':
      return board.applyEvent(step.observation);
    case 'is-told-of':
      return board.noteSetBy(step.id, step.at, step.who);
    case 'is-flagged':
      return board.raiseFlag(step.id, step.flag);
    case 'is-cleared':
      return board.lowerFlag(step.id, step.of);
  }
};

/** Few agents, instants and names, so that steps often meet. */
const someAgentId = fc.constantFrom('ann', 'bob', 'cem', 'dee').map(agentId);
const someInstant = fc.integer({ min: 1, max: 40 });
const maybe = <Value>(value: Arbitrary<Value>): Arbitrary<Value | null> => fc.option(value, { nil: null });

const someSince = fc.record({ at: someInstant, exact: fc.boolean() });

const someContactCounts: Arbitrary<ContactCounts> = fc.dictionary(
  fc.constantFrom(...MEDIA_TYPES),
  fc.record({ active: fc.nat(2), afterCallWork: fc.nat(2) }),
);

const someProfile: Arbitrary<AgentProfile> = fc.record({
  id: someAgentId,
  name: fc.constantFrom('Ann', 'Ann Marie', 'بوب'),
  divisionId: maybe(fc.constantFrom('home', 'away').map(divisionId)),
  title: maybe(fc.constant('Agent')),
  department: fc.constant(null),
  team: maybe(fc.constantFrom('red', 'blue')),
});

const someParts = fc.record(
  {
    presence: fc.record({
      system: fc.constantFrom(...SYSTEM_PRESENCES),
      definitionId: maybe(fc.constantFrom('d1', 'd2').map(presenceDefinitionId)),
      message: maybe(fc.constant('back 10:30')),
      since: someSince,
    }),
    routing: fc.record({ state: fc.constantFrom(...ROUTING_STATES), since: someSince }),
    contacts: someContactCounts,
    outOfOffice: fc.record({ active: fc.boolean(), modifiedAt: maybe(someInstant) }),
    queues: fc.record({
      ids: fc.uniqueArray(fc.constantFrom('q1', 'q2', 'q3').map(queueId)),
      modifiedAt: maybe(someInstant),
    }),
  },
  { requiredKeys: [] },
);

const someObservation: Arbitrary<AgentObservation> = fc
  .tuple(
    fc.record({
      agentId: someAgentId,
      observedAt: someInstant,
      platformNow: someInstant,
      kind: fc.constantFrom('event' as const, 'snapshot' as const),
    }),
    someParts,
  )
  .map(([head, parts]) => ({ ...head, ...parts }));

const someFlag: Arbitrary<AgentFlag> = fc.record({
  kind: fc.constantFrom(...FLAG_KINDS),
  since: someInstant,
  reason: fc.constantFrom('why', 'because'),
});

/** It is heard who set a presence; often of one that is not there any more. */
const someWordOfSetter: Arbitrary<BoardStep> = fc.record({
  kind: fc.constant('is-told-of' as const),
  id: someAgentId,
  at: someInstant,
  who: fc.record({ kind: fc.constantFrom(...SETTER_KINDS), id: maybe(someAgentId) }),
});

/** Flags go up and come down. */
const someFlagStep: Arbitrary<BoardStep> = fc.oneof(
  fc.record({ kind: fc.constant('is-flagged' as const), id: someAgentId, flag: someFlag }),
  fc.record({ kind: fc.constant('is-cleared' as const), id: someAgentId, of: fc.constantFrom(...FLAG_KINDS) }),
);

const someStep: Arbitrary<BoardStep> = fc.oneof(
  { weight: 2, arbitrary: someProfile.map((profile): BoardStep => ({ kind: 'joins', profile })) },
  { weight: 1, arbitrary: someAgentId.map((id): BoardStep => ({ kind: 'leaves', id })) },
  { weight: 2, arbitrary: someFlagStep },
  { weight: 2, arbitrary: someWordOfSetter },
  { weight: 6, arbitrary: someObservation.map((observation): BoardStep => ({ kind: 'is-seen', observation })) },
);

/** Anything that may happen to a board, in any order: joining, leaving, coming back, events, snapshots. */
export const someStory: Arbitrary<BoardStep[]> = fc.array(someStep, { maxLength: 60 });

/** The rows of a board in one order, to compare two boards. */
export const rowsByRef = (board: Board): AgentRow[] => [...board.rows()].toSorted((a, b) => a.ref - b.ref);
