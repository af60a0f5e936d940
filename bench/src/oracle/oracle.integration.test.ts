import { afterEach, expect, it } from 'vitest';
import { stopEverything } from '../processes/teardown.ts';
import { makePlace, type EngineChoice } from '../store/store-place.ts';
import { describeOracle } from './oracle-report.ts';
import { runOracle } from './run-oracle.ts';

const HOUR_MS = 3_600_000;

afterEach(stopEverything);

/**
 * Presence and routing status carry the platform's own instants: they are held to the millisecond. When after-call work
 * begins the platform does not say; it is dated by its clock when we are told, and held to one step of the clock.
 */
it.each<{ engine: EngineChoice; when: string; startsAt: string; hours: number; dayHours: number[]; seed: number }>([
  {
    engine: 'embedded',
    when: 'the day of 25 hours',
    startsAt: '2026-10-24T21:00:00.000Z',
    hours: 27,
    dayHours: [25],
    seed: 1,
  },
  {
    engine: 'postgres',
    when: 'the day of 23 hours',
    startsAt: '2026-03-28T22:00:00.000Z',
    hours: 25,
    dayHours: [23],
    seed: 2,
  },
  {
    engine: 'embedded',
    when: 'the night in which a month ends',
    startsAt: '2026-03-31T19:00:00.000Z',
    hours: 6,
    dayHours: [],
    seed: 3,
  },
])(
  'recorded through faults, $when is the one that happened: every change, every window, every total ($engine)',
  { timeout: 240_000 },
  async ({ engine, startsAt, hours, dayHours, seed }) => {
    const place = await makePlace(engine);
    const result = await runOracle({
      agents: 20,
      days: hours / 24,
      seed,
      startsAt: Date.parse(startsAt),
      stepMs: 5000,
      place,
      progress: () => undefined,
    });
    expect(result.problems, describeOracle(result)).toEqual([]);
    expect(result.days.dayHours).toEqual(dayHours);
    expect(result.recording.windows).toBeGreaterThan((20 * (hours - 1) * HOUR_MS) / 300_000);
    expect(result.recording.blurredWindows).toBeLessThan(result.recording.windows * 0.6);
    expect(result.recording.transitions.recorded.analytics).toBeGreaterThan(0);
  },
);
