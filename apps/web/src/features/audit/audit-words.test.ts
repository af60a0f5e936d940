import { describe, expect, test } from 'vitest';
import { actionWord, actorName, changeLine, outcomeOf, valueChanges } from './audit-words.ts';

describe('a change', () => {
  test('is told in one line, by what is another now', () => {
    const before = { presence: 'available', message: null, isPrimary: true };
    const after = { presence: 'break', message: null, isPrimary: true, definitionId: 'b-7' };
    expect(changeLine({ before, after })).toBe('Presence: available → break · Definition id: b-7');
    expect(changeLine({ before: null, after: { rows: 12 } })).toBe('Rows: 12');
    expect(changeLine({ before: null, after: null })).toBe('');
  });

  test('tells nothing there from nothing said', () => {
    expect(valueChanges({ before: { message: '' }, after: { isHeld: false } })).toEqual([
      { name: 'Message', before: 'none', after: null, isChanged: true },
      { name: 'Is held', before: null, after: 'no', isChanged: true },
    ]);
  });
});

test.each([
  [{ kind: 'person', id: 'u', name: 'Jane' }, 'Jane'],
  [{ kind: 'person', id: 'u', name: null }, 'u'],
  [{ kind: 'automation', id: 'a', name: 'Lunch' }, 'Automation Lunch'],
  [{ kind: 'system', id: null, name: null }, 'Floorwatch itself'],
  [{ kind: 'anonymous', id: null, name: null }, 'Nobody signed in'],
])('%j is called %s', (actor, words) => {
  expect(actorName(actor)).toBe(words);
});

test('an entry that somebody has altered is shown as it stands there', () => {
  expect(actionWord('presence-change')).toBe('Presence change');
  expect(actionWord('nonsense')).toBe('nonsense');
  expect(outcomeOf('splendid')).toMatchObject({ word: 'splendid', tone: 'alarm' });
});
