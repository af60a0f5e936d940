import type { Bench, BenchContext } from '../bench-context.ts';
import { compare, inform, quantity, type BenchReport } from '../report/finding.ts';
import type { LivePathScale } from '../recording/live-path.ts';
import { measureWebhookLoad, measureWebhookRate } from './live-path-with-webhooks.ts';

/** "Unchanged": what two windows of the same product differ by. */
const LATENCY_RATIO = 1.1;

const FULL: LivePathScale = { agents: 2000, sockets: 200, changesPerSecond: 300, windowMs: 15_000, rounds: 3 };
const QUICK: LivePathScale = { ...FULL, agents: 500, sockets: 50, windowMs: 5000, rounds: 1 };

const run = async ({ isQuick, progress }: BenchContext): Promise<BenchReport> => {
  const scale = isQuick ? QUICK : FULL;
  progress('a target that answers at once');
  const { toldPerSecond } = await measureWebhookRate(scale);
  progress('the live path with a webhook that is dead and slow, and without any');
  const { withMs, withoutMs } = await measureWebhookLoad(scale);
  return {
    findings: [
      compare({
        what: 'platform event → browser socket, p99, with a webhook whose target is dead and slow by turns against without',
        measured: quantity(withMs, 'ms'),
        peer: quantity(withoutMs, 'ms'),
        goal: { value: withMs / withoutMs, limit: LATENCY_RATIO, bound: 'at most' },
      }),
      inform(
        'webhooks, embedded: messages a second to one target that answers at once',
        quantity(toldPerSecond, 'messages/s'),
      ),
    ],
    notes: [
      `Both products run all the time with the embedded database and recording, each with its own floor at about ${String(scale.changesPerSecond)} changes a second; every other call of the target hangs until it is given up after 5 s, the rest are answered after 1.5 s. Product, target and load share this machine.`,
    ],
  };
};

export const webhooks: Bench = {
  name: 'webhooks',
  summary: 'the live path with a dead and slow webhook and without, and how fast a target is told',
  deadlineMs: 600_000,
  run,
};
