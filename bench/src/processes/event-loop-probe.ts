import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serveParent } from './remote.ts';

/**
 * Loaded into the BFF by `--import`, ahead of its own code: tells the bench how late the event loop runs.
 * The product knows nothing of it, and it costs one timer.
 */

const RESOLUTION_MS = 10;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

const service = {
  /** Lateness of the loop since the last question, ms at the 99th percentile. */
  takeEventLoopDelayMs: (_: null): number => {
    const p99 = delay.percentile(99) / 1e6 - RESOLUTION_MS;
    delay.reset();
    return Math.max(0, p99);
  },
};

export type EventLoopProbe = typeof service;

serveParent(service);
process.channel?.unref(); // the BFF ends when its own work does
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM')); // the bench died: drain and end
