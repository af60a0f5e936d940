import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhenResult } from 'cockatiel';
import type { Clock } from '@floorwatch/domain';
import type { GenesysLog } from '../genesys-log.ts';
import type { HttpAnswer } from './exchange.ts';
import { GenesysUnavailable, type GenesysError } from './genesys-error.ts';

/** What came of one try of a call. */
export type Outcome = { readonly answer: HttpAnswer } | { readonly failure: GenesysError };

/** As many failures in a row are not chance: one call alone tries five times. */
const FAILURES_TO_OPEN = 5;

/** An open breaker lets one call try so often: a board has to be right again within 5 s of an outage's end (design §14). */
const PROBE_AFTER_MS = 1000;

/** How the breaker stands; `since` (our clock, ms) and `reason` are null while it is closed. */
export interface BreakerStatus {
  readonly state: 'closed' | 'open' | 'half-open';
  readonly since: number | null;
  readonly reason: string | null;
}

/**
 * Stops asking a platform that has failed several times in a row: calls then fail at once, with what went wrong last,
 * until a probe succeeds. So an outage costs the platform one call a second from us, not every reader's every try.
 */
export class PlatformBreaker {
  readonly #clock: Clock;
  readonly #policy = circuitBreaker(
    handleWhenResult((outcome) => failureIn(outcome) !== null),
    { breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN), halfOpenAfter: PROBE_AFTER_MS },
  );
  #last: GenesysUnavailable | null = null;
  #openSince: number | null = null;

  constructor({ clock, log }: { clock: Clock; log: GenesysLog }) {
    this.#clock = clock;
    this.#policy.onBreak(() => {
      if (this.#openSince !== null) return; // a probe that failed
      this.#openSince = this.#clock.now();
      const reason = this.#last?.message ?? null;
      log.warn({ event: 'breaker-open', reason }, 'the platform fails: background reads wait for one that succeeds');
    });
    this.#policy.onReset(() => {
      this.#openSince = null;
      log.info({ event: 'breaker-closed' }, 'the platform answers again');
    });
  }

  get status(): BreakerStatus {
    const since = this.#openSince;
    if (since === null) return { state: 'closed', since, reason: null };
    const state = this.#policy.state === CircuitState.HalfOpen ? 'half-open' : 'open';
    return { state, since, reason: this.#last?.message ?? null };
  }

  /** @throws the last `GenesysUnavailable`, without a try, while the breaker is open */
  async run(attempt: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await this.#policy.execute(async () => {
        const outcome = await attempt();
        this.#last = failureIn(outcome) ?? this.#last;
        return outcome;
      });
    } catch (error) {
      if (error instanceof BrokenCircuitError && this.#last !== null) throw this.#last;
      throw error;
    }
  }
}

const failureIn = (outcome: unknown): GenesysUnavailable | null => {
  if (typeof outcome !== 'object' || outcome === null || !('failure' in outcome)) return null;
  return outcome.failure instanceof GenesysUnavailable ? outcome.failure : null;
};
