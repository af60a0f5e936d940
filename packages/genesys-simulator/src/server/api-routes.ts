import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiCall, Operation } from '../operations/operation.ts';
import { Access } from './access.ts';
import { correlationIdOf } from './correlation.ts';
import { notFound, PlatformError, tooManyRequests } from './platform-error.ts';
import type { Platform } from './platform.ts';
import { Query } from './query.ts';
import type { AccessToken } from './tokens.ts';

/** Serves the operations under `/api/v2`: fault, token, budget, then the operation itself. */
export const registerApi = (app: FastifyInstance, platform: Platform, operations: readonly Operation[]): void => {
  app.setErrorHandler((error, request, reply) => sendError(toPlatformError(error), request, reply));
  app.setNotFoundHandler((request, reply) => sendError(notFound(), request, reply));
  for (const operation of operations)
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const body = await answer({ platform, operation, request, reply });
        if (!platform.faults.cutsAnswer(operation.id)) return reply.send(body);
        reply.hijack();
        request.raw.socket.destroy();
        return reply;
      },
    });
};

interface CallToAnswer {
  readonly platform: Platform;
  readonly operation: Operation;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const answer = async ({ platform, operation, request, reply }: CallToAnswer): Promise<unknown> => {
  platform.calls.set(operation.id, (platform.calls.get(operation.id) ?? 0) + 1);
  await platform.faults.slowDown();
  const failure = platform.faults.errorFor('api');
  if (failure !== null) throw failure;
  const token = requireToken(platform, request);
  payFromBudget(platform, token, reply);
  await platform.faults.beforeOperation(operation.id);
  platform.world.pump.pump();
  const call = toCall({ platform, token, request });
  if (operation.permissions !== undefined) call.access.require(operation.permissions);
  const body = platform.faults.alterAnswer(operation.id, await operation.run(call));
  reply.code(operation.status ?? 200);
  return body;
};

const toCall = ({
  platform,
  token,
  request,
}: {
  platform: Platform;
  token: AccessToken;
  request: FastifyRequest;
}): ApiCall => {
  const address = new URL(request.url, 'http://platform');
  const params = request.params as Readonly<Record<string, string>>;
  return {
    platform,
    world: platform.world,
    token,
    access: new Access(token.subject, platform.withdrawnPermissions),
    path: address.pathname,
    query: new Query(address.searchParams),
    body: request.body,
    param: (name) => params[name] ?? '',
  };
};

const requireToken = (platform: Platform, request: FastifyRequest): AccessToken => {
  const [, value] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (value === undefined)
    throw new PlatformError({
      status: 401,
      code: 'authentication.required',
      message: 'No authentication bearer token specified in authorization header.',
    });
  const token = platform.tokens.find(value);
  if (token === null)
    throw new PlatformError({ status: 401, code: 'bad.credentials', message: 'Invalid login credentials.' });
  return token;
};

const payFromBudget = (platform: Platform, token: AccessToken, reply: FastifyReply): void => {
  const budget = platform.faults.payFrom(token.rate.countRequest());
  const { allowed, count, resetSeconds, isExceeded, retryAfterSeconds } = budget;
  reply.header('inin-ratelimit-allowed', String(allowed));
  reply.header('inin-ratelimit-count', String(count));
  reply.header('inin-ratelimit-reset', String(resetSeconds));
  if (isExceeded) throw tooManyRequests(retryAfterSeconds);
};

/** Errors of the server underneath, in the platform's words. */
const FRAMEWORK_ERRORS: Readonly<Record<string, PlatformError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new PlatformError({
    status: 413,
    code: 'request.entity.too.large',
    message: 'The request is over the size limit. Maximum bytes: {bytes}',
    params: { bytes: '512000' },
  }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new PlatformError({
    status: 415,
    code: 'unsupported.media.type',
    message:
      'Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header.',
  }),
};

const INTERNAL = new PlatformError({
  status: 500,
  code: 'internal.server.error',
  message: 'The server encountered an unexpected condition which prevented it from fulfilling the request.',
});

const toPlatformError = (error: unknown): PlatformError => {
  if (error instanceof PlatformError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return FRAMEWORK_ERRORS[code] ?? INTERNAL;
};

const sendError = (error: PlatformError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  if (error.retryAfterSeconds !== null) reply.header('retry-after', String(error.retryAfterSeconds));
  return reply.code(error.status).send(error.toBody(correlationIdOf(request)));
};
