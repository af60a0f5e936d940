import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf, instantOf, localMs, mondayOf, startOfDay, zoneOffsetMs } from './zone-time.ts';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

/** Whole, half and quarter hours, both hemispheres, both sides of the date line, clocks that change at midnight. */
const ODD_ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Gaza',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'America/Nuuk',
];

const zones = fc.constantFrom(...ODD_ZONES);
/** From 2012: before it St John's changed its clocks a minute after midnight, so that a day was resumed. */
const instants = fc.integer({ min: at('2012-01-01T00:00:00Z'), max: at('2037-01-01T00:00:00Z') });

describe('the clocks and the calendar of a zone', () => {
  it('show what the platform of the language itself formats', () => {
    fc.assert(
      fc.property(instants, zones, (instant, timeZone) => {
        const parts = new Intl.DateTimeFormat('en-CA', {
          timeZone,
          dateStyle: 'short',
          timeStyle: 'medium',
          hourCycle: 'h23',
        }).format(instant);
        const shown = new Date(localMs(instant, timeZone)).toISOString();
        expect(parts.replace(', ', 'T')).toBe(shown.slice(0, 19));
      }),
    );
  });

  it('have every instant in exactly one day, however long that is', () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const day = dayOf(instant, zone);
        expect(startOfDay(day, zone)).toBeLessThanOrEqual(instant);
        expect(startOfDay(addDays(day, 1), zone)).toBeGreaterThan(instant);
        expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
        expect(dayOf(startOfDay(day, zone) - 1, zone)).not.toBe(day);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Europe/Berlin', '2026-06-01', 24],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['America/Sao_Paulo', '2018-02-17', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Pacific/Apia', '2011-12-30', 0],
    ['Pacific/Apia', '2011-12-29', 24],
  ])('in %s the day %s has %d hours', (zone, day, hours) => {
    expect((startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / HOUR).toBe(hours);
  });

  it('begin a day without midnight at what the clocks jump to', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe(at('2018-11-04T03:00:00Z'));
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBe(at('2011-12-30T10:00:00Z'));
  });

  it('find a time of day: the first one where it comes twice, the jump where it is skipped', () => {
    expect(instantOf('2026-10-25', 2.5 * HOUR, 'Europe/Berlin')).toBe(at('2026-10-25T00:30:00Z'));
    expect(instantOf('2026-03-29', 2.5 * HOUR, 'Europe/Berlin')).toBe(at('2026-03-29T01:00:00Z'));
    expect(instantOf('2026-11-21', 13.25 * HOUR, 'Asia/Kathmandu')).toBe(at('2026-11-21T07:30:00Z'));
  });

  it('know how far they are from UTC, on both sides', () => {
    const winter = at('2026-01-01T00:00:00Z');
    expect(zoneOffsetMs(winter, 'UTC')).toBe(0);
    expect(zoneOffsetMs(winter, 'America/St_Johns')).toBe(-3.5 * HOUR);
    expect(zoneOffsetMs(winter, 'Pacific/Chatham')).toBe(13.75 * HOUR);
    expect(() => zoneOffsetMs(winter, 'Mars/Olympus')).toThrow(RangeError);
  });

  it('begin a week on Monday', () => {
    expect(mondayOf('2026-11-21')).toBe('2026-11-16');
    expect(mondayOf('2026-11-16')).toBe('2026-11-16');
    expect(mondayOf('2027-01-03')).toBe('2026-12-28');
  });
});
