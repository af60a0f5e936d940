import type { z } from 'zod';
import type { Clock } from '@floorwatch/domain';
import type { GenesysLog } from '../genesys-log.ts';
import type { PlatformClock } from '../platform-clock.ts';
import type { Secret } from '../secret.ts';
import { failureOfAnswer, MAX_RETRY_AFTER_MS, type PathValues } from './answer-failure.ts';
import { backOffMs } from './back-off.ts';
import type { Bulkheads } from './bulkheads.ts';
import type { CallWatch } from './call-watch.ts';
import type { Exchange, HttpAnswer } from './exchange.ts';
import {
  GenesysRateLimited,
  GenesysUnavailable,
  GenesysUnexpected,
  type CallContext,
  type GenesysError,
} from './genesys-error.ts';
import { parseJson } from './parse-json.ts';
import type { Outcome, PlatformBreaker } from './platform-breaker.ts';
import type { Priority, ReadOptions } from './priority.ts';
import type { RateBudget } from './rate-budget.ts';
import { readRateLimit } from './rate-limit-headers.ts';
import { BudgetSpent, type RequestGate } from './request-gate.ts';

export interface ApiCall<Answer> extends ReadOptions {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Template: `/api/v2/users/{userId}/routingstatus`. */
  readonly path: string;
  readonly pathValues?: PathValues;
  /** A list is repeated: `id=a&id=b` (API §4.5). */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly body?: unknown;
  /** A POST that only asks: it may be repeated like a GET. */
  readonly isQuestion?: boolean;
  readonly answer: z.ZodType<Answer>;
}

export interface ApiAnswer<Answer> {
  readonly body: Answer;
  /** Our clock when the request was sent, ms. */
  readonly sentAt: number;
  /** The platform's `ININ-Correlation-Id`. */
  readonly correlationId: string | null;
}

/** An answer that the platform keeps as a file, at an address of its own. */
export interface ApiDownload<Answer> extends ReadOptions {
  readonly url: string;
  /** Template of the call that named the address, for errors. */
  readonly path: string;
  readonly answer: z.ZodType<Answer>;
}

/** Where a call's token comes from: the service's own, or that of a person who has signed in. */
export interface BearerTokens {
  /** @throws GenesysError where there is none to be had */
  token(): Promise<Secret>;
  /** Gives up a token that the platform refused, so that the next one is another. */
  discard(refused: Secret): void;
}

/** On whose behalf calls are made. The platform's budget is one for each token (API §3.3), so is the gate before it. */
export interface Caller {
  readonly tokens: BearerTokens;
  readonly gate: RequestGate;
  readonly budget: RateBudget;
}

export interface ApiClientOptions extends Caller {
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly platformClock: PlatformClock;
  readonly exchange: Exchange;
  readonly bulkheads: Bulkheads;
  readonly breaker: PlatformBreaker;
  readonly log: GenesysLog;
  readonly random: () => number;
  readonly watch: Pick<CallWatch, 'retried'>;
}

/** Somebody waits for an interactive call: it may fail, but it must do so soon. */
const PATIENCE: Readonly<Record<Priority, { readonly attempts: number; readonly timeoutMs: number }>> = {
  interactive: { attempts: 2, timeoutMs: 5000 },
  resync: { attempts: 5, timeoutMs: 16_000 },
  sweep: { attempts: 5, timeoutMs: 16_000 },
  history: { attempts: 5, timeoutMs: 30_000 },
};

/** Answers after which the very same call may succeed (API §3.5); 500 is a fault that a repetition does not mend. */
const REPEATABLE_STATUSES: ReadonlySet<number | null> = new Set([null, 502, 503, 504]);

/** Calls of the platform's API: token, budget, retries, errors; every answer checked against its schema. */
export class ApiClient {
  readonly #options: ApiClientOptions;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /** The same client on behalf of somebody else: connections, bulkheads and breaker stay the ones of all. */
  as(caller: Caller): ApiClient {
    return new ApiClient({ ...this.#options, ...caller });
  }

  /** @throws GenesysError, or the signal's reason */
  async call<Answer>(call: ApiCall<Answer>): Promise<ApiAnswer<Answer>> {
    const attempts = call.attempts ?? PATIENCE[call.priority].attempts;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(call);
      if ('answer' in outcome)
        return {
          body: readBody(outcome.answer, call),
          sentAt: outcome.answer.sentAt,
          correlationId: outcome.answer.header('inin-correlation-id'),
        };
      const { failure } = outcome;
      if (attempt >= attempts || !mayRepeat(failure, call)) throw failure;
      this.#logRetry(failure, attempt);
      // After a 429 the gate holds the call back until the pause is over.
      if (failure instanceof GenesysRateLimited) continue;
      await this.#options.clock.sleep(backOffMs(attempt, this.#options.random), call.signal);
    }
  }

  /**
   * Fetches a file. Its address is good by itself: the token stays here.
   * @throws GenesysError, or the signal's reason
   */
  async download<Answer>({ url, path, answer, priority, signal }: ApiDownload<Answer>): Promise<Answer> {
    const { apiUrl, exchange } = this.#options;
    const call = { method: 'GET', path, answer, priority } as const;
    const isOurs = URL.canParse(url) && (url.startsWith('https://') || new URL(url).origin === new URL(apiUrl).origin);
    if (!isOurs)
      throw new GenesysUnexpected({ message: 'the address of a file is not https', context: contextOf(call) });
    const { timeoutMs } = PATIENCE[priority];
    const file = await exchange({
      method: 'GET',
      url,
      path,
      headers: { accept: 'application/json' },
      timeoutMs,
      signal,
    });
    if (file.status >= 400) throw failureOfAnswer(file, call);
    return readBody(file, call);
  }

  /** One try: by the bulkhead of its priority, past the breaker where it can wait, through the gate. */
  #attempt(call: ApiCall<unknown>): Promise<Outcome> {
    const { bulkheads, breaker } = this.#options;
    const attempt = (): Promise<Outcome> => this.#passGate(call);
    const task = isBackgroundRead(call) ? () => breaker.run(attempt) : attempt;
    return bulkheads.run(call.priority, task, call.signal);
  }

