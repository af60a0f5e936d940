import { startOfDay } from '@floorwatch/domain';
import { FakeRecordingStore } from '@floorwatch/domain/testing';
import { StoreUnavailable } from '@floorwatch/store';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../plugins/api-error.ts';
import { iso, readRange, retainedFrom } from './asked-range.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.parse('2026-11-10T14:30:00.000Z');
const limits = { now: NOW, retainedFrom: NOW - 92 * DAY };

describe('a range that is asked for', () => {
  it('may be 31 days of which one has 25 hours, and not a day more', () => {
    const zone = 'Europe/Berlin';
    const from = startOfDay('2026-10-10', zone);
    const month = { from: iso(from), to: iso(startOfDay('2026-11-10', zone)) };
    expect(readRange(month, limits)).toMatchObject({ from, to: from + 31 * DAY + 3_600_000 });
    expect(() => readRange({ ...month, to: iso(startOfDay('2026-11-11', zone)) }, limits)).toThrow(
      /longer than 31 days/,
    );
  });

  it('ends now where it reaches into the future, and remembers what was asked for', () => {
    const asked = { from: iso(NOW - DAY), to: iso(NOW + DAY) };
    expect(readRange(asked, limits)).toMatchObject({ to: NOW, askedTo: NOW + DAY });
  });

  it('may lie wholly in the future where only the plan is asked for: then nothing of it has gone by', () => {
    const asked = { from: iso(NOW + DAY), to: iso(NOW + 2 * DAY) };
    expect(() => readRange(asked, limits)).toThrow(/lies in the future/);
    expect(readRange(asked, limits, { isPlan: true })).toMatchObject({
      from: NOW + DAY,
      to: NOW + DAY,
      askedTo: NOW + 2 * DAY,
    });
    expect(() => readRange({ from: asked.to, to: asked.from }, limits, { isPlan: true })).toThrow(/must be before/);
    const running = { from: iso(NOW - DAY), to: iso(NOW + DAY) };
    expect(readRange(running, limits, { isPlan: true })).toEqual(readRange(running, limits));
  });

  it('tells in a refusal what may be asked for instead', () => {
    const asked = { from: iso(limits.retainedFrom - 1), to: iso(NOW - 80 * DAY) };
    const refusal = ((): unknown => {
      try {
        return readRange(asked, limits);
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({
      statusCode: 422,
      code: 'outside-retention',
      details: { allowed: { from: iso(limits.retainedFrom), to: iso(NOW) } },
    });
  });
});

describe('how far back can be asked', () => {
  it('is a day of the platform’s history without a store, and with one that cannot be reached', async () => {
    const byAnalytics = Date.parse('2026-10-10T00:00:00.000Z');
    expect(await retainedFrom(NOW, { store: null, retentionDays: 92 })).toBe(byAnalytics);
    const store = new FakeRecordingStore();
    store.outage = new StoreUnavailable('gone');
    expect(await retainedFrom(NOW, { store, retentionDays: 92 })).toBe(byAnalytics);
    store.outage = new TypeError('a fault of ours');
    await expect(retainedFrom(NOW, { store, retentionDays: 92 })).rejects.toThrow('a fault of ours');
  });

  it('stands still for a day, so that who was told it can use it', async () => {
    const options = { store: null, retentionDays: 92 };
    const told = await retainedFrom(Date.parse('2026-11-10T00:00:00.000Z'), options);
    expect(await retainedFrom(Date.parse('2026-11-10T23:59:59.999Z'), options)).toBe(told);
  });
});
