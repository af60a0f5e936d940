import { setTimeout as sleep } from 'node:timers/promises';
import { ClientFleet } from '../fan-out/client-fleet.ts';
import { setPace } from '../live/pace.ts';
import { startFloorwatch, type Floorwatch } from '../processes/floorwatch.ts';
import { findRates, measureWindow, type LivePathScale } from '../recording/live-path.ts';
import { LatencyHistogram } from '../report/latency-histogram.ts';
import { makePlace } from '../store/store-place.ts';
import { MoodyTarget, TARGET_SECRET, type Mood } from './moody-target.ts';

const SETTLE_MS = 3000;

export interface WebhookLoad {
  /** Platform event → browser socket, 99th percentile, ms. */
  readonly withMs: number;
  readonly withoutMs: number;
}

export interface WebhookRate {
  /** Messages a second that a target took which answers at once. */
  readonly toldPerSecond: number;
}

/** A target that is dead for half of what it is sent, and slow for the other half. */
const BAD_MOODS: readonly Mood[] = ['hangs', 'dawdles'];

const envOf = (target: MoodyTarget): Readonly<Record<string, string>> => ({
  WEBHOOK_ENDPOINT: target.url,
  WEBHOOK_SECRET: TARGET_SECRET,
  WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
});

/** The same product twice, side by side, with a webhook that is dead and slow by turns and without any, measured in turns. */
export const measureWebhookLoad = async (scale: LivePathScale): Promise<WebhookLoad> => {
  const place = await makePlace('embedded');
  const target = await MoodyTarget.open();
  target.moodOf = (call) => BAD_MOODS[call % BAD_MOODS.length] ?? 'hangs';
  const fleet = new ClientFleet(2);
  const started: Floorwatch[] = [];
  try {
    const one = await startFloorwatch({ agents: scale.agents, env: { ...place.env, ...envOf(target) } });
    started.push(one);
    const other = await startFloorwatch({ agents: scale.agents });
    started.push(other);
    const rig = { fleet, scale, rates: await findRates(started, scale.changesPerSecond) };
    const latency = { with: new LatencyHistogram(), without: new LatencyHistogram() };
    for (let round = 0; round < scale.rounds; round += 1) {
      latency.with.add((await measureWindow(rig, one)).counts);
      latency.without.add((await measureWindow(rig, other)).counts);
    }
    return { withMs: latency.with.percentile(0.99), withoutMs: latency.without.percentile(0.99) };
  } finally {
    await fleet.stop();
    for (const floorwatch of started) await floorwatch.stop();
    await target.stop();
    await place.remove();
  }
};

/** How many messages a second a target takes that answers at once, while the floor makes more than that. */
export const measureWebhookRate = async (scale: LivePathScale): Promise<WebhookRate> => {
  const target = await MoodyTarget.open();
  const floorwatch = await startFloorwatch({ agents: scale.agents, env: envOf(target) });
  try {
    await setPace(floorwatch, scale.changesPerSecond);
    await sleep(SETTLE_MS);
    const before = target.count;
    await sleep(scale.windowMs);
    return { toldPerSecond: (target.count - before) / (scale.windowMs / 1000) };
  } finally {
    await floorwatch.stop();
    await target.stop();
  }
};
