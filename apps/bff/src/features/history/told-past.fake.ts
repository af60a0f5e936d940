import {
  agentId,
  Board,
  GAP_REASONS,
  GAP_STATES,
  idempotencyKey,
  WINDOW_MS,
  windowsOf,
  windowStart,
  type FactKind,
  type FactValue,
  type Interval,
  type RecordedPast,
  type RecordingGap,
  type Transition,
} from '@floorwatch/domain';
import { FakeClock, FakeRecordingStore } from '@floorwatch/domain/testing';
import { GenesysUnavailable, type AgentDetails } from '@floorwatch/genesys';
import fc, { type Arbitrary } from 'fast-check';
import { pino } from 'pino';
import { PastReader } from './past-reader.ts';

export const ANN = agentId('ann');

const HOUR = 3_600_000;

/** Noon before a day of 23 hours in Europe. */
export const SPAN: Interval = {
  from: Date.parse('2026-03-28T12:00:00.000Z'),
  to: Date.parse('2026-03-31T12:00:00.000Z'),
};

/** Now, when all of it has gone by. */
const NOW = SPAN.to + HOUR;

/** An instant of the span, to the second: often on the boundary of a window, or next to it. */
export const inSpan: Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: (SPAN.to - SPAN.from) / 1000 }).map((seconds) => SPAN.from + seconds * 1000),
  fc
    .tuple(fc.integer({ min: 0, max: (SPAN.to - SPAN.from) / WINDOW_MS }), fc.constantFrom(-1, 0, 0, 1))
    .map(([window, beside]) => SPAN.from + window * WINDOW_MS + beside),
);

export const rangeInSpan: Arbitrary<Interval> = fc
  .tuple(inSpan, inSpan)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
  .filter(({ from, to }) => from < to);

const fact: Arbitrary<FactValue> = fc.oneof(
  fc.record({
    kind: fc.constant('presence' as const),
    presence: fc.constantFrom('available', 'onQueue', 'meal', 'offline'),
    definitionId: fc.constant(null),
    message: fc.constant(null),
  }),
  fc.record({ kind: fc.constant('routing' as const), routing: fc.constantFrom('idle', 'interacting', 'offQueue') }),
  fc.record({ kind: fc.constant('work' as const), work: fc.constantFrom('none', 'contact', 'afterCallWork') }),
);

type Change = Pick<Transition, 'at' | 'fact'>;

/** An agent who flaps, for longer than is calm. */
const burst: Arbitrary<Change[]> = fc
  .tuple(inSpan, fc.integer({ min: 4, max: 30 }), fc.integer({ min: 1, max: 25 }))
  .map(([from, count, seconds]) =>
    Array.from({ length: count }, (_, index): Change => ({
      at: from + index * seconds * 1000,
      fact: { kind: 'routing', routing: index % 2 === 0 ? 'idle' : 'interacting' },
    })),
  );

const changes = (source: Transition['source']): Arbitrary<Transition[]> =>
  fc
    .tuple(
      // What held before the span, as retention carries it over; missing where recording had not begun.
      fc.array(
        fact.map((one): Change => ({ at: SPAN.from - 90 * 24 * HOUR, fact: one })),
        { maxLength: 3 },
      ),
      fc.array(fc.record({ at: inSpan, fact }), { maxLength: 40 }),
      fc.array(burst, { maxLength: 2 }),
    )
    .map(([before, some, bursts]) =>
      [...before, ...some, ...bursts.flat()].map((change): Transition => ({
        ...change,
        agentId: ANN,
        exact: source === 'event',
        ingestedAt: source === 'event' ? 1 : 2,
        source,
      })),
    )
    .map((all) => [...new Map(all.map((one) => [idempotencyKey(one), one])).values()]);

const gap: Arbitrary<RecordingGap> = fc.tuple(inSpan, fc.integer({ min: 1, max: 6 * HOUR })).chain(([from, length]) =>
  fc.record({
    agentId: fc.constant(ANN),
    from: fc.constant(from),
    to: fc.constant(from + length),
    reason: fc.constantFrom(...GAP_REASONS),
    state: fc.constantFrom(...GAP_STATES),
  }),
);

export interface TwoSources {
  /** What was recorded. */
  readonly own: RecordedPast;
  /** What the platform's history tells of presence and routing; it need not fit. */
  readonly told: readonly Transition[];
  /** The history may not be read. */
  readonly isRefused: boolean;
}

/** Anything that the two sources of an agent's past may say over the span. */
export const anySources: Arbitrary<TwoSources> = fc.record({
  own: fc.record({
    transitions: changes('event'),
    gaps: fc.uniqueArray(gap, { maxLength: 9, selector: ({ from }) => from }),
  }),
  told: changes('analytics'),
  isRefused: fc.boolean(),
});

/**
 * A reader of such a past, on a store with everybody's windows up to an instant.
 * @returns also how often the platform was asked
 */
export const openPast = async ({ own, told, isRefused }: TwoSources, windowsUpTo: number) => {
  const store = new FakeRecordingStore();
  await store.addTransitions(own.transitions);
  for (const { state, ...opened } of own.gaps) {
    await store.addGaps([opened]);
    if (state !== 'open') await store.closeGaps([{ ...opened, state: 'open' }], state);
  }
  const recorded: RecordedPast = { transitions: store.transitions, gaps: store.gaps };
  const first = Math.min(...own.transitions.map(({ at }) => at));
  const from = Math.max(SPAN.from - HOUR, windowStart(first)); // before that nothing was recorded
  if (from < windowsUpTo) await store.putWindows(windowsOf(ANN, recorded, { from, to: windowsUpTo }));
  await store.writeProgress({ windowsUpTo: windowStart(windowsUpTo), aliveAt: windowsUpTo });
  const asked: Interval[] = [];
  const listUserDetails = (_ids: readonly unknown[], interval: Interval): Promise<AgentDetails[]> => {
    asked.push(interval);
    return isRefused ? Promise.reject(refusal) : Promise.resolve([detailsOf(told, interval)]);
  };
  const reader = new PastReader({
    board: new Board('test'),
    cloud: { listUserDetails, platformNow: () => NOW },
    clock: new FakeClock(NOW),
    log: pino({ level: 'silent' }),
    store,
  });
  return { reader, store, asked };
};

const refusal = new GenesysUnavailable({
  message: 'refused',
  context: { method: 'POST', path: '/api/v2/analytics/users/details/query', correlationId: null },
  status: 503,
});

/** As the platform answers: what began in the interval, and of each fact what held when it began. */
const detailsOf = (told: readonly Transition[], { from, to }: Interval): AgentDetails => {
  const laneOf = (kind: FactKind) => {
    const lane = told.filter((one) => one.fact.kind === kind).toSorted((a, b) => a.at - b.at);
    const inside = lane
      .slice(
        Math.max(
          0,
          lane.findLastIndex(({ at }) => at <= from),
        ),
      )
      .filter(({ at }) => at < to);
    const next = lane.find(({ at }) => at >= to)?.at ?? Infinity;
    return { inside, upTo: inside.length === 0 ? null : next };
  };
  const presence = laneOf('presence');
  const routing = laneOf('routing');
  return {
    agentId: ANN,
    transitions: [...presence.inside, ...routing.inside],
    holes: [],
    toldUpTo: { presence: presence.upTo, routing: routing.upTo },
  };
};
