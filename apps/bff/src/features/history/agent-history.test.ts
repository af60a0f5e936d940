import { HISTORY_KINDS, type AgentHistory } from '@floorwatch/contracts';
import { Board, type Interval } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import type { ScheduledActivity } from '@floorwatch/genesys';
import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { AgentExtras } from './agent-extras.ts';
import { AgentHistories, type HistoryQuestion } from './agent-history.ts';
import { cutPage, readHistoryCursor } from './history-page.ts';
import { ANN, anySources, inSpan, openPast, rangeInSpan, SPAN, type TwoSources } from './told-past.fake.ts';

const HOUR = 3_600_000;

/** A plan of four hours' work, with a meal between them, all along. */
const planOf = ({ from, to }: Interval): ScheduledActivity[] =>
  Array.from({ length: Math.ceil((to - from) / (4 * HOUR)) }, (_, index) => ({
    from: from + index * 4 * HOUR,
    to: from + (index + 1) * 4 * HOUR,
    category: index % 2 === 0 ? 'OnQueueWork' : 'Meal',
    activityCode: null,
    isPaid: null,
  }));

const openHistories = async (sources: TwoSources, windowsUpTo: number): Promise<AgentHistories> => {
  const { reader } = await openPast(sources, windowsUpTo);
  const clock = new FakeClock(SPAN.to);
  const cloud = {
    getSchedule: (_id: unknown, range: Interval) => Promise.resolve(planOf(range)),
    listPresenceChanges: () => Promise.resolve([]),
  };
  return new AgentHistories({
    board: new Board('test'),
    past: reader,
    extras: new AgentExtras({ cloud, audit: null, clock, log: pino({ level: 'silent' }) }),
    clock,
    names: () => ({ revision: 0, divisions: [], queues: [], presenceDefinitions: [] }),
  });
};

type Page = Pick<AgentHistory, 'segments' | 'gaps' | 'volatile'> & { readonly endsAt: number | null };

const question = fc.record({
  range: rangeInSpan,
  kinds: fc.option(fc.subarray([...HISTORY_KINDS], { minLength: 1 })),
  limit: fc.integer({ min: 1, max: 60 }),
  windowsUpTo: inSpan,
});

it('each page of a history tells what the whole tells of its time, though only that much is read', async () => {
  let problems = 0;
  await fc.assert(
    fc.asyncProperty(anySources, question, async (sources, { range, kinds, limit, windowsUpTo }) => {
      const histories = await openHistories(sources, windowsUpTo);
      const asked: HistoryQuestion = {
        range: { ...range, askedTo: range.to, now: SPAN.to, retainedFrom: SPAN.from },
        kinds,
        seen: 'all',
      };
      const whole = await histories.readWhole(ANN, asked);
      for (let at: number | null = null, isLast = false; !isLast;) {
        const { cursor, ...page } = await histories.readPage(ANN, asked, { limit, at });
        const expected: Page = cutPage(whole, { at: at ?? range.from, limit });
        const next = cursor === null ? null : readHistoryCursor(cursor).at;
        const { segments, gaps, volatile } = page;
        expect({ segments, gaps, volatile, endsAt: next }).toEqual(expected);
        if (page.analyticsProblem !== null) problems += 1;
        at = next;
        isLast = next === null;
      }
    }),
    { numRuns: 300 },
  );
  expect(problems).toBeGreaterThan(0);
});
