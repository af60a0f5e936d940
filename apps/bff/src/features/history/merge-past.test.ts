import {
  agentId,
  factSegments,
  type FactValue,
  type Interval,
  type RecordingGap,
  type Transition,
} from '@floorwatch/domain';
import type { AgentDetails } from '@floorwatch/genesys';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePast, unknownHull } from './merge-past.ts';

const ANN = agentId('ann');
const REACH: Interval = { from: 1000, to: 2000 };

const PRESENCES = ['available', 'onQueue', 'meal'] as const;
const ROUTINGS = ['idle', 'interacting', 'offQueue'] as const;

/** A life: each fact changes at these instants, to something else each time. */
const lane = <Fact extends FactValue>(values: readonly Fact[]): fc.Arbitrary<Pick<Transition, 'at' | 'fact'>[]> =>
  fc
    .uniqueArray(fc.integer({ min: 901, max: 1999 }), { maxLength: 14 })
    .map((instants) =>
      [900, ...instants.toSorted((a, b) => a - b)].map((at, index) => ({ at, fact: values[index % values.length] })),
    )
    .map((changes) => changes.filter((change): change is { at: number; fact: Fact } => change.fact !== undefined));

const life = fc
  .tuple(
    lane(PRESENCES.map((presence) => ({ kind: 'presence' as const, presence, definitionId: null, message: null }))),
    lane(ROUTINGS.map((routing) => ({ kind: 'routing' as const, routing }))),
  )
  .map((lanes) => lanes.flat());

const as = (source: Transition['source'], changes: readonly Pick<Transition, 'at' | 'fact'>[]): Transition[] =>
  changes.map((change) => ({ ...change, agentId: ANN, exact: true, ingestedAt: source === 'event' ? 1 : 2, source }));

const gap = (from: number, to: number, state: RecordingGap['state'] = 'open'): RecordingGap => ({
  agentId: ANN,
  from,
  to,
  reason: 'not-recording',
  state,
});

const detailsOf = (transitions: Transition[], parts: Partial<AgentDetails> = {}): AgentDetails => ({
  agentId: ANN,
  transitions,
  holes: [],
  toldUpTo: { presence: Infinity, routing: Infinity },
  ...parts,
});

const valuesOf = (past: Parameters<typeof factSegments>[1]) =>
  (['presence', 'routing'] as const).map((kind) =>
    factSegments(kind, past, REACH).map(({ from, to, value }) => ({ from, to, value })),
  );

describe('own records and the platform’s history', () => {
  it('are together what truly happened, wherever recording began and was away', () => {
    const stretch = fc.tuple(fc.integer({ min: 900, max: 1999 }), fc.integer({ min: 1, max: 400 }));
    fc.assert(
      fc.property(
        life,
        fc.integer({ min: 900, max: 2000 }),
        fc.array(stretch, { maxLength: 3 }),
        (truth, began, away) => {
          const gaps = away
            .map(([from, length]) => gap(from, Math.min(from + length, 2000)))
            .filter(({ from, to }) => from < to && to > REACH.from); // of another one nobody would ask
          const isKept = ({ at }: { at: number }): boolean =>
            at >= began && !gaps.some(({ from, to }) => from <= at && at < to);
          const own = { transitions: as('event', truth.filter(isKept)), gaps };
          const merged = mergePast(own, detailsOf(as('analytics', truth)), REACH);
          expect(merged.gaps.filter(({ state }) => state !== 'filled')).toEqual([]);
          expect(valuesOf(merged)).toEqual(valuesOf({ transitions: as('event', truth), gaps: [] }));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('need no question where everything was recorded, and one over all that is missing', () => {
    const [presence, routing] = [
      { kind: 'presence', presence: 'meal', definitionId: null, message: null },
      { kind: 'routing', routing: 'idle' },
    ] as const;
    const from = (at: number) =>
      as('event', [
        { at, fact: presence },
        { at, fact: routing },
      ]);
    expect(unknownHull({ transitions: from(900), gaps: [] }, REACH)).toBeNull();
    expect(unknownHull({ transitions: from(900), gaps: [gap(1100, 1200, 'filled')] }, REACH)).toBeNull();
    expect(unknownHull({ transitions: from(1300), gaps: [gap(1500, 1600)] }, REACH)).toEqual({ from: 1000, to: 1600 });
    expect(unknownHull({ transitions: from(900), gaps: [gap(1500, 2600)] }, REACH)).toEqual({ from: 1500, to: 2000 });
    expect(unknownHull({ transitions: [], gaps: [] }, REACH)).toEqual(REACH);
  });

  it('leave a gap open while the history has not caught up with its end', () => {
    const fact = (routing: 'idle' | 'interacting') => ({ kind: 'routing' as const, routing });
    const presence = {
      at: 900,
      fact: { kind: 'presence' as const, presence: 'onQueue' as const, definitionId: null, message: null },
    };
    const own = {
      transitions: as('event', [presence, { at: 900, fact: fact('idle') }, { at: 1500, fact: fact('idle') }]),
      gaps: [gap(1200, 1500)],
    };
    const lagging = detailsOf(
      as('analytics', [presence, { at: 900, fact: fact('idle') }, { at: 1300, fact: fact('interacting') }]),
    );
    expect(mergePast(own, lagging, REACH).gaps).toMatchObject([{ state: 'open' }]);
    const caughtUp = detailsOf([...lagging.transitions, ...as('analytics', [{ at: 1500, fact: fact('idle') }])]);
    expect(mergePast(own, caughtUp, REACH).gaps).toMatchObject([{ state: 'filled' }]);
    const ended = detailsOf([...lagging.transitions], { toldUpTo: { presence: Infinity, routing: 1400 } });
    expect(mergePast(own, ended, REACH).gaps).toMatchObject([{ state: 'open' }]);
  });

  it('stay unknown where neither of them tells anything', () => {
    const told = detailsOf([], { holes: [{ from: 1100, to: 1200 }], toldUpTo: { presence: null, routing: null } });
    expect(mergePast({ transitions: [], gaps: [] }, told, REACH).gaps).toEqual([gap(1100, 1200, 'unknowable')]);
  });
});
