import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePlainSearch, writePlainSearch } from './plain-search.ts';

test('writes an address that people can read', () => {
  expect(writePlainSearch({ activity: ['ready', 'meal'], q: 'Ana Kovač', sort: undefined, queue: [] })).toBe(
    '?activity=ready,meal&q=Ana+Kova%C4%8D',
  );
  expect(writePlainSearch({})).toBe('');
});

test('what was written is read again', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })), (values) => {
      expect(parsePlainSearch(writePlainSearch(values))).toEqual({ ...values });
    }),
  );
});
