import { expect, test } from 'vitest';
import { startOfDay } from '../../lib/zone-time.ts';
import { axisTicks } from './axis-ticks.ts';

const labels = (day: string, next: string, { zone, width }: { zone: string; width: number }): string[] =>
  axisTicks({ from: startOfDay(day, zone), to: startOfDay(next, zone), width }, zone).map(({ label }) => label);

test('a usual day is labelled at round hours, and its first label is the day', () => {
  expect(labels('2026-08-15', '2026-08-16', { zone: 'Europe/Berlin', width: 800 })).toEqual([
    'Sat 15 Aug',
    '02:00',
    '04:00',
    '06:00',
    '08:00',
    '10:00',
    '12:00',
    '14:00',
    '16:00',
    '18:00',
    '20:00',
    '22:00',
  ]);
});

test('on a day of 25 hours the hour that comes twice is there twice', () => {
  const hours = labels('2026-10-25', '2026-10-26', { zone: 'Europe/Berlin', width: 1800 });
  expect(hours).toHaveLength(25);
  expect(hours.filter((label) => label.startsWith('02:00'))).toEqual(['02:00', '02:00 UTC+1']);
});

test('on a day of 23 hours the hour left out is not there', () => {
  const hours = labels('2026-03-29', '2026-03-30', { zone: 'Europe/Berlin', width: 1800 });
  expect(hours).not.toContain('02:00');
  expect(hours).toContain('03:00 UTC+2');
});

test('zones a quarter of an hour off have round times of their own', () => {
  expect(labels('2026-08-15', '2026-08-16', { zone: 'Asia/Kathmandu', width: 400 })).toEqual([
    'Sat 15 Aug',
    '06:00',
    '12:00',
    '18:00',
  ]);
});

test('many days are labelled by day, and more than fit by every second or seventh', () => {
  expect(labels('2026-08-10', '2026-08-17', { zone: 'UTC', width: 700 })).toHaveLength(7);
  const month = labels('2026-08-01', '2026-09-01', { zone: 'UTC', width: 700 });
  expect(month.length).toBeGreaterThan(3);
  expect(month.length).toBeLessThan(12);
  const autumn = labels('2026-10-22', '2026-11-21', { zone: 'Europe/Berlin', width: 1000 });
  expect(autumn.filter((label) => label.includes('UTC'))).toEqual([]);
});

test('within minutes the axis tells seconds', () => {
  const from = Date.parse('2026-08-15T10:00:00Z');
  const ticks = axisTicks({ from: from + 1, to: from + 60_000, width: 600 }, 'UTC');
  expect(ticks.map(({ label }) => label)).toEqual(['10:00:10', '10:00:20', '10:00:30', '10:00:40', '10:00:50']);
});
