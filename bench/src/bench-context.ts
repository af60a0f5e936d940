import type { BenchReport } from './report/finding.ts';

/** What a benchmark gets told. */
export interface BenchContext {
  /** Smaller and shorter, to see that it works: such figures prove nothing. */
  readonly isQuick: boolean;
  /** Tells the person who waits what is going on. */
  readonly progress: (text: string) => void;
}

export interface Bench {
  readonly name: string;
  readonly summary: string;
  /** Cannot take longer than this, ms. */
  readonly deadlineMs: number;
  readonly run: (context: BenchContext) => Promise<BenchReport>;
}
