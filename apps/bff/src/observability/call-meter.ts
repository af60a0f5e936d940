import type { Clock } from '@floorwatch/domain';
import type { CallOutcome, CallWatch, WatchedCall } from '@floorwatch/genesys';
import { Counter, type Registry } from 'prom-client';
import { Durations, type Tally } from './durations.ts';

const TOKEN_PATH = '/oauth/token';

/** The platform's login host, and its interface: two hops that fail apart from each other. */
export type Service = 'login' | 'api';

/** The last call that did not succeed. */
export interface CallTrouble {
  readonly at: number;
  readonly message: string;
}

interface CallMeterOptions {
  readonly registry: Registry;
  readonly clock: Clock;
}

/** Counts and times every call of the platform. */
export class CallMeter implements CallWatch {
  readonly #clock: Clock;
  readonly #took: Durations<Service>;
  readonly #calls: Counter;
  readonly #retries: Counter;
  readonly #byOutcome = new Map<CallOutcome, number>();
  /** When each of those in flight was sent; in the order of sending. */
  readonly #inFlight: number[] = [];
  #retried = 0;
  #lastTrouble: Record<Service, CallTrouble | null> = { login: null, api: null };
  #lastUnauthorizedAt: number | null = null;

  constructor({ registry, clock }: CallMeterOptions) {
    this.#clock = clock;
    this.#took = new Durations({
      registry,
      name: 'floorwatch_platform_call_seconds',
      help: 'Calls of Genesys Cloud, each try on its own: the login host, and its interface.',
      label: 'service',
    });
    this.#calls = new Counter({
      name: 'floorwatch_platform_calls_total',
      help: 'Calls of Genesys Cloud, by what was asked for (a template without ids) and how it came out.',
      labelNames: ['path', 'outcome'],
      registers: [registry],
    });
    this.#retries = new Counter({
      name: 'floorwatch_platform_retries_total',
      help: 'Calls of Genesys Cloud that were tried again.',
      registers: [registry],
    });
  }

  began(): void {
    this.#inFlight.push(this.#clock.now());
  }

  ended(call: WatchedCall | null): void {
    if (call === null) {
      this.#inFlight.shift();
      return;
    }
    const now = this.#clock.now();
    this.#leave(now - call.tookMs);
    const { path, outcome, tookMs } = call;
    const service = path === TOKEN_PATH ? 'login' : 'api';
    this.#took.observe(service, tookMs);
    this.#calls.inc({ path, outcome });
    this.#byOutcome.set(outcome, (this.#byOutcome.get(outcome) ?? 0) + 1);
    if (outcome === 'unauthorized') this.#lastUnauthorizedAt = now;
    if (isTrouble(call)) this.#lastTrouble[service] = { at: now, message: wordsFor(call) };
  }

  retried(): void {
    this.#retried += 1;
    this.#retries.inc();
  }

  /** Calls since the start, by how they came out. */
  get byOutcome(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#byOutcome);
  }

  get retries(): number {
    return this.#retried;
  }

  /** How long the oldest of those in flight has been waiting, ms. */
  get oldestInFlightMs(): number {
    const oldest = this.#inFlight[0];
    return oldest === undefined ? 0 : this.#clock.now() - oldest;
  }

  lastTrouble(service: Service): CallTrouble | null {
    return this.#lastTrouble[service];
  }

  /** When the platform refused a token of ours last; null while it never has. */
  get lastUnauthorizedAt(): number | null {
    return this.#lastUnauthorizedAt;
  }

  tally(service: Service): Promise<Tally> {
    return this.#took.tally(service);
  }

  #leave(sentAt: number): void {
    const index = this.#inFlight.indexOf(sentAt);
    this.#inFlight.splice(Math.max(0, index), 1);
  }
}

/** A 4xx is an answer that somebody acts upon; of a login it is trouble all the same. */
const isTrouble = ({ outcome, path }: WatchedCall): boolean =>
  outcome === 'failed' ||
  outcome === 'unanswered' ||
  outcome === 'limited' ||
  (path === TOKEN_PATH && outcome !== 'answered');

const wordsFor = ({ outcome, status, path }: WatchedCall): string => {
  const where = path === TOKEN_PATH ? 'The login host of Genesys Cloud' : 'Genesys Cloud';
  if (outcome === 'unanswered') return `${where} does not answer`;
  if (outcome === 'limited') return `${where} asks us to wait (429): the request budget of the organisation is spent`;
  return `${where} answers ${String(status)}`;
};
