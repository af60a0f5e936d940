import { expect, test } from 'vitest';
import { readAgentDaySearch, readZoom, writeZoom } from './agent-day-search.ts';

test('the whole view is read from an address', () => {
  expect(
    readAgentDaySearch(
      {
        range: 'week',
        day: '2026-08-12',
        zone: 'America/New_York',
        zoom: '20260812T080000Z-20260812T120000Z',
        lanes: 'presence,schedule',
        grain: '1h',
        tables: 'timeline',
      },
      'UTC',
    ),
  ).toEqual({
    range: 'week',
    day: '2026-08-12',
    zone: 'America/New_York',
    zoom: '20260812T080000Z-20260812T120000Z',
    lanes: ['presence', 'schedule'],
    grain: '1h',
    tables: ['timeline'],
  });
});

test('what makes no sense is left out, and the zone is always said', () => {
  expect(
    readAgentDaySearch(
      { day: '2026-02-31', zone: 'Mars/Base', zoom: 'x', lanes: 'weather', grain: '7m' },
      'Asia/Tokyo',
    ),
  ).toEqual({ zone: 'Asia/Tokyo' });
  expect(readAgentDaySearch({ lanes: 'presence,routing,activity,schedule' }, 'UTC')).toEqual({ zone: 'UTC' });
});

test('a zoom is read as it was written', () => {
  const window = { from: Date.parse('2026-10-25T00:30:00Z'), to: Date.parse('2026-10-25T01:45:10Z') };
  expect(readZoom(writeZoom(window))).toEqual(window);
  expect(readZoom('20260815T080000Z-20260815T080001Z')).toBeNull();
  expect(readZoom('20261599T080000Z-20260815T100000Z')).toBeNull();
});
