import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchContext } from '../bench-context.ts';
import { ClientFleet, type FleetWindow } from '../fan-out/client-fleet.ts';
import { setPace } from '../live/pace.ts';
import { startFloorwatch, type Floorwatch } from '../processes/floorwatch.ts';
import { readUsage } from '../processes/process-usage.ts';
import { judge, quantity, type BenchReport } from '../report/finding.ts';
import { StalledSockets } from './stalled-sockets.ts';

const AGENTS = 1000;
const CHANGES_PER_SECOND = 500;
/** One bad line would hardly show in the memory of a process; so many of them would. */
const STALLED = 30;

/** Less than this is the noise of a shared machine, ms. */
const LATENCY_TOLERANCE_MS = 15;
/** Less than this is the ebb and flow of garbage collection, MB. */
const MEMORY_TOLERANCE_MB = 40;

interface Facts {
  readonly alone: FleetWindow;
  readonly beside: FleetWindow;
  readonly stalledFrames: number;
  readonly growthMb: number;
}

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const spanMs = isQuick ? 10_000 : 60_000;
  const floorwatch = await startFloorwatch({ agents: AGENTS });
  const good = new ClientFleet(1);
  try {
    await setPace(floorwatch, CHANGES_PER_SECOND);
    const { socketUrl, url } = floorwatch;
    await good.connect({ socketUrl, sockets: 1, speak: 'floorwatch', url });
    progress('a good browser alone');
    const alone = await listen(good, spanMs);
    progress(`the good browser beside ${String(STALLED)} that read at a crawl`);
    return reportOf({ alone, ...(await listenBesideStalled(floorwatch, good, spanMs)) });
  } finally {
    await good.stop();
    await floorwatch.stop();
  }
};

const listen = async (good: ClientFleet, spanMs: number): Promise<FleetWindow> => {
  await good.startWindow();
  await sleep(spanMs);
  return good.endWindow();
};

const listenBesideStalled = async (
  floorwatch: Floorwatch,
  good: ClientFleet,
  spanMs: number,
): Promise<Omit<Facts, 'alone'>> => {
  const before = await readUsage(floorwatch.bff.pid);
  const stalled = await StalledSockets.connect(floorwatch, STALLED);
  try {
    const beside = await listen(good, spanMs);
    const after = await readUsage(floorwatch.bff.pid);
    return { beside, stalledFrames: stalled.frames, growthMb: (after.memoryBytes - before.memoryBytes) / 1e6 };
  } finally {
    stalled.close();
  }
};

const reportOf = ({ alone, beside, stalledFrames, growthMb }: Facts): BenchReport => {
  const p99Alone = alone.latency.percentile(0.99);
  const withheldMb = (beside.bytes * STALLED * (1 - stalledFrames / (beside.frames * STALLED))) / 1e6;
  return {
    findings: [
      judge({
        what: `platform event → good browser, p99, beside ${String(STALLED)} that read at a crawl (peer: alone)`,
        goal: {
          value: beside.latency.percentile(0.99),
          limit: p99Alone + LATENCY_TOLERANCE_MS,
          bound: 'at most',
        },
        peer: p99Alone,
        unit: 'ms',
      }),
      judge({
        what: `BFF memory, growth while ${String(STALLED)} browsers do not take what they are sent`,
        goal: { value: growthMb, limit: MEMORY_TOLERANCE_MB, bound: 'at most' },
        unit: 'MB',
      }),
    ],
    notes: [
      `${String(AGENTS)} agents × ${String(CHANGES_PER_SECOND)} changes/s, ${quantity(beside.wallMs / 1000, 's')} alone, then as long beside the stalled sockets; those read one gulp each 5 s. They took ${String(stalledFrames)} frames where a good browser got ${String(beside.frames)}; sent to each of them all the same, ${quantity(withheldMb, 'MB')} would have been waiting (a part of it in the system's socket buffers).`,
    ],
  };
};

export const slowClient: Bench = {
  name: 'slow-client',
  summary: 'what browsers that do not keep up do to the others and to memory',
  deadlineMs: 300_000,
  run,
};
