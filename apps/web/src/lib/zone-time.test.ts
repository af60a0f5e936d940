import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  dayAt,
  formatInstant,
  instantOf,
  isCalendarDay,
  isWallTime,
  isZone,
  mondayOf,
  offsetWord,
  startOfDay,
  zoneWords,
} from './zone-time.ts';

const HOUR = 3_600_000;
const BERLIN = 'Europe/Berlin';
const at = (iso: string): number => Date.parse(iso);

const hoursOf = (day: string, zone: string): number =>
  (startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / HOUR;

test.each([
  ['2026-08-15', BERLIN, 24],
  ['2026-03-29', BERLIN, 23],
  ['2026-10-25', BERLIN, 25],
  ['2026-11-01', 'America/New_York', 25],
  ['2026-04-05', 'Australia/Lord_Howe', 24.5],
  ['2026-10-25', 'UTC', 24],
])('%s in %s has %d hours', (day, zone, hours) => {
  expect(hoursOf(day, zone)).toBe(hours);
});

test('a day begins with its first instant where midnight is left out', () => {
  const start = startOfDay('2026-04-24', 'Africa/Cairo');
  expect(start).toBe(at('2026-04-24T01:00+03:00'));
  expect(start - 1).toBe(at('2026-04-23T23:59:59.999+02:00'));
});

test('of a time that comes twice the first is meant, and one that never comes is when it is skipped', () => {
  expect(instantOf('2026-10-25T02:30', BERLIN)).toBe(at('2026-10-25T00:30Z'));
  expect(instantOf('2026-03-29T02:30', BERLIN)).toBe(at('2026-03-29T03:00+02:00'));
});

test('the days of a zone follow each other without a hole, and each instant is in its day', () => {
  const zones = fc.constantFrom(BERLIN, 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Cairo', 'UTC');
  fc.assert(
    fc.property(fc.integer({ min: at('2012-01-01'), max: at('2035-01-01') }), zones, (instant, zone) => {
      const day = dayAt(instant, zone);
      expect(startOfDay(day, zone)).toBeLessThanOrEqual(instant);
      expect(startOfDay(addDays(day, 1), zone)).toBeGreaterThan(instant);
      expect(dayAt(startOfDay(day, zone), zone)).toBe(day);
    }),
  );
});

test('a week begins on Monday', () => {
  expect(mondayOf('2026-08-10')).toBe('2026-08-10');
  expect(mondayOf('2026-08-16')).toBe('2026-08-10');
  expect(mondayOf('2026-01-01')).toBe('2025-12-29');
});

test('the zone is printed with its offset, and with both where the clocks are changed', () => {
  const winter = { from: at('2026-01-10T00:00Z'), to: at('2026-01-11T00:00Z') };
  expect(zoneWords(BERLIN, winter)).toBe('Europe/Berlin, UTC+1');
  expect(zoneWords('UTC', winter)).toBe('UTC');
  expect(zoneWords('America/St_Johns', winter)).toBe('America/St_Johns, UTC−3:30');
  const autumn = { from: startOfDay('2026-10-25', BERLIN), to: startOfDay('2026-10-26', BERLIN) };
  expect(zoneWords(BERLIN, autumn)).toBe('Europe/Berlin, UTC+2, then UTC+1');
  expect(offsetWord(winter.from, 'Asia/Kathmandu')).toBe('UTC+5:45');
});

test('instants are told in the zone', () => {
  expect(formatInstant(at('2026-08-15T22:02:10Z'), BERLIN)).toBe('Sun 16 Aug 2026, 00:02:10');
});

test.each(['2026-02-29', '2026-13-01', '2026-8-1', 'today', '', '0026-08-15'])('%j is no day', (text) => {
  expect(isCalendarDay(text)).toBe(false);
});

test('days, times and zones that exist are known as such', () => {
  expect(isCalendarDay('2028-02-29')).toBe(true);
  expect(isWallTime('2026-08-15T23:59')).toBe(true);
  expect(isWallTime('2026-08-15T24:00')).toBe(false);
  expect(isZone(BERLIN)).toBe(true);
  expect(isZone('Europe/Nowhere')).toBe(false);
});
