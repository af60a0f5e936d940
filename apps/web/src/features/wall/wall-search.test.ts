import { expect, test } from 'vitest';
import { parsePlainSearch, writePlainSearch } from '../../lib/plain-search.ts';
import { chooseOptions, filterOf, hasFilters, readWallSearch, withoutFilters, type WallSearch } from './wall-search.ts';

test('a whole view survives the way through an address', () => {
  const view: WallSearch = {
    q: 'ana',
    activity: ['ready', 'meal'],
    division: ['d1'],
    queue: ['q1', 'q2'],
    team: ['Team 1'],
    disagree: 'only',
    flag: ['stuck', 'volatile'],
    sort: 'time',
    density: 'matrix',
    theme: 'dark',
    health: 'open',
  };
  expect(readWallSearch(parsePlainSearch(writePlainSearch({ ...view })))).toEqual(view);
});

test('what makes no sense in an address is left out, and the rest still counts', () => {
  expect(
    readWallSearch({
      activity: 'ready,sleeping,ready',
      sort: 'attention',
      disagree: 'maybe',
      flag: 'lazy',
      health: 'maybe',
      density: 'tiny',
      theme: 'pink',
      q: 7,
      other: 'x',
    }),
  ).toEqual({ activity: ['ready'] });
});

test('an address without anything shows everybody', () => {
  expect(filterOf(readWallSearch({}))).toEqual({
    search: '',
    activities: new Set(),
    divisionIds: new Set(),
    queueIds: new Set(),
    teams: new Set(),
    disagreeingOnly: false,
    flags: new Set(),
  });
});

test('taking the filters away keeps order, density and theme', () => {
  const view: WallSearch = {
    q: 'ana',
    queue: ['q1'],
    flag: ['stuck'],
    sort: 'name',
    density: 'cards',
    theme: 'light',
    health: 'open',
  };
  expect(hasFilters(view)).toBe(true);
  expect(withoutFilters(view)).toEqual({ sort: 'name', density: 'cards', theme: 'light', health: 'open' });
  expect(hasFilters(withoutFilters(view))).toBe(false);
});

test.each([
  { click: 'shows exactly what was clicked', chosen: ['meal'], options: ['ready'], shift: false, result: ['ready'] },
  { click: 'shows everybody again at a second click', chosen: ['ready'], options: ['ready'], shift: false, result: [] },
  {
    click: 'shows a whole group',
    chosen: ['ready'],
    options: ['break', 'meal'],
    shift: false,
    result: ['break', 'meal'],
  },
  {
    click: 'narrows a group to one of it',
    chosen: ['break', 'meal'],
    options: ['meal'],
    shift: false,
    result: ['meal'],
  },
  { click: 'adds with Shift', chosen: ['ready'], options: ['meal'], shift: true, result: ['ready', 'meal'] },
  { click: 'takes out with Shift', chosen: ['ready', 'meal'], options: ['meal'], shift: true, result: ['ready'] },
  {
    click: 'completes a group with Shift',
    chosen: ['meal'],
    options: ['break', 'meal'],
    shift: true,
    result: ['meal', 'break'],
  },
])('a click $click', ({ chosen, options, shift, result }) => {
  expect(chooseOptions(chosen, options, shift)).toEqual(result);
});
