import type { WebhookFilter } from '@floorwatch/contracts';
import type { AccessibilityMapping, AgentId, AgentProfile, Clock, StreamCursor } from '@floorwatch/domain';
import type { DeliveryTable, OrderedQueue, SqlRecordedStream, WebhookTable } from '@floorwatch/store';
import type { Logger } from 'pino';
import type { SharedStream } from './shared-stream.ts';
import type { WebhookCaller } from './webhook-caller.ts';
import type { WebhookLimits } from './webhook-limits.ts';
import type { WebhookTally } from './webhook-tally.ts';

/** What webhooks are made of, for all of them. */
export interface WebhookParts {
  readonly webhooks: WebhookTable;
  readonly deliveries: DeliveryTable;
  readonly stream: Pick<SqlRecordedStream, 'head' | 'onArrival'>;
  /** The same stream, page by page. */
  readonly pages: Pick<SharedStream, 'pageAfter'>;
  readonly caller: WebhookCaller;
  /** As it is today; null for an agent who is not on the board. */
  readonly profileOf: (agentId: AgentId) => AgentProfile | null;
  readonly accessibility: AccessibilityMapping;
  readonly limits: WebhookLimits;
  readonly tally: WebhookTally;
  readonly clock: Clock;
  readonly log: Logger;
}

/** One webhook as it is worked off: settings do not change while it runs, it is started anew with others. */
export interface RunningWebhook {
  readonly id: string;
  readonly url: string;
  readonly filter: WebhookFilter;
  readonly withNames: boolean;
  readonly cursor: StreamCursor;
  readonly secrets: () => readonly string[];
  readonly queue: OrderedQueue;
}
