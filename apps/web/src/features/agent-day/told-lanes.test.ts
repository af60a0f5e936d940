import fc from 'fast-check';
import { expect, test } from 'vitest';
import { busyPast, historyReply, scheduleReply } from './history.fake.ts';
import { discrepancyMarks, joinTold, readTold } from './told-lanes.ts';

const DAY = 86_400_000;
const FROM = Date.parse('2026-08-10T00:00Z');
const RANGE = { from: FROM, to: FROM + 3 * DAY };
const NOW = FROM + 10 * DAY;
const PAST = busyPast({ from: FROM - DAY, to: FROM + 4 * DAY });

/** The range told in pieces, as the API tells it page by page. */
const pagesCutAt = (cuts: readonly number[]) => {
  const edges = [RANGE.from, ...cuts, RANGE.to];
  return edges.slice(1).map((to, index) => historyReply(PAST, { from: edges[index] ?? 0, to }, NOW));
};

const cutsWithin = fc
  .uniqueArray(fc.integer({ min: 1, max: 3 * DAY - 1 }), { maxLength: 8 })
  .map((offsets) => offsets.toSorted((a, b) => a - b).map((offset) => FROM + offset));

test('lanes and marks are the same in however many pages and parts they come', () => {
  const whole = pagesCutAt([]);
  fc.assert(
    fc.property(cutsWithin, (cuts) => {
      const pages = pagesCutAt(cuts);
      expect(readTold(pages)).toEqual(readTold(whole));
      expect(joinTold(pages.toReversed().map((page) => readTold([page])))).toEqual(readTold(whole));
    }),
  );
});

test('each lane covers the whole range, what is not known included', () => {
  const { presence, routing, activity } = readTold(pagesCutAt([])).lanes;
  for (const lane of [presence, routing, activity]) {
    expect(lane.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(3 * DAY);
    expect(lane.some(({ key }) => key === null)).toBe(true);
  }
});

test('a gap says why nothing is known, and that it counts as no status', () => {
  const [gap] = readTold(pagesCutAt([])).marks;
  expect(gap).toMatchObject({ kind: 'gap', word: 'Gap' });
  expect(gap?.reason).toContain('Floorwatch was not running');
  expect(gap?.reason).toContain('It counts as no status');
});

test('a contradiction is marked only where it outlived its grace', () => {
  const at = (seconds: number) => ({ from: FROM + seconds * 1000, presence: 'onQueue', routing: 'offQueue' }) as const;
  const reply = (seconds: number) =>
    historyReply([{ ...at(0), to: FROM + seconds * 1000 }], { from: FROM, to: FROM + DAY }, NOW);
  expect(discrepancyMarks(readTold([reply(4)]).lanes.activity)).toEqual([]);
  expect(discrepancyMarks(readTold([reply(6)]).lanes.activity)).toMatchObject([
    { kind: 'discrepancy', word: 'Not routed', from: FROM, to: FROM + 6000 },
  ]);
});

test('the plan is a lane of its own, in the words of the organisation where it has some', () => {
  const reply = scheduleReply({ from: FROM, to: FROM + DAY }, NOW);
  const [first, second] = readTold([reply]).lanes.schedule;
  expect([first?.word, second?.word]).toEqual(['On queue', 'Meal']);
  expect(second?.details).toEqual(['Not paid']);
});

test('a time with a gap that is still to be filled is not settled, so it is asked for again', () => {
  const reply = historyReply(PAST, RANGE, NOW);
  const open = { ...reply, gaps: reply.gaps.map((gap) => ({ ...gap, state: 'open' as const })) };
  expect(readTold([reply]).isSettled).toBe(true);
  expect(readTold([reply, open]).isSettled).toBe(false);
  expect(readTold([{ ...reply, analyticsProblem: 'The right is missing.' }]).isSettled).toBe(false);
  expect(joinTold([readTold([reply]), readTold([open])]).isSettled).toBe(false);
});
