import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readActivity, type Activity } from '../activity/activity.ts';
import type { Interval } from './interval.ts';
import { activitySegments, factSegments, type RecordedPast } from './lanes.ts';
import { ANN, anyPast, PAST_FROM, PAST_MS } from './recorded-past.fake.ts';
import type { Segment } from './segment.ts';
import { FACT_KINDS, type FactKind, type FactValue, type Transition } from './transition.ts';

const RANGE: Interval = { from: PAST_FROM, to: PAST_FROM + PAST_MS };

const told = (fact: FactValue, at: number, more: Partial<Transition> = {}): Transition => ({
  agentId: ANN,
  fact,
  at,
  exact: true,
  ingestedAt: at,
  source: 'event',
  ...more,
});

const presence = (name: 'onQueue' | 'break' | 'offline', message: string | null = null): FactValue => ({
  kind: 'presence',
  presence: name,
  definitionId: null,
  message,
});

const routing = (name: 'idle' | 'interacting' | 'offQueue'): FactValue => ({ kind: 'routing', routing: name });

const work = (name: 'none' | 'contact' | 'afterCallWork'): FactValue => ({ kind: 'work', work: name });

const gap = (from: number, to: number, state: 'open' | 'filled' | 'unknowable') =>
  ({ agentId: ANN, from, to, reason: 'events-lost', state }) as const;

const expectTiles = (lane: readonly Segment<unknown>[], { from, to }: Interval): void => {
  expect(lane.map((segment) => segment.from)).toEqual([from, ...lane.slice(0, -1).map((segment) => segment.to)]);
  expect(lane.at(-1)?.to).toBe(to);
  for (const segment of lane) expect(segment.to).toBeGreaterThan(segment.from);
};

/** What holds at an instant, found the slow way: the latest transition by then, unless a gap is in the way. */
const factAt = <Kind extends FactKind>(kind: Kind, { transitions, gaps }: RecordedPast, instant: number) => {
  const isIn = gaps.some(
    ({ from, to, state }) => (state !== 'filled' || kind === 'work') && from <= instant && instant < to,
  );
  if (isIn) return null;
  let latest: Transition | null = null;
  for (const transition of transitions)
    if (transition.fact.kind === kind && transition.at <= instant && (latest === null || transition.at > latest.at))
      latest = transition;
  return latest === null ? null : (latest.fact as Extract<FactValue, { kind: Kind }>);
};

const activityAt = (past: RecordedPast, instant: number): Activity => {
  const presenceFact = factAt('presence', past, instant);
  const routingFact = factAt('routing', past, instant);
  if (presenceFact === null || routingFact === null) return 'unknown';
  const inAfterCallWork = factAt('work', past, instant)?.work === 'afterCallWork';
  return readActivity(presenceFact.presence, routingFact.routing, inAfterCallWork).activity;
};

