import type { Clock } from '@floorwatch/domain';
import type { Exchange, HttpRequest } from './exchange.ts';

/**
 * How one exchange with the platform came out: `unauthorized` 401 · `limited` 429 · `refused` another 4xx ·
 * `failed` 5xx · `unanswered`: no answer at all, or not in time
 */
export type CallOutcome = 'answered' | 'unauthorized' | 'limited' | 'refused' | 'failed' | 'unanswered';

/** One exchange with the platform, retries each on their own. */
export interface WatchedCall {
  readonly method: string;
  /** Template, without ids. */
  readonly path: string;
  readonly outcome: CallOutcome;
  /** HTTP status; null without an answer. */
  readonly status: number | null;
  readonly tookMs: number;
}

/** Told of every call, on the way of each: it takes note and returns. */
export interface CallWatch {
  began(): void;
  /** Ends what `began`; null where whoever asked did not want the answer any more. */
  ended(call: WatchedCall | null): void;
  /** The same call is tried again. */
  retried(): void;
}

const outcomeOf = (status: number): CallOutcome => {
  if (status < 400) return 'answered';
  if (status === 401) return 'unauthorized';
  if (status === 429) return 'limited';
  return status < 500 ? 'refused' : 'failed';
};

/** The same exchange, with somebody who watches. */
export const watchedExchange =
  (exchange: Exchange, { clock, watch }: { clock: Clock; watch: CallWatch }): Exchange =>
  async (request) => {
    const beganAt = clock.now();
    const call = (outcome: CallOutcome, status: number | null): WatchedCall => ({
      method: request.method,
      path: request.path,
      outcome,
      status,
      tookMs: clock.now() - beganAt,
    });
    watch.began();
    try {
      const answer = await exchange(request);
      watch.ended(call(outcomeOf(answer.status), answer.status));
      return answer;
    } catch (error) {
      watch.ended(isGivenUp(request) ? null : call('unanswered', null));
      throw error;
    }
  };

const isGivenUp = ({ signal }: HttpRequest): boolean => signal?.aborted === true;
