import { expect, test } from 'vitest';
import { groupStatuses } from './status-groups.ts';

const time = { definitionId: null, label: null, isSecondary: false, times: 1 };

test('secondary statuses stand under their presence, and the presence has the sum', () => {
  const groups = groupStatuses([
    { ...time, system: 'break', definitionId: 'a', label: 'Break', seconds: 100 },
    { ...time, system: 'onQueue', seconds: 250 },
    { ...time, system: 'break', definitionId: 'b', label: 'Comfort break', isSecondary: true, seconds: 200, times: 3 },
  ]);
  expect(groups.map(({ word, seconds, times }) => [word, seconds, times])).toEqual([
    ['Break', 300, 4],
    ['On queue', 250, 1],
  ]);
  expect(groups[0]?.parts.map(({ word, seconds }) => [word, seconds])).toEqual([
    ['Comfort break', 200],
    ['Break itself', 100],
  ]);
  expect(groups[1]?.parts).toEqual([]);
});

test('a status whose definition is gone says so', () => {
  const [group] = groupStatuses([{ ...time, system: 'busy', definitionId: 'x', isSecondary: true, seconds: 5 }]);
  expect(group?.parts[0]?.word).toBe('A status that is no longer defined');
});
