import { expect, test } from 'vitest';
import { startOfDay } from './zone-time.ts';
import { tellMinute, tellSecond, timeTellingOf } from './time-telling.ts';

const ZONE = 'Europe/Berlin';
const days = (from: string, to: string) => ({ from: startOfDay(from, ZONE), to: startOfDay(to, ZONE) });

test('within one day a time is enough', () => {
  const telling = timeTellingOf(days('2026-08-15', '2026-08-16'), ZONE);
  expect(tellSecond(Date.parse('2026-08-15T12:02:10Z'), telling)).toBe('14:02:10');
});

test('within several days the day is told', () => {
  const telling = timeTellingOf(days('2026-08-10', '2026-08-17'), ZONE);
  expect(tellMinute(Date.parse('2026-08-15T12:02:10Z'), telling)).toBe('Sat 15 Aug 2026, 14:02');
});

test('a night shift has two days, so the day is told', () => {
  const night = { from: Date.parse('2026-08-14T20:00Z'), to: Date.parse('2026-08-15T04:00Z') };
  expect(tellMinute(Date.parse('2026-08-14T22:30Z'), timeTellingOf(night, ZONE))).toBe('Sat 15 Aug 2026, 00:30');
});

test('on the day on which an hour comes twice each is another one', () => {
  const telling = timeTellingOf(days('2026-10-25', '2026-10-26'), ZONE);
  expect(tellMinute(Date.parse('2026-10-25T00:30:00Z'), telling)).toBe('02:30 UTC+2');
  expect(tellMinute(Date.parse('2026-10-25T01:30:00Z'), telling)).toBe('02:30 UTC+1');
});
