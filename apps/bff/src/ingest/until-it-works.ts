import type { Clock } from '@floorwatch/domain';
import { backOffMs } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import { SnapshotRejected, SnapshotsHeldBack } from './quality/snapshot-check.ts';
import type { UpstreamMonitor } from './upstream-monitor.ts';

interface Attempted {
  /** What is tried, as the log names it. */
  readonly what: string;
  readonly signal: AbortSignal;
  readonly task: () => Promise<void>;
}

interface Surroundings {
  readonly clock: Clock;
  readonly log: Logger;
  readonly monitor: UpstreamMonitor;
}

/** Tries for ever, with back-off; the monitor says what is wrong meanwhile. */
export const untilItWorks = async (
  { what, signal, task }: Attempted,
  { clock, log, monitor }: Surroundings,
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await task();
      return;
    } catch (error) {
      signal.throwIfAborted();
      monitor.readFailed(error);
      const isDoubt = error instanceof SnapshotRejected || error instanceof SnapshotsHeldBack;
      const retryInMs = isDoubt ? error.retryInMs : backOffMs(attempt, Math.random);
      log.warn({ event: `${what}-failed`, attempt, retryInMs, reason: String(error) }, 'the platform cannot be read');
      await clock.sleep(retryInMs, signal);
    }
  }
};
