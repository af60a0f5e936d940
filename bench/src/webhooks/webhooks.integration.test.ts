import { afterEach, expect, it } from 'vitest';
import { stopEverything } from '../processes/teardown.ts';
import { ENGINES, makePlace } from '../store/store-place.ts';
import { runWebhooks } from './webhook-run.ts';

afterEach(stopEverything);

it.each(ENGINES)(
  'a target that fails, hangs, redirects, dawdles and cuts off is told of everything in order, though Floorwatch is killed with -9 in each of its moods (%s)',
  { timeout: 240_000 },
  async (engine) => {
    const place = await makePlace(engine);
    const verdict = await runWebhooks({ agents: 30, seed: 5, stepsPerMood: 30, place });
    expect(verdict.problems).toEqual([]);
    expect(verdict.recorded).toBeGreaterThan(200);
    expect(verdict.requests).toBeGreaterThan(verdict.recorded);
  },
);
