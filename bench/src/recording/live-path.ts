import { setTimeout as sleep } from 'node:timers/promises';
import { getFloorHealth } from '@floorwatch/contracts';
import { ClientFleet } from '../fan-out/client-fleet.ts';
import { setPace } from '../live/pace.ts';
import { startFloorwatch, type Floorwatch } from '../processes/floorwatch.ts';
import { readFloorwatchMemory } from '../processes/process-usage.ts';
import { LatencyHistogram } from '../report/latency-histogram.ts';
import { makePlace, type EngineChoice } from '../store/store-place.ts';

const SETTLE_MS = 3000;

export interface LivePathScale {
  readonly agents: number;
  readonly sockets: number;
  readonly changesPerSecond: number;
  readonly windowMs: number;
  readonly rounds: number;
}

export interface LivePathResult {
  /** Platform event → browser socket, 99th percentile, ms. */
  readonly onMs: number;
  readonly offMs: number;
  /** Changes written in a second while it was measured. */
  readonly recordedPerSecond: number;
  /** Entries that waited to be written at the end. */
  readonly waiting: number;
  /** Memory of the BFF, MB. */
  readonly onMemoryMb: number;
  readonly offMemoryMb: number;
}

/** The same product twice, side by side, with recording and without, measured in turns: while one is, the other rests. */
export const measureLivePath = async (engine: EngineChoice, scale: LivePathScale): Promise<LivePathResult> => {
  const place = await makePlace(engine);
  const fleet = new ClientFleet(2);
  const started: Floorwatch[] = [];
  try {
    const on = await startFloorwatch({
      agents: scale.agents,
      env: { ...place.env, RECORDING: 'on' },
    });
    started.push(on);
    const off = await startFloorwatch({ agents: scale.agents, env: { RECORDING: 'off' } });
    started.push(off);
    const rig = { fleet, scale, rates: await findRates(started, scale.changesPerSecond) };
    const latency = { on: new LatencyHistogram(), off: new LatencyHistogram() };
    const recorded: number[] = [];
    for (let round = 0; round < scale.rounds; round += 1) {
      const before = await writtenBy(on);
      latency.on.add((await measureWindow(rig, on)).counts);
      recorded.push(((await writtenBy(on)) - before) / ((scale.windowMs + SETTLE_MS) / 1000));
      latency.off.add((await measureWindow(rig, off)).counts);
    }
    return {
      onMs: latency.on.percentile(0.99),
      offMs: latency.off.percentile(0.99),
      recordedPerSecond: recorded.reduce((sum, rate) => sum + rate, 0) / recorded.length,
      waiting: (await recordingOf(on))?.waiting ?? Number.NaN,
      onMemoryMb: (await readFloorwatchMemory(on.bff.pid)) / 1e6,
      offMemoryMb: (await readFloorwatchMemory(off.bff.pid)) / 1e6,
    };
  } finally {
    await fleet.stop();
    for (const one of started) await one.stop();
    await place.remove();
  }
};

interface Rig {
  readonly fleet: ClientFleet;
  readonly scale: LivePathScale;
  /** What each floor's simulator is asked for, so that it has the wanted pace. */
  readonly rates: ReadonlyMap<Floorwatch, number | null>;
}

/** Finds out what each floor's simulator has to be asked for, and leaves the floors at their own pace. */
export const findRates = async (
  started: readonly Floorwatch[],
  changesPerSecond: number,
): Promise<Map<Floorwatch, number | null>> => {
  const rates = new Map<Floorwatch, number | null>();
  for (const one of started) {
    await setPace(one, changesPerSecond);
    rates.set(one, (await one.simulator.state()).eventsPerSecond);
    await one.simulator.setRate(null);
  }
  return rates;
};

/** One floor at its wanted pace, watched for a window; the others rest. */
export const measureWindow = async (
  { fleet, scale, rates }: Rig,
  floorwatch: Floorwatch,
): Promise<LatencyHistogram> => {
  const { simulator, url, socketUrl } = floorwatch;
  await simulator.setRate(rates.get(floorwatch) ?? null);
  await fleet.connect({ url, socketUrl, sockets: scale.sockets, speak: 'floorwatch' });
  await sleep(SETTLE_MS);
  await fleet.startWindow();
  await sleep(scale.windowMs);
  const { latency } = await fleet.endWindow();
  await fleet.disconnect();
  await simulator.setRate(null); // a floor that stood still would be behind the clock afterwards
  return latency;
};

const recordingOf = async ({ url }: Floorwatch) =>
  getFloorHealth.reply.parse(await (await fetch(`${url}${getFloorHealth.path}`)).json()).recording;

const writtenBy = async (floorwatch: Floorwatch): Promise<number> => (await recordingOf(floorwatch))?.written ?? 0;
