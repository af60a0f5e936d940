import {
  bucketBoundaries,
  factSegments,
  GRANULARITIES,
  timesOf,
  timesReach,
  totalMs,
  type Transition,
} from '@floorwatch/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANN, anySources, inSpan, openPast, rangeInSpan, SPAN, type TwoSources } from '../history/told-past.fake.ts';
import { readAgentTimes } from './agent-times.ts';

const question = fc.record({
  range: rangeInSpan,
  how: fc.record({
    granularity: fc.constantFrom(...GRANULARITIES),
    zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia'),
  }),
  windowsUpTo: inSpan,
});

const byWindow = { granularity: '5m', zone: 'Europe/Berlin' } as const;

const routing = (at: number, index: number, source: Transition['source']): Transition => ({
  agentId: ANN,
  at,
  fact: { kind: 'routing', routing: index % 2 === 0 ? 'idle' : 'interacting' },
  exact: true,
  ingestedAt: source === 'event' ? 1 : 2,
  source,
});

const atWork: Transition = {
  ...routing(SPAN.from, 0, 'event'),
  fact: { kind: 'presence', presence: 'onQueue', definitionId: null, message: null },
};

/** Somebody who flapped at the end of a gap: the platform tells it, and it makes the window behind the gap volatile. */
const flappingInGap: TwoSources = {
  own: {
    transitions: [atWork, routing(SPAN.from, 0, 'event'), routing(SPAN.from + 290_000, 0, 'event')],
    gaps: [{ agentId: ANN, from: SPAN.from + 1000, to: SPAN.from + 290_000, reason: 'events-lost', state: 'open' }],
  },
  told: [
    { ...atWork, ingestedAt: 2, source: 'analytics' },
    routing(SPAN.from, 0, 'analytics'),
    ...Array.from({ length: 9 }, (_, index) => routing(SPAN.from + 250_000 + index * 5000, index, 'analytics')),
  ],
  isRefused: false,
};

describe('one agent’s time, the short way', () => {
  it('is to the millisecond what all that happened adds up to, whatever is missing and told by the platform', async () => {
    let short = 0;
    await fc.assert(
      fc.asyncProperty(anySources, question, async (sources, { range, how, windowsUpTo }) => {
        const { reader } = await openPast(sources, windowsUpTo);
        const boundaries = bucketBoundaries(range, how);
        const times = await readAgentTimes(reader, ANN, boundaries);
        if (times === null) return;
        short += 1;
        const past = await reader.readOne(ANN, timesReach(range));
        expect(times.sums).toEqual(timesOf(past, boundaries));
        expect(times.analyticsProblem).toBe(past.analyticsProblem);
        const told = factSegments('presence', times.presences, range);
        expect(told).toEqual(factSegments('presence', past, range));
      }),
      { numRuns: 400, examples: [[flappingInGap, { range: SPAN, how: byWindow, windowsUpTo: SPAN.to }]] },
    );
    expect(short).toBeGreaterThan(100);
  });

  it('asks the platform once, however many gaps there are', async () => {
    await fc.assert(
      fc.asyncProperty(anySources, async (sources) => {
        const { reader, asked } = await openPast({ ...sources, isRefused: false }, SPAN.to);
        const times = await readAgentTimes(reader, ANN, [SPAN.from, SPAN.to]);
        fc.pre(times !== null);
        expect(times?.sums.map(({ ms }) => totalMs(ms))).toEqual([SPAN.to - SPAN.from]);
        expect(asked.length).toBeLessThanOrEqual(2); // once more for what was before the first record
      }),
      { numRuns: 100 },
    );
  });
});
