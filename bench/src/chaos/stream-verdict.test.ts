import type { JournalEntryWire } from '@floorwatch/genesys-simulator/client';
import { expect, test } from 'vitest';
import type { FrameSpan, Sighting } from './sightings.ts';
import { judgeStream, type Gap } from './stream-verdict.ts';

const START = Date.parse('2026-08-15T08:00:00.000Z');

/** What happened to Ann, one presence a second. */
const journal = ['Available', 'Meal', 'Break', 'Busy'].map((systemPresence, index): JournalEntryWire => {
  const modifiedDate = new Date(START + index * 1000).toISOString();
  const presence = { definitionId: systemPresence, systemPresence, message: '', modifiedDate };
  return { seq: index + 1, at: modifiedDate, userId: 'ann', part: 'presence', before: presence, after: presence };
});

const frame = (passedOver = 0): FrameSpan => ({ from: 1, to: 2 + passedOver, passedOver });

const told = (second: number, more: Partial<Sighting> = {}): Sighting => ({
  userId: 'ann',
  part: 'presence',
  isBaseline: false,
  state: ['AVAILABLE', 'MEAL', 'BREAK', 'BUSY'][second] ?? '',
  at: START + second * 1000,
  isExact: true,
  frame: frame(),
  ...more,
});

const judge = (sightings: readonly Sighting[], { gaps = [] as readonly Gap[], isComplete = true } = {}) =>
  judgeStream({ journal, opening: [], afterSeq: 0, sightings, gaps, isComplete });

test('every transition, each once and in order, is as it should be', () => {
  expect(judge([0, 1, 2, 3].map((second) => told(second)))).toEqual({
    happened: 4,
    seen: 4,
    conflated: 0,
    inGaps: 0,
    undated: 0,
    missing: [],
    doubled: [],
    invented: [],
  });
});

test('a transition that no frame accounts for is missing', () => {
  expect(judge([told(0), told(2), told(3)]).missing).toEqual([`ann presence MEAL at ${String(START + 1000)}`]);
  expect(judge([told(0), told(1), told(2)]).missing).toEqual([`ann presence BUSY at ${String(START + 3000)}`]);
  expect(judge([told(0), told(2), told(3)], { isComplete: false }).missing).toEqual([]);
});

test('a frame accounts for as many as it says that it passed over', () => {
  expect(judge([told(0), told(2, { frame: frame(1) }), told(3)])).toMatchObject({ conflated: 1, missing: [] });
  const one = frame(1);
  expect(judge([told(0), told(3, { frame: one })])).toMatchObject({
    conflated: 1,
    missing: [expect.stringContaining('BREAK')],
  });
});

test('what happened in a gap is not missing', () => {
  const gaps = [{ from: START + 900, to: START + 1100 }];
  expect(judge([told(0), told(2), told(3)], { gaps })).toMatchObject({ inGaps: 1, missing: [] });
});

test('the same instant twice, or an older one after a newer one, is doubled', () => {
  expect(judge([told(0), told(1), told(1), told(2), told(3)]).doubled).toHaveLength(1);
  expect(judge([told(0), told(1), told(2), told(1), told(3)]).doubled).toHaveLength(1);
});

test('after an undated word the instant may be told once more', () => {
  const undated = told(1, { isExact: false, at: START + 1500 });
  expect(judge([told(0), told(1), undated, told(1), told(2), told(3)])).toMatchObject({ undated: 1, doubled: [] });
  expect(judge([told(0), told(1), undated, told(0), told(2), told(3)]).doubled).toHaveLength(1);
});

test('an instant at which nothing or something else happened is invented; where a browser came in, it is not', () => {
  const never = told(0, { at: START + 500 });
  expect(judge([told(0), never, told(1), told(2), told(3)]).invented).toHaveLength(1);
  expect(judge([told(0), told(1, { state: 'BUSY' }), told(2), told(3)]).invented).toHaveLength(1);
  expect(judge([{ ...never, isBaseline: true }, told(1), told(2), told(3)]).invented).toEqual([]);
});
