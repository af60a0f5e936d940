import { expect, test } from 'vitest';
import { parsePlainSearch, writePlainSearch } from '../../lib/plain-search.ts';
import { readTeamSearch, type TeamSearch } from './team-search.ts';

test('a whole view survives the way through an address', () => {
  const view: TeamSearch = {
    zone: 'Asia/Kathmandu',
    range: 'custom',
    from: '2026-08-14T22:00',
    to: '2026-08-15T06:00',
    division: ['d1', 'd2'],
    queue: ['q1'],
    team: ['Team 1', 'Früh'],
    grain: '15m',
    sort: 'occupancy',
    order: 'desc',
  };
  expect(readTeamSearch(parsePlainSearch(writePlainSearch({ ...view })), 'UTC')).toEqual(view);
});

test('what makes no sense is left out, and the zone is put in', () => {
  expect(readTeamSearch({ grain: '2h', sort: 'height', order: 'up', team: '' }, 'Europe/Berlin')).toEqual({
    zone: 'Europe/Berlin',
  });
});
