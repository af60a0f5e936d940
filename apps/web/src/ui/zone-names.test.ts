import { expect, test } from 'vitest';
import { findZones, zoneNames } from './zone-names.ts';

const ZONES = zoneNames('Europe/Berlin');

test('the viewer’s own zone comes first, then UTC, and each zone once', () => {
  expect(ZONES.slice(0, 2)).toEqual(['Europe/Berlin', 'UTC']);
  expect(new Set(ZONES).size).toBe(ZONES.length);
  expect(ZONES.length).toBeGreaterThan(400);
});

test.each([
  ['new york', 'America/New_York'],
  ['kolkata', 'Asia/Kolkata'],
  ['BERL', 'Europe/Berlin'],
  ['america buenos', 'America/Argentina/Buenos_Aires'],
])('“%s” finds %s', (text, zone) => {
  expect(findZones(ZONES, text)).toContain(zone);
});

test('nothing is found by a name that no zone has', () => {
  expect(findZones(ZONES, 'atlantis')).toEqual([]);
});
