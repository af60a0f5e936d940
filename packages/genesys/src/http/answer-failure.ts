import type { z } from 'zod';
import { errorBody } from '../wire/error-body.ts';
import type { HttpAnswer } from './exchange.ts';
import {
  GenesysNotPermitted,
  GenesysRateLimited,
  GenesysRejected,
  GenesysUnauthorized,
  GenesysUnavailable,
  type CallContext,
  type GenesysError,
} from './genesys-error.ts';
import { parseJson } from './parse-json.ts';
import { readRateLimit, readRetryAfterMs } from './rate-limit-headers.ts';

/** Longest `Retry-After` we obey; beyond it a limit of hours has been hit and waiting would only hide it (API §3.5). */
export const MAX_RETRY_AFTER_MS = 180_000;

/** What to wait after a 429 that does not say (API §3.5). */
const DEFAULT_RETRY_AFTER_MS = 3000;

/** Values that stand in the path of the call, by the name they have in its template. */
export type PathValues = Readonly<Record<string, string>>;

/** Turns an answer of 400 or more into one of our errors. */
export const failureOfAnswer = (
  answer: HttpAnswer,
  call: { method: string; path: string; pathValues?: PathValues | undefined },
): GenesysError => {
  const body = errorBody.safeParse(parseJson(answer.text)).data ?? {};
  const correlationId = answer.header('inin-correlation-id') ?? body.contextId ?? null;
  const context: CallContext = { method: call.method, path: call.path, correlationId };
  const code = body.code ?? null;
  const { status } = answer;
  if (status === 429) return rateLimited(answer, context);
  const said = withoutPathValues(body.message ?? 'no reason given', call.pathValues);
  const message = `Genesys Cloud answered ${status}${code === null ? '' : ` ${code}`}: ${said}`;
  if (status === 401) return new GenesysUnauthorized({ message, context });
  if (status >= 500) return new GenesysUnavailable({ message, context, status });
  if (status === 403) return new GenesysNotPermitted({ message, context, status, code, needs: permissionsIn(body) });
  return new GenesysRejected({ message, context, status, code });
};

/** A missing permission is named in the values of the message (API §3.1): `permission` or `permissions`, separated by commas. */
const permissionsIn = ({ messageParams }: z.infer<typeof errorBody>): string[] =>
  [messageParams?.['permissions'], messageParams?.['permission']]
    .flatMap((named) => (typeof named === 'string' ? named.split(',') : []))
    .map((name) => name.trim())
    .filter((name) => /^\w+:\w+:\w+$/.test(name));

const rateLimited = (answer: HttpAnswer, context: CallContext): GenesysRateLimited => {
  const resetMs = readRateLimit(answer)?.resetMs;
  const retryAfterMs = readRetryAfterMs(answer) ?? resetMs ?? DEFAULT_RETRY_AFTER_MS;
  return new GenesysRateLimited({ context, retryAfterMs, retryable: retryAfterMs <= MAX_RETRY_AFTER_MS });
};

/** A channel's id is as good as its socket's address, and the platform repeats ids in its messages. */
const withoutPathValues = (message: string, pathValues: PathValues = {}): string =>
  Object.entries(pathValues).reduce((text, [name, value]) => text.replaceAll(value, `{${name}}`), message);
