import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf, localMs, type Day } from '../history/zone-time.ts';
import { nextOccurrence, occurrencesWithin, timeOfDayMs, weekdayOf, WEEKDAYS, type WeeklyPlan } from './plan.ts';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number | undefined): string => new Date(instant ?? NaN).toISOString();

const DAY_MS = 86_400_000;

const daily = (parts: Partial<WeeklyPlan>): WeeklyPlan => ({
  kind: 'weekly',
  weekdays: WEEKDAYS,
  time: '10:00',
  zone: 'Europe/Madrid',
  from: '2026-01-01',
  until: null,
  except: [],
  ...parts,
});

const zones = fc.constantFrom(
  'UTC',
  'Europe/Madrid',
  'America/New_York',
  'America/Havana',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
);

const days = fc
  .integer({ min: at('2011-06-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') })
  .map((instant): Day => new Date(instant).toISOString().slice(0, 10));

const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

const weeklyPlans = fc
  .record({
    weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    time: times,
    zone: zones,
    from: days,
    length: fc.integer({ min: 0, max: 400 }),
    left: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 4 }),
  })
  .map(({ weekdays, time, zone, from, length, left }): WeeklyPlan => ({
    kind: 'weekly',
    weekdays,
    time,
    zone,
    from,
    until: addDays(from, length),
    except: left.map((count) => addDays(from, count)),
  }));

describe('a weekly plan', () => {
  it('comes due on its days, at its time by the clocks of its zone, in order, once a day, and on every one of them', () => {
    fc.assert(
      fc.property(weeklyPlans, (plan) => {
        const end = at(addDays(plan.until ?? plan.from, 3));
        const found = occurrencesWithin(plan, at(plan.from) - 3 * DAY_MS, end);
        const seen = found.map(({ key }) => key.slice(0, 10));
        const wanted: Day[] = [];
        for (let day = plan.from; day <= (plan.until ?? day); day = addDays(day, 1))
          if (plan.weekdays.includes(weekdayOf(day)) && !plan.except.includes(day)) wanted.push(day);
        // Apia had no 30 December 2011.
        expect(seen).toEqual(wanted.filter((day) => plan.zone !== 'Pacific/Apia' || day !== '2011-12-30'));
        for (const [index, { at: instant, key }] of found.entries()) {
          expect(dayOf(instant, plan.zone)).toBe(key.slice(0, 10));
          expect(instant).toBeGreaterThan(found[index - 1]?.at ?? -Infinity);
          const shown = localMs(instant, plan.zone) % DAY_MS;
          // Later where the clocks skip the time: never by more than they skip.
          expect(shown - timeOfDayMs(plan.time)).toBeGreaterThanOrEqual(0);
          expect(shown - timeOfDayMs(plan.time)).toBeLessThanOrEqual(3_600_000);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('tells the next one after any instant, and none in between', () => {
    fc.assert(
      fc.property(weeklyPlans, fc.integer({ min: -5, max: 405 }), (plan, offset) => {
        const after = at(addDays(plan.from, offset)) + 12 * 3_600_000;
        const next = nextOccurrence(plan, after);
        const all = occurrencesWithin(plan, at(plan.from) - 3 * DAY_MS, at(addDays(plan.until ?? plan.from, 3)));
        expect(next).toEqual(all.find((one) => one.at > after) ?? null);
      }),
      { numRuns: 150 },
    );
  });

  it('comes due when the clocks jump where they skip its time, once', () => {
    const plan = daily({ time: '02:30' });
    const found = occurrencesWithin(plan, at('2026-03-28T12:00:00Z'), at('2026-03-30T12:00:00Z'));
    expect(found.map((one) => [one.key, iso(one.at)])).toEqual([
      ['2026-03-29T02:30', '2026-03-29T01:00:00.000Z'], // 02:00 is 03:00
      ['2026-03-30T02:30', '2026-03-30T00:30:00.000Z'],
    ]);
  });

  it('comes due the first time that the clocks show its time where they show it twice', () => {
    const plan = daily({ time: '02:30' });
    const found = occurrencesWithin(plan, at('2026-10-24T12:00:00Z'), at('2026-10-26T00:00:00Z'));
    expect(found.map((one) => iso(one.at))).toEqual(['2026-10-25T00:30:00.000Z']);
    // Asked between the two, it is over for this day.
    expect(iso(nextOccurrence(plan, at('2026-10-25T00:45:00Z'))?.at)).toBe('2026-10-26T01:30:00.000Z');
  });

  it('keeps to its local time across a change of the clocks', () => {
    const found = occurrencesWithin(daily({}), at('2026-10-24T00:00:00Z'), at('2026-10-26T00:00:00Z'));
    expect(found.map((one) => iso(one.at))).toEqual(['2026-10-24T08:00:00.000Z', '2026-10-25T09:00:00.000Z']);
  });

  it('ends with its last day, and has none where no day is left', () => {
    const plan = daily({ until: '2026-02-01' });
    expect(nextOccurrence(plan, at('2026-02-01T08:59:59Z'))?.key).toBe('2026-02-01T10:00');
    expect(nextOccurrence(plan, at('2026-02-01T09:00:00Z'))).toBeNull();
    expect(nextOccurrence(daily({ until: '2025-12-31' }), 0)).toBeNull();
  });
});

describe('a plan for once', () => {
  it('comes due once', () => {
    const plan = { kind: 'once', day: '2026-07-01', time: '09:15', zone: 'America/New_York' } as const;
    expect(nextOccurrence(plan, at('2020-01-01T00:00:00Z'))).toEqual({
      key: '2026-07-01T09:15',
      at: at('2026-07-01T13:15:00Z'),
    });
    expect(nextOccurrence(plan, at('2026-07-01T13:15:00Z'))).toBeNull();
  });
});
