import { MEDIA_TYPES, type MediaType } from '../org/queue-profile.ts';
import type { SystemPresence } from '../org/presence-definition.ts';

export const ROUTING_STATUSES = ['OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING'] as const;

export type RoutingStatusName = (typeof ROUTING_STATUSES)[number];

export interface PresencePart {
  readonly definitionId: string;
  readonly systemPresence: SystemPresence;
  readonly message: string;
  /** Virtual instant, ms. So are all instants below. */
  readonly modifiedAt: number;
}

export interface RoutingStatusPart {
  readonly status: RoutingStatusName;
  readonly startAt: number;
}

export interface WorkCounts {
  readonly active: number;
  readonly acw: number;
}

export interface MediaCounts {
  readonly contactCenter: WorkCounts;
  readonly enterprise: WorkCounts;
}

/** Carries no instant: on the platform it has none either. */
export type ConversationSummaryPart = Readonly<Record<MediaType, MediaCounts>>;

export interface OutOfOfficePart {
  readonly active: boolean;
  readonly modifiedAt: number;
}

export interface ActiveQueuesPart {
  readonly ids: readonly string[];
  readonly changedAt: number;
}

/** What is true of one agent right now. Each part is replaced whole, never changed. */
export interface LiveState {
  readonly presence: PresencePart;
  readonly routingStatus: RoutingStatusPart;
  readonly conversationSummary: ConversationSummaryPart;
  readonly outOfOffice: OutOfOfficePart;
  readonly activeQueues: ActiveQueuesPart;
}

export type LivePart = keyof LiveState;

const NOTHING: WorkCounts = { active: 0, acw: 0 };
const NO_WORK: MediaCounts = { contactCenter: NOTHING, enterprise: NOTHING };

/** No conversations in any medium. */
export const QUIET: ConversationSummaryPart = {
  call: NO_WORK,
  callback: NO_WORK,
  email: NO_WORK,
  message: NO_WORK,
  chat: NO_WORK,
  socialExpression: NO_WORK,
  video: NO_WORK,
};

const SIDES = ['contactCenter', 'enterprise'] as const;

export const sameSummary = (a: ConversationSummaryPart, b: ConversationSummaryPart): boolean =>
  MEDIA_TYPES.every((medium) =>
    SIDES.every(
      (side) => a[medium][side].active === b[medium][side].active && a[medium][side].acw === b[medium][side].acw,
    ),
  );
