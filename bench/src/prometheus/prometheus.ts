import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchContext } from '../bench-context.ts';
import { ClientFleet } from '../fan-out/client-fleet.ts';
import { setPace } from '../live/pace.ts';
import { startFloorwatch } from '../processes/floorwatch.ts';
import { inform, judge, quantity, type BenchReport } from '../report/finding.ts';
import { checkWithPromtool, startPrometheus, type PrometheusServer } from './prometheus-server.ts';

const AGENTS = 2000;
const SOCKETS = 200;
const CHANGES_PER_SECOND = 200;

/** Just opened sockets and just compiled code are not measured, ms. */
const SETTLE_MS = 5000;

const WINDOW_MS = 30_000;
const QUICK_WINDOW_MS = 10_000;

/** What both say may differ by: from our last byte to the client's clock there is a network and a program, ms. */
const MAX_DIFFERENCE_MS = 25;

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const windowMs = isQuick ? QUICK_WINDOW_MS : WINDOW_MS;
  progress(`starting Floorwatch with ${String(AGENTS)} agents, and a Prometheus beside it`);
  const floorwatch = await startFloorwatch({ agents: AGENTS });
  const fleet = new ClientFleet(1);
  let prometheus: PrometheusServer | null = null;
  try {
    const metrics = await fetch(`${floorwatch.url}/metrics`);
    await checkWithPromtool(await metrics.text());
    prometheus = await startPrometheus(floorwatch.url);
    await setPace(floorwatch, CHANGES_PER_SECOND);
    await fleet.connect({
      socketUrl: floorwatch.socketUrl,
      sockets: SOCKETS,
      speak: 'floorwatch',
      url: floorwatch.url,
    });
    await sleep(SETTLE_MS);
    progress(`${String(SOCKETS)} browsers × ${String(CHANGES_PER_SECOND)} changes/s for ${String(windowMs / 1000)} s`);
    await fleet.startWindow();
    await sleep(windowMs);
    const { latency } = await fleet.endWindow();
    const clients = { p50: latency.percentile(0.5), p99: latency.percentile(0.99) };
    const scraped = { p50: await quantile(prometheus, 0.5, windowMs), p99: await quantile(prometheus, 0.99, windowMs) };
    const rules = await prometheus.rules();
    return {
      findings: [
        ...(['p50', 'p99'] as const).map((which) =>
          judge({
            what: `platform event → browser socket, ${which}: what Prometheus reads of /metrics against what ${String(SOCKETS)} clients measured (${quantity(scraped[which], 'ms')} and ${quantity(clients[which], 'ms')})`,
            goal: { value: Math.abs(scraped[which] - clients[which]), limit: MAX_DIFFERENCE_MS, bound: 'at most' },
            unit: 'ms apart',
          }),
        ),
        judge({
          what: 'rules for alerts that a real Prometheus cannot evaluate',
          goal: { value: rules.filter(({ health }) => health !== 'ok').length, limit: 0, bound: 'at most' },
          unit: `of ${String(rules.length)}`,
        }),
        inform('alerts that fired on a healthy floor', namesOf(rules)),
      ],
      notes: [
        'A Prometheus of Debian scraped the product once a second, with the rules of docs/operations; promtool took no offence at the metrics or the rules.',
      ],
    };
  } finally {
    await fleet.stop();
    await prometheus?.stop();
    await floorwatch.stop();
  }
};

const quantile = async (prometheus: PrometheusServer, share: number, windowMs: number): Promise<number> => {
  const buckets = 'floorwatch_event_latency_seconds_bucket{leg="platform-to-sockets"}';
  const range = `${String(windowMs / 1000)}s`;
  return (
    (await prometheus.query(`histogram_quantile(${String(share)}, sum by (le) (rate(${buckets}[${range}])))`)) * 1000
  );
};

const namesOf = (rules: readonly { readonly name: string; readonly state: string }[]): string =>
  rules
    .filter(({ state }) => state === 'firing')
    .map(({ name }) => name)
    .join(', ') || 'none';

export const prometheusBench: Bench = {
  name: 'prometheus',
  summary: 'what a real Prometheus reads of /metrics, against what clients measured; metrics and rules under promtool',
  deadlineMs: 240_000,
  run,
};
