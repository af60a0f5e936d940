import {
  ACCESSIBILITY,
  type AccessibilityMapping,
  type Board,
  type Clock,
  type RecordedStream,
} from '@floorwatch/domain';
import type { Logger } from 'pino';
import type { KeyCheck } from './api-keys/key-check.ts';
import type { AuditTrail } from './audit/audit-trail.ts';
import { FeedReader } from './features/feed/feed-reader.ts';
import { FeedTails } from './features/feed/feed-tails.ts';
import type { FeedRoutesOptions } from './features/feed/feed.routes.ts';
import { composeWebhooks, type Webhooks, type WebhookSettings } from './webhooks/compose-webhooks.ts';

interface FeedSettings {
  readonly stream?: RecordedStream | null;
  readonly accessibility?: AccessibilityMapping;
}

interface FeedRoutesParts {
  readonly board: Board;
  readonly clock: Clock;
  readonly keys: KeyCheck;
  readonly isBoardComplete: () => boolean;
}

/** What other systems read with a key. */
export const feedRoutesOf = (
  { stream = null, accessibility = ACCESSIBILITY }: FeedSettings,
  { board, clock, keys, isBoardComplete }: FeedRoutesParts,
): FeedRoutesOptions => {
  const reader = new FeedReader({ stream, accessibility, board, isBoardComplete });
  return { reader, tails: new FeedTails({ reader, keys, clock }) };
};

interface ToldSettings {
  readonly log: Logger;
  readonly release: string;
  readonly webhooks?: WebhookSettings | null;
  readonly accessibility?: AccessibilityMapping;
}

interface WebhookParts {
  readonly board: Board;
  readonly clock: Clock;
  readonly trail: AuditTrail;
}

/** Who is told of what is recorded; null where nothing is. */
export const webhooksOf = (
  { webhooks = null, log, release, accessibility = ACCESSIBILITY }: ToldSettings,
  { board, clock, trail }: WebhookParts,
): Webhooks | null =>
  webhooks &&
  composeWebhooks(webhooks, {
    clock,
    release,
    trail,
    accessibility,
    log: log.child({ part: 'webhooks' }),
    profileOf: (id) => board.rowOf(id)?.profile ?? null,
  });
