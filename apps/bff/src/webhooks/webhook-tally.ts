/** Latencies that the figures are made of. */
const LATENCIES = 1000;

/** How webhooks are doing, for whoever runs Floorwatch; since the start. */
export interface WebhookStatus {
  /** Those that are worked off. */
  readonly running: number;
  /** Messages taken up and not over yet, of all of them. */
  readonly waiting: number;
  /** Calls by how they came out; a test counts too. */
  readonly calls: { readonly taken: number; readonly failed: number };
  /** Messages that were given up. */
  readonly dead: number;
  /** Of the latest calls that were taken, ms: half took less, and 99 in 100; null before the first. */
  readonly latency: { readonly p50Ms: number; readonly p99Ms: number } | null;
}

/** Counts what becomes of calls. */
export class WebhookTally {
  #taken = 0;
  #failed = 0;
  #dead = 0;
  readonly #latencies: number[] = [];

  noteCall({ error, latencyMs }: { readonly error: string | null; readonly latencyMs: number }): void {
    if (error !== null) {
      this.#failed += 1;
      return;
    }
    this.#taken += 1;
    this.#latencies.push(latencyMs);
    if (this.#latencies.length > LATENCIES) this.#latencies.shift();
  }

  noteDead(): void {
    this.#dead += 1;
  }

  read(): Pick<WebhookStatus, 'calls' | 'dead' | 'latency'> {
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return {
      calls: { taken: this.#taken, failed: this.#failed },
      dead: this.#dead,
      latency: sorted.length === 0 ? null : { p50Ms: at(0.5), p99Ms: at(0.99) },
    };
  }
}
