import type { ErrorBody } from '@floorwatch/contracts';
import { GenesysError, GenesysRateLimited } from '@floorwatch/genesys';
import { CursorTooOld, CursorUnknown, StoreUnavailable } from '@floorwatch/store';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { ApiError } from './api-error.ts';

type Answer = Omit<ErrorBody, 'correlationId'> & { readonly status: number };

export interface ErrorsOptions {
  /** Whether the web application is served: then an unknown page is one of its own deep links. */
  readonly servesPages: boolean;
}

/** The one place that turns errors into answers. 4xx say what is wrong; of 5xx only the correlation id leaves the house. */
export const errorsPlugin = fastifyPlugin<ErrorsOptions>(
  (app, { servesPages }, done) => {
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const answer = errorAnswerTo(error);
      if (answer.status >= 500) request.log.error({ event: 'request-failed', err: error }, 'request failed');
      return send(request, reply, answer);
    });
    app.setNotFoundHandler((request, reply) => {
      if (servesPages && asksForPage(request)) return reply.sendFile('index.html');
      const message = `There is nothing at ${pathOf(request)}`;
      return send(request, reply, { status: 404, code: 'not-found', message });
    });
    done();
  },
  { name: 'errors' },
);

const send = (request: FastifyRequest, reply: FastifyReply, { status, ...rest }: Answer): FastifyReply => {
  if (rest.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(rest.retryAfterMs / 1000));
  const body: ErrorBody = { ...rest, correlationId: request.id };
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
};

/** What is told of an error: its status, and a body that gives nothing away. */
export const errorAnswerTo = (error: unknown): Answer => {
  if (error instanceof ApiError)
    return { status: error.statusCode, code: error.code, message: error.message, ...error.details };
  if (error instanceof StoreUnavailable)
    return { status: 503, code: 'store-unavailable', message: 'What Floorwatch keeps cannot be reached right now' };
  if (error instanceof CursorTooOld)
    return {
      status: 410,
      code: 'cursor-too-old',
      message:
        'What follows this cursor is not kept any more: go on from the oldest cursor, and count what lies between as lost',
      oldestCursor: error.oldest,
    };
  if (error instanceof CursorUnknown) return { status: 400, code: 'cursor-unknown', message: error.message };
  if (error instanceof GenesysRateLimited)
    return {
      status: 503,
      code: 'rate-limited',
      message: 'Genesys Cloud asks us to wait before the next request',
      retryAfterMs: error.retryAfterMs,
    };
  if (error instanceof GenesysError)
    return { status: 503, code: 'platform-unavailable', message: 'Genesys Cloud cannot be asked right now' };
  const { statusCode: status = 500, message = '' } = error instanceof Error ? (error as Partial<FastifyError>) : {};
  return status < 500
    ? { status, code: 'invalid-request', message }
    : { status: 500, code: 'internal', message: 'This went wrong on our side; the correlation id finds it in the log' };
};

const asksForPage = (request: FastifyRequest): boolean =>
  request.method === 'GET' &&
  (request.headers.accept ?? '').includes('text/html') &&
  !pathOf(request).startsWith('/api/');

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '/';