describe('lanes of any past', () => {
  it('tile the range exactly, and neighbours differ', () => {
    fc.assert(
      fc.property(anyPast, (past) => {
        for (const kind of FACT_KINDS) {
          const lane = factSegments(kind, past, RANGE);
          expectTiles(lane, RANGE);
          for (const [index, { value }] of lane.entries())
            if (index > 0) expect(value).not.toEqual(lane[index - 1]?.value);
        }
        expectTiles(activitySegments(past, RANGE), RANGE);
      }),
    );
  });

  it('say at every second what the slow way says', () => {
    fc.assert(
      fc.property(anyPast, (past) => {
        const presences = factSegments('presence', past, RANGE);
        const activities = activitySegments(past, RANGE);
        for (let at = RANGE.from; at < RANGE.to; at += 1000) {
          const isAt = ({ from, to }: Interval): boolean => from <= at && at < to;
          expect(presences.find(isAt)?.value).toEqual(factAt('presence', past, at));
          expect(activities.find(isAt)?.value).toBe(activityAt(past, at));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are the same however often and in which order it is told', () => {
    const shuffled = anyPast.chain((past) =>
      fc
        .tuple(
          fc.shuffledSubarray([...past.transitions, ...past.transitions], { minLength: past.transitions.length * 2 }),
          fc.shuffledSubarray([...past.gaps, ...past.gaps], { minLength: past.gaps.length * 2 }),
        )
        .map(([transitions, gaps]) => ({ past, again: { transitions, gaps } })),
    );
    fc.assert(
      fc.property(shuffled, ({ past, again }) => {
        for (const kind of FACT_KINDS)
          expect(factSegments(kind, again, RANGE)).toEqual(factSegments(kind, past, RANGE));
        expect(activitySegments(again, RANGE)).toEqual(activitySegments(past, RANGE));
      }),
    );
  });
});

describe('lane of a fact', () => {
  const FROM = RANGE.from;

  it('begins with what held before, and says that it did not begin there', () => {
    const past = {
      transitions: [told(presence('break'), FROM - 5000), told(presence('onQueue'), FROM + 2000)],
      gaps: [],
    };
    expect(factSegments('presence', past, RANGE)).toEqual([
      expect.objectContaining({ from: FROM, to: FROM + 2000, startsExactly: false, isOngoing: false }),
      expect.objectContaining({ from: FROM + 2000, to: RANGE.to, startsExactly: true, isOngoing: true }),
    ]);
  });

  it('takes a sighting of unknown age for the segment whose exact start is told later', () => {
    const seen = told(presence('break'), FROM + 9000, { exact: false, source: 'snapshot' });
    const past = { transitions: [seen, told(presence('break'), FROM + 4000, { ingestedAt: FROM + 20_000 })], gaps: [] };
    expect(factSegments('presence', past, RANGE)).toEqual([
      expect.objectContaining({ from: FROM, to: FROM + 4000, value: null }),
      expect.objectContaining({ from: FROM + 4000, to: RANGE.to, startsExactly: true, source: 'event' }),
    ]);
  });

  it('tells stretches of one presence apart that have another message', () => {
    const transitions = [told(presence('break'), FROM), told(presence('break', 'soup'), FROM + 1000)];
    expect(factSegments('presence', { transitions, gaps: [] }, RANGE)).toHaveLength(2);
  });

  it('knows nothing in an open gap, and goes on after it without a beginning', () => {
    const past = { transitions: [told(routing('idle'), FROM)], gaps: [gap(FROM + 1000, FROM + 3000, 'open')] };
    expect(factSegments('routing', past, RANGE)).toMatchObject([
      { from: FROM, to: FROM + 1000, startsExactly: true },
      { from: FROM + 1000, to: FROM + 3000, value: null, source: null },
      { from: FROM + 3000, to: RANGE.to, value: { routing: 'idle' }, startsExactly: false },
    ]);
  });

  it('is known again in a gap that was filled, but for work, of which the platform keeps no history', () => {
    const past = {
      transitions: [told(routing('idle'), FROM), told(work('none'), FROM)],
      gaps: [gap(FROM, FROM + 3000, 'filled')],
    };
    expect(factSegments('routing', past, RANGE)).toHaveLength(1);
    expect(factSegments('work', past, RANGE).map(({ value }) => value?.work ?? null)).toEqual([null, 'none']);
  });

  it('is empty for an empty range', () => {
    const past = { transitions: [told(routing('idle'), FROM)], gaps: [] };
    expect(factSegments('routing', past, { from: FROM, to: FROM })).toEqual([]);
    expect(activitySegments(past, { from: FROM, to: FROM })).toEqual([]);
  });
});

describe('lane of activities', () => {
  const FROM = RANGE.from;

  it('follows the truth table as each fact changes', () => {
    const transitions = [
      told(presence('onQueue'), FROM),
      told(routing('idle'), FROM + 1000),
      told(routing('interacting'), FROM + 2000),
      told(work('contact'), FROM + 2000),
      told(work('afterCallWork'), FROM + 3000),
      told(routing('idle'), FROM + 4000),
      told(presence('break'), FROM + 5000),
    ];
    const lane = activitySegments({ transitions, gaps: [] }, RANGE);
    expect(lane.map(({ value, discrepancy }) => [value, discrepancy])).toEqual([
      ['unknown', null],
      ['ready', null],
      ['interacting', null],
      ['afterCallWork', null],
      ['ready', null],
      ['break', 'off-queue-but-idle'],
    ]);
    expect(lane.map(({ startsExactly }) => startsExactly)).toEqual([false, true, true, true, true, true]);
  });
});
