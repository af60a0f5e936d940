import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios from 'axios';
import type { Clock } from '@floorwatch/domain';
import { GenesysUnavailable, type CallContext } from './genesys-error.ts';
import { describeNetworkFailure } from './network-failure.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** For the whole exchange, connecting included. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** For errors; the path as a template. */
  readonly path: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** Our clock when the request was sent, ms. */
  readonly sentAt: number;
  /** A header's value; null where it is missing. Names in lower case. */
  header(name: string): string | null;
}

/**
 * One HTTP exchange. Any status is an answer; no answer is `GenesysUnavailable`, an aborted signal throws its reason.
 * Nothing of the HTTP library leaves this file.
 */
export type Exchange = (request: HttpRequest) => Promise<HttpAnswer>;

/** The largest answer we take, bytes: a page of 100 users with all expands stays far below. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export const createExchange = (clock: Clock): Exchange => {
  const http = axios.create({
    responseType: 'text',
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
    maxRedirects: 0, // a redirect would carry the token to another host
    maxContentLength: MAX_ANSWER_BYTES,
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  });
  return async (request) => {
    const deadline = new AbortController();
    const cancelDeadline = clock.after(request.timeoutMs, () => deadline.abort());
    const sentAt = clock.now();
    try {
      const { status, data, headers } = await http.request<unknown>({
        method: request.method,
        url: request.url,
        headers: request.headers,
        data: request.body,
        signal: request.signal ? AbortSignal.any([request.signal, deadline.signal]) : deadline.signal,
        ...(isLoopback(request.url) && { proxy: false as const }),
      });
      return {
        status,
        text: typeof data === 'string' ? data : '',
        sentAt,
        header: (name) => {
          const value: unknown = headers[name];
          return typeof value === 'string' ? value : null;
        },
      };
    } catch (error) {
      request.signal?.throwIfAborted();
      throw failureOf(error, request, deadline.signal.aborted);
    } finally {
      cancelDeadline();
    }
  };
};

const failureOf = (error: unknown, request: HttpRequest, isLate: boolean): GenesysUnavailable => {
  const { host } = new URL(request.url);
  const context: CallContext = { method: request.method, path: request.path, correlationId: null };
  if (isLate) {
    const message = `no answer from ${host} within ${request.timeoutMs / 1000} s`;
    return new GenesysUnavailable({ message, context, status: null });
  }
  return new GenesysUnavailable({ ...describeNetworkFailure(error, host), context, status: null });
};

const isLoopback = (url: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
