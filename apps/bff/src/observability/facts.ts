import type { UpstreamHealth } from '@floorwatch/contracts';
import type { WarningKind } from '@floorwatch/domain';
import type { BreakerStatus, BudgetStatus, ChannelStatus } from '@floorwatch/genesys';
import type { StoreStatus } from '@floorwatch/store';
import type { FeedStatus } from '../ingest/feed-status.ts';
import type { RecordingStatus } from '../recording/recorder.ts';
import type { CallTrouble } from './call-meter.ts';
import type { WebhookStatus } from '../webhooks/webhook-tally.ts';
import type { EventCounts } from './live-latency.ts';

/** What every part knows of itself at one instant (ms on our clock); counts are since the start. */
export interface Facts {
  readonly at: number;
  readonly upstream: UpstreamHealth;
  readonly channels: readonly ChannelStatus[];
  /** Busy channels on which nothing comes any more. */
  readonly quietChannels: number;
  readonly feed: FeedStatus;
  readonly budget: BudgetStatus;
  readonly breaker: BreakerStatus;
  readonly oddities: Readonly<Record<string, number>>;
  /** The platform's clock less ours, ms. */
  readonly clockOffsetMs: number;
  readonly events: EventCounts;
  readonly calls: {
    readonly loginTrouble: CallTrouble | null;
    readonly apiTrouble: CallTrouble | null;
    readonly lastUnauthorizedAt: number | null;
    readonly oldestInFlightMs: number;
  };
  readonly agents: {
    readonly total: number;
    /** Whose row is to be read with care; a last contact that is being finished is no reason for that here. */
    readonly toDoubt: Readonly<Record<WarningKind, number>>;
  };
  readonly browsersDropped: number;
  /** Longest wait for the event loop since the facts before, but for one in a hundred, ms. */
  readonly eventLoopP99Ms: number;
  /** Null where nothing is recorded. */
  readonly recording: RecordingStatus | null;
  /** Null where nobody can be told. */
  readonly webhooks: WebhookStatus | null;
  /** Null where there is none. */
  readonly store: StoreStatus | null;
}
