import { errorBody, type ErrorBody } from '@floorwatch/contracts';
import type { z } from 'zod';
import { csrfHeaders } from './csrf.ts';

/** The request never got an answer: the browser or the network cannot reach Floorwatch. */
export class FloorwatchUnreachable extends Error {
  override readonly name = 'FloorwatchUnreachable';
}

/** Floorwatch answered, but not with what was asked for. */
export class FloorwatchRefused extends Error {
  override readonly name = 'FloorwatchRefused';
  readonly status: number;
  /** Null where the answer was not one of the API's own errors (a proxy's page, for instance). */
  readonly body: ErrorBody | null;

  constructor(status: number, body: ErrorBody | null) {
    super(body?.message ?? `Floorwatch answered with HTTP status ${status}.`);
    this.status = status;
    this.body = body;
  }
}

/** Floorwatch answered with something this page cannot read: most likely the page is from another release. */
export class FloorwatchUnreadable extends Error {
  override readonly name = 'FloorwatchUnreadable';
}

interface GetRequest<Schema extends z.ZodType> {
  readonly path: string;
  readonly reply: Schema;
  readonly signal?: AbortSignal;
}

/**
 * Reads one address of the API and checks the answer.
 * @throws FloorwatchUnreachable, FloorwatchRefused or FloorwatchUnreadable
 */
export const getFromApi = async <Schema extends z.ZodType>({
  path,
  reply,
  signal,
}: GetRequest<Schema>): Promise<z.infer<Schema>> => {
  const response = await send(path, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
  const body = await readJson(response);
  if (!response.ok) throw new FloorwatchRefused(response.status, errorBody.safeParse(body).data ?? null);
  const parsed = reply.safeParse(body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new FloorwatchUnreadable(`The answer of ${path} is not understood (at "${where}"). Reload the page.`);
};

interface WriteRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Sent as JSON; nothing where it is left out. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Writes to the API, with the proof that it comes from this page.
 * @returns the answer's body, unchecked; null where it has none
 * @throws FloorwatchUnreachable or FloorwatchRefused
 */
export const sendToApi = async ({ method, path, body, headers = {}, signal }: WriteRequest): Promise<unknown> => {
  const isJson = body !== undefined && { 'content-type': 'application/json' };
  const response = await send(path, {
    method,
    headers: { accept: 'application/json', ...isJson, ...csrfHeaders(), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const answer = await readJson(response);
  if (!response.ok) throw new FloorwatchRefused(response.status, errorBody.safeParse(answer).data ?? null);
  return answer;
};

const send = async (path: string, request: RequestInit): Promise<Response> => {
  try {
    return await fetch(path, request);
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    throw new FloorwatchUnreachable('Floorwatch does not answer.', { cause: error });
  }
};

const readJson = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return null;
  }
};
