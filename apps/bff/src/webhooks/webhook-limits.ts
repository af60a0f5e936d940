import { ANSWER_WITHIN_MS } from './webhook-caller.ts';

/** How webhooks are worked off. */
export interface WebhookLimits {
  /** See `ANSWER_WITHIN_MS`. */
  readonly answerWithinMs: number;
  /** Messages of a webhook that are taken up and wait; what lies behind them stays in the stream, where it takes no more room. */
  readonly window: number;
  /** Calls of a webhook that are under way at a time. */
  readonly calls: number;
  /** Messages that are handed out for calls at a time; the last of them must be called long before its job expires. */
  readonly claimed: number;
  /** A message that has failed for this long is given up, ms. */
  readonly deadAfterMs: number;
  /** The first pause before a message is tried again, seconds, and the longest: a target that is back waits no longer. */
  readonly retryDelaySeconds: number;
  readonly retryDelayMaxSeconds: number;
  /** The least time between two looks at the stream, ms: what comes in between goes together. */
  readonly gatherMs: number;
}

export const WEBHOOK_LIMITS: WebhookLimits = {
  answerWithinMs: ANSWER_WITHIN_MS,
  window: 5000,
  calls: 32,
  claimed: 256,
  deadAfterMs: 86_400_000,
  retryDelaySeconds: 5,
  retryDelayMaxSeconds: 300,
  gatherMs: 500,
};

/** A job that is lost with its process is tried again after this, seconds: well after a call would have ended. */
export const JOB_EXPIRES_SECONDS = 60;