  async #passGate(call: ApiCall<unknown>): Promise<Outcome> {
    const leave = await this.#enter(call);
    try {
      const answer = await this.#exchange(call);
      if (answer.status < 400) return { answer };
      const failure = failureOfAnswer(answer, call);
      if (failure instanceof GenesysRateLimited) this.#pause(failure);
      return { failure };
    } catch (error) {
      if (error instanceof GenesysRateLimited) this.#pause(error);
      if (error instanceof GenesysUnavailable || error instanceof GenesysRateLimited) return { failure: error };
      throw error;
    } finally {
      leave();
    }
  }

  async #enter(call: ApiCall<unknown>): Promise<() => void> {
    try {
      return await this.#options.gate.enter(call.priority, call.signal);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      throw new GenesysRateLimited({ context: contextOf(call), retryAfterMs: error.retryAfterMs });
    }
  }

  /** One exchange; a refused token is renewed and the call replayed, once. */
  async #exchange(call: ApiCall<unknown>): Promise<HttpAnswer> {
    const { tokens } = this.#options;
    const token = await tokens.token();
    const first = await this.#send(call, token.reveal());
    if (first.status !== 401) return first;
    tokens.discard(token);
    return this.#send(call, (await tokens.token()).reveal());
  }

  async #send(call: ApiCall<unknown>, token: string): Promise<HttpAnswer> {
    const { apiUrl, exchange, clock, log } = this.#options;
    call.signal?.throwIfAborted();
    const answer = await exchange({
      method: call.method,
      url: apiUrl + fillPath(call) + toQueryString(call.query),
      path: call.path,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      timeoutMs: PATIENCE[call.priority].timeoutMs,
      signal: call.signal,
    });
    this.#learn(answer);
    const correlationId = answer.header('inin-correlation-id');
    const fields = { method: call.method, path: call.path, status: answer.status, correlationId };
    log.debug({ event: 'platform-call', ...fields, tookMs: clock.now() - answer.sentAt }, 'called the platform');
    return answer;
  }

  /** What every answer tells besides its body: the budget, and the platform's time. */
  #learn(answer: HttpAnswer): void {
    const limit = readRateLimit(answer);
    if (limit !== null) this.#options.budget.observe(limit);
    const date = Date.parse(answer.header('date') ?? '');
    if (!Number.isNaN(date)) this.#options.platformClock.observe(date);
  }

  /** A 429 is for the whole token, not for one call; the jitter keeps our instances from coming back together. */
  #pause(failure: GenesysRateLimited): void {
    const { budget, gate, random, log } = this.#options;
    const { retryAfterMs } = failure;
    log.warn({ event: 'rate-limited', retryAfterMs, ...failure.context }, 'the platform asks us to wait');
    if (retryAfterMs > MAX_RETRY_AFTER_MS) return; // a limit of some resource; the others may go on
    budget.pause(retryAfterMs + Math.floor(random() * 500));
    gate.pump();
  }

  #logRetry(failure: GenesysError, attempt: number): void {
    this.#options.watch.retried();
    const fields = { event: 'platform-retry', attempt, reason: failure.message };
    this.#options.log.info(fields, 'trying a call again');
  }
}

/** A person may try whenever they like, and whoever changes something has a back-off of its own. */
const isBackgroundRead = (call: ApiCall<unknown>): boolean => call.priority !== 'interactive' && isRead(call);

const isRead = ({ method, isQuestion = false }: ApiCall<unknown>): boolean =>
  method === 'GET' || method === 'HEAD' || isQuestion;

const mayRepeat = (failure: GenesysError, call: ApiCall<unknown>): boolean => {
  if (failure instanceof GenesysRateLimited) return failure.retryable && call.priority !== 'interactive';
  const isSafe = isRead(call) || call.method === 'PUT' || call.method === 'DELETE';
  return isSafe && failure instanceof GenesysUnavailable && REPEATABLE_STATUSES.has(failure.status);
};

const readBody = <Answer>(answer: HttpAnswer, call: ApiCall<Answer>): Answer => {
  const parsed = call.answer.safeParse(parseJson(answer.text));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 3).map((issue) => issue.path.join('.') || 'the body');
  const context = { ...contextOf(call), correlationId: answer.header('inin-correlation-id') };
  throw new GenesysUnexpected({ message: `cannot make sense of the answer: ${fields.join(', ')}`, context });
};

const contextOf = (call: ApiCall<unknown>): CallContext => ({
  method: call.method,
  path: call.path,
  correlationId: null,
});

const fillPath = ({ path, pathValues = {} }: ApiCall<unknown>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(pathValues[name] ?? ''));

const toQueryString = (query: ApiCall<unknown>['query'] = {}): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  return params.size === 0 ? '' : `?${params.toString()}`;
};
