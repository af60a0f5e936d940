import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How fine lateness is measured, ms: it costs one timer. */
const RESOLUTION_MS = 20;

const MB = 1_048_576;

export interface ProcessFigures {
  readonly uptimeSeconds: number;
  readonly residentMb: number;
  readonly heapUsedMb: number;
  /** Share of one core since the last question. */
  readonly cpuShare: number;
}

/** How this process is doing. */
export class ProcessProbe {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #cpu = process.cpuUsage();
  #askedAt = performance.now();

  start(): void {
    this.#delay.enable();
  }

  stop(): void {
    this.#delay.disable();
  }

  /** Lateness of the event loop since the last question, ms at the 99th percentile. */
  takeEventLoopP99Ms(): number {
    const lateMs = this.#delay.percentile(99) / 1e6 - RESOLUTION_MS;
    this.#delay.reset();
    return Math.max(0, Number.isFinite(lateMs) ? lateMs : 0);
  }

  figures(): ProcessFigures {
    const now = performance.now();
    const used = process.cpuUsage(this.#cpu);
    const cpuShare = (used.user + used.system) / 1000 / Math.max(1, now - this.#askedAt);
    [this.#cpu, this.#askedAt] = [process.cpuUsage(), now];
    const { rss, heapUsed } = process.memoryUsage();
    return { uptimeSeconds: process.uptime(), residentMb: rss / MB, heapUsedMb: heapUsed / MB, cpuShare };
  }
}
