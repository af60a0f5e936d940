import type { AnswerCounts } from './quality/answer-judge.ts';
import type { RegistryStatus } from './quality/agent-registry.ts';
import type { QualityStatus } from './quality/quality-watch.ts';
import type { SnapshotCheckStatus } from './quality/snapshot-check.ts';
import type { SweepStatus } from './sweep.ts';

/** How the parts of the ingest are doing. Instants are ms on our clock. */
export interface FeedStatus {
  readonly registry: RegistryStatus;
  /** Answers to reads by id, judged like the list. */
  readonly reads: SnapshotCheckStatus;
  /** What was strange about those answers. */
  readonly answers: AnswerCounts;
  readonly quality: QualityStatus;
  /** The round over everybody. */
  readonly sweep: SweepStatus;
  /** The round over those whose events do not arrive. */
  readonly poll: SweepStatus & { readonly agents: number };
  /** Agents waiting to be read again after a gap. */
  readonly agentsInDoubt: number;
}
