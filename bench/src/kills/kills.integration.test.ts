import { afterEach, expect, it } from 'vitest';
import { stopEverything } from '../processes/teardown.ts';
import { ENGINES, makePlace } from '../store/store-place.ts';
import { runKills } from './kill-run.ts';

afterEach(stopEverything);

it.each(ENGINES)(
  'killed with -9 again and again, Floorwatch loses nothing it recorded and finds what it missed (%s)',
  { timeout: 240_000 },
  async (engine) => {
    const place = await makePlace(engine);
    const { verdict } = await runKills({
      agents: 20,
      seed: 3,
      kills: 3,
      isKilled: true,
      minutesBetween: 15,
      place,
      progress: () => undefined,
    });
    expect(verdict.problems).toEqual([]);
    expect(verdict.transitions.recorded.event).toBeGreaterThan(50);
    expect(verdict.transitions.recorded.analytics).toBeGreaterThan(0);
    expect(verdict.gaps.filled).toBeGreaterThan(0);
  },
);
