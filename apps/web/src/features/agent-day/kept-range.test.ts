import { describe, expect, test } from 'vitest';
import { FloorwatchRefused, FloorwatchUnreachable } from '../../lib/api-client.ts';
import { allowedRangeOf, readAgainAfter, readKept } from './kept-range.ts';

const KEPT = Date.parse('2026-08-10T06:00Z');
const NOW = Date.parse('2026-08-15T08:00Z');

const tooOld = new FloorwatchRefused(422, {
  code: 'outside-retention',
  message: 'Nothing is kept from before',
  correlationId: 'c-1',
  allowed: { from: new Date(KEPT).toISOString(), to: new Date(NOW).toISOString() },
});
const down = new FloorwatchRefused(503, { code: 'store-unavailable', message: 'Down', correlationId: 'c-2' });

/** An API that keeps what happened since then. */
const read = ({ from, to }: { from: number; to: number }) =>
  from < KEPT ? Promise.reject(tooOld) : Promise.resolve([from, to]);

describe('a range', () => {
  test('that is kept is told whole', async () => {
    expect(await readKept({ from: KEPT, to: NOW }, read)).toEqual({ told: [KEPT, NOW], keptFrom: null });
  });

  test('across the edge of what is kept is told from there on', async () => {
    expect(await readKept({ from: KEPT - 1, to: NOW }, read)).toEqual({ told: [KEPT, NOW], keptFrom: KEPT });
  });

  test('of which nothing is kept is refused, with what can be asked for', async () => {
    const error: unknown = await readKept({ from: KEPT - 2, to: KEPT - 1 }, read).catch((reason: unknown) => reason);
    expect(allowedRangeOf(error)).toEqual({ from: KEPT, to: NOW });
  });

  test('that failed for another reason fails', async () => {
    await expect(readKept({ from: KEPT, to: NOW }, () => Promise.reject(down))).rejects.toBe(down);
    expect(allowedRangeOf(down)).toBeNull();
  });
});

test('what goes on is read again, what failed is tried again, what was refused or is over is not', () => {
  expect(readAgainAfter(null, false)).toBe(false);
  expect(readAgainAfter(tooOld, true)).toBe(false);
  expect(readAgainAfter(null, true)).toBeGreaterThan(0);
  expect(readAgainAfter(down, false)).toBeGreaterThan(0);
  expect(readAgainAfter(new FloorwatchUnreachable('no answer'), false)).toBeGreaterThan(0);
});
