import { expect, test } from 'vitest';
import { GRACE_MS, Sight } from './sight.ts';

const ann = { id: 'a', name: 'Ann', divisionId: 'north' };
const bob = { id: 'b', name: 'Bob', divisionId: 'south' };

test('who is outside is foreign at once, who goes out is foreign after a moment, who comes in is not', () => {
  const sight = new Sight();
  sight.note([ann, bob], new Map([['north', Infinity]]), 0);
  expect(sight.at(0)).toEqual({ own: [ann], foreign: [bob] });
  sight.note([{ ...ann, divisionId: 'south' }, bob], new Map([['north', Infinity]]), 1000);
  expect(sight.own).toEqual([]);
  expect(sight.at(1000 + GRACE_MS).foreign).toEqual([bob]);
  expect(sight.at(1001 + GRACE_MS).foreign).toHaveLength(2);
  sight.note([ann, bob], new Map([['north', Infinity]]), 90_000);
  expect(sight.at(90_000)).toEqual({ own: [ann], foreign: [bob] });
});

test('rights that were taken away hold for a moment, also over those who come into that division then', () => {
  const sight = new Sight();
  sight.note([ann, bob], new Map([['north', Infinity]]), 0);
  const rights = new Map([
    ['north', 1000],
    ['west', Infinity],
  ]);
  sight.note([ann, { ...bob, divisionId: 'north' }], rights, 2000);
  expect(sight.own).toEqual([]);
  expect(sight.at(1000 + GRACE_MS).foreign).toEqual([]);
  expect(sight.at(3000 + GRACE_MS).foreign).toHaveLength(2);
});
