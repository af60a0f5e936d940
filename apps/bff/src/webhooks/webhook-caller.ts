import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import type { Clock } from '@floorwatch/domain';
import axios, { isAxiosError, type AxiosInstance } from 'axios';
import { z } from 'zod';
import { signedHeaders } from './signing.ts';
import { TargetRefused, type TargetGuard } from './target-guard.ts';
import type { WebhookTally } from './webhook-tally.ts';

/** How long a target may take to answer, from the first look at its name to the last byte that is read, ms. */
export const ANSWER_WITHIN_MS = 5000;

/** As much of an answer as is kept, bytes. */
const EXCERPT_BYTES = 1024;

const GONE = 410;

export interface WebhookCallerOptions {
  readonly guard: TargetGuard;
  readonly clock: Clock;
  readonly release: string;
  readonly tally: WebhookTally;
  /** `ANSWER_WITHIN_MS` where it is left out. */
  readonly answerWithinMs?: number;
}

/** A message on its way to a target. */
export interface Call {
  readonly url: string;
  readonly messageId: string;
  readonly body: string;
  /** The one that counts, then those that still count. */
  readonly secrets: readonly string[];
}

/** What came of it. */
export interface CallOutcome {
  /** When it was begun, ms on our clock. */
  readonly at: number;
  readonly latencyMs: number;
  readonly status: number | null;
  /** The beginning of the answer; null without one. */
  readonly response: string | null;
  /** Why it does not count as delivered, for a person; null where it does. */
  readonly error: string | null;
  /** The target says that it is gone for good. */
  readonly isGone: boolean;
}

/** Calls targets: one POST, no redirects, no proxy, bounded in time and in what is read. */
export class WebhookCaller {
  readonly #options: WebhookCallerOptions;
  readonly #http: AxiosInstance;
  readonly #agents: readonly { destroy(): void }[];

  constructor(options: WebhookCallerOptions) {
    this.#options = options;
    const { lookup } = options.guard;
    const httpAgent = new HttpAgent({ keepAlive: true, lookup });
    const httpsAgent = new HttpsAgent({ keepAlive: true, lookup });
    this.#agents = [httpAgent, httpsAgent];
    this.#http = axios.create({
      httpAgent,
      httpsAgent,
      proxy: false, // one would be asked to connect where this process may not
      maxRedirects: 0,
      decompress: false,
      responseType: 'stream',
      validateStatus: () => true,
      transformRequest: (body: unknown) => body,
      headers: {
        'content-type': 'application/json',
        'user-agent': `Floorwatch/${options.release}`,
        'accept-encoding': 'identity',
      },
    });
  }

  /** Never throws. */
  async call(call: Call): Promise<CallOutcome> {
    const outcome = await this.#call(call);
    this.#options.tally.noteCall(outcome);
    return outcome;
  }

  /** Closes the connections that are kept open. */
  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  async #call({ url, messageId, body, secrets }: Call): Promise<CallOutcome> {
    const { clock, guard, answerWithinMs = ANSWER_WITHIN_MS } = this.#options;
    const at = clock.now();
    const timeout = new AbortController();
    const stopTimer = clock.after(answerWithinMs, () => {
      timeout.abort();
    });
    try {
      const { href } = guard.check(url);
      const headers = signedHeaders({ id: messageId, body, at }, secrets);
      const answer = await this.#http.post<Readable>(href, body, { headers, signal: timeout.signal });
      const response = await excerptOf(answer.data, timeout.signal);
      return { ...this.#timesOf(at), ...judge(answer.status), status: answer.status, response };
    } catch (error) {
      const words = timeout.signal.aborted ? `no answer within ${String(answerWithinMs / 1000)} s` : wordsOf(error);
      return { ...this.#timesOf(at), status: null, response: null, error: words, isGone: false };
    } finally {
      stopTimer();
    }
  }

  #timesOf(at: number): Pick<CallOutcome, 'at' | 'latencyMs'> {
    return { at: Math.floor(at), latencyMs: Math.max(0, Math.round(this.#options.clock.now() - at)) };
  }
}

const judge = (status: number): Pick<CallOutcome, 'error' | 'isGone'> => {
  if (status >= 200 && status < 300) return { error: null, isGone: false };
  const words = status >= 300 && status < 400 ? ': redirects are not followed' : '';
  return { error: `answered ${String(status)}${words}`, isGone: status === GONE };
};

/** Reads the beginning, and hangs up where there is more. What cannot be read of an answer does not undo its status. */
const excerptOf = async (answer: Readable, signal: AbortSignal): Promise<string> => {
  const parts: Buffer[] = [];
  let length = 0;
  const hangUp = (): void => {
    answer.destroy();
  };
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    for await (const part of answer) {
      const bytes = z.instanceof(Buffer).parse(part);
      parts.push(bytes);
      length += bytes.length;
      if (length >= EXCERPT_BYTES) break;
    }
  } catch {
    // cut off: the status has come
  } finally {
    signal.removeEventListener('abort', hangUp);
  }
  const text = Buffer.concat(parts).subarray(0, EXCERPT_BYTES).toString('utf8');
  return text.replaceAll('\0', '\u{fffd}'); // the database knows no such character
};

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'the name is unknown',
  EAI_AGAIN: 'the name cannot be looked up just now',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'no connection could be made in time',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody else',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody who is trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody who is trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** Never the address: it may hold a token of the target. */
const wordsOf = (error: unknown): string => {
  const cause = isAxiosError(error) ? (error.cause ?? error) : error;
  if (cause instanceof TargetRefused) return `refused: ${cause.message}`;
  const code = isAxiosError(error) ? error.code : undefined;
  return WORDS[code ?? ''] ?? `it cannot be called (${code ?? 'no code'})`;
};
