import fc, { type Arbitrary } from 'fast-check';
import { agentId } from '../agent/ids.ts';
import { SYSTEM_PRESENCES } from '../agent/presence.ts';
import { ROUTING_STATES } from '../agent/routing-status.ts';
import { WINDOW_MS } from './availability-window.ts';
import type { RecordedPast } from './lanes.ts';
import { GAP_REASONS, GAP_STATES, type RecordingGap } from './recording-gap.ts';
import { idempotencyKey, TRANSITION_SOURCES, type FactValue, type Transition } from './transition.ts';

export const ANN = agentId('ann');

/** Start of the invented past: a whole window, as every multiple of five minutes is. */
export const PAST_FROM = Date.parse('2026-03-29T00:50:00.000Z');

/** Its length: windows enough for a spell, few enough for an oracle that looks at every second. */
export const PAST_MS = 4 * WINDOW_MS;

const STEP_MS = 1000;

const instantOf = (step: number): number => PAST_FROM + step * STEP_MS;

const fact: Arbitrary<FactValue> = fc.oneof(
  fc.record({
    kind: fc.constant('presence' as const),
    presence: fc.constantFrom(...SYSTEM_PRESENCES),
    definitionId: fc.constant(null),
    message: fc.constantFrom(null, 'back 10:30'),
  }),
  fc.record({ kind: fc.constant('routing' as const), routing: fc.constantFrom(...ROUTING_STATES) }),
  fc.record({ kind: fc.constant('work' as const), work: fc.constantFrom('none', 'contact', 'afterCallWork') }),
  fc.record({ kind: fc.constant('outOfOffice' as const), active: fc.boolean() }),
);

/** One transition for each identity, at whole seconds from a little before the range to its end. */
const transitions: Arbitrary<Transition[]> = fc.uniqueArray(
  fc.record({
    agentId: fc.constant(ANN),
    fact,
    at: fc.integer({ min: -200, max: PAST_MS / STEP_MS }).map(instantOf),
    exact: fc.boolean(),
    ingestedAt: fc.nat(1000),
    source: fc.constantFrom(...TRANSITION_SOURCES),
  }),
  { selector: idempotencyKey, maxLength: 60 },
);

const gap: Arbitrary<RecordingGap> = fc
  .tuple(fc.integer({ min: -200, max: PAST_MS / STEP_MS }), fc.integer({ min: 1, max: 400 }))
  .chain(([from, length]) =>
    fc.record({
      agentId: fc.constant(ANN),
      from: fc.constant(instantOf(from)),
      to: fc.constant(instantOf(from + length)),
      reason: fc.constantFrom(...GAP_REASONS),
      state: fc.constantFrom(...GAP_STATES),
    }),
  );

/** Anything that may have been recorded of one agent within `PAST_MS`. */
export const anyPast: Arbitrary<RecordedPast> = fc.record({ transitions, gaps: fc.array(gap, { maxLength: 4 }) });
