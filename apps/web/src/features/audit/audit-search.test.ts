import { expect, test } from 'vitest';
import { askFor } from './audit-query.ts';
import { hasFilter, readAuditSearch } from './audit-search.ts';

test('an address keeps what makes sense of a filter, and leaves the rest out', () => {
  const search = readAuditSearch(
    { action: 'export', outcome: 'splendid', actor: 'jane', agent: '', time: 'range', day: '2026-08-15', zone: 'Mars' },
    'Europe/Berlin',
  );
  expect(search).toEqual({ zone: 'Europe/Berlin', day: '2026-08-15', time: 'range', action: 'export', actor: 'jane' });
});

test.each([
  [{}, false],
  [{ zone: 'UTC', day: '2026-08-15' }, false],
  [{ time: 'range' }, true],
  [{ correlation: 'c-1' }, true],
])('%j hides entries: %s', (raw, hides) => {
  expect(hasFilter(readAuditSearch(raw, 'UTC'))).toBe(hides);
});

test('the question has the instants of the range, and is none where everything is asked for', () => {
  expect(askFor({}, null)).toBe('?');
  expect(askFor({ agent: 'ann', outcome: 'refused' }, { from: 0, to: 1000 })).toBe(
    '?outcome=refused&agent=ann&from=1970-01-01T00%3A00%3A00.000Z&to=1970-01-01T00%3A00%3A01.000Z',
  );
});
