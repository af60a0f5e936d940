import { randomUUID } from 'node:crypto';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { registerAdministration } from '../control/administration.ts';
import { registerControl } from '../control/control-routes.ts';
import { registerChannelSockets } from '../notifications/channel-socket-routes.ts';
import { registerAuthorize } from '../oauth/authorize-routes.ts';
import { registerToken } from '../oauth/token-routes.ts';
import { ALL_OPERATIONS } from '../operations/all-operations.ts';
import { registerApi } from './api-routes.ts';
import { correlationIdOf } from './correlation.ts';
import { badRequest, notFound } from './platform-error.ts';
import type { Platform } from './platform.ts';

/** The platform refuses longer requests (API §3.4). */
const MAX_REQUEST_BYTES = 512_000;
const MAX_FRAME_BYTES = 1024 * 1024;

/** The whole server; it does not listen yet. */
export const buildServer = async (platform: Platform): Promise<FastifyInstance> => {
  const app = Fastify({
    bodyLimit: MAX_REQUEST_BYTES,
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  addParsers(app);
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.upgrade === undefined) countUntilAnswered(platform, reply);
    reply.header('ININ-Correlation-Id', correlationIdOf(request));
    // Clients learn the platform's time from here, so it is the virtual one.
    reply.header('date', new Date(platform.world.virtualClock.now()).toUTCString());
  });
  await app.register(websocket, { options: { maxPayload: MAX_FRAME_BYTES } });
  registerToken(app, platform);
  registerAuthorize(app, platform);
  registerApi(app, platform, ALL_OPERATIONS);
  registerChannelSockets(app, platform);
  app.get<{ Params: { readonly id: string } }>('/downloads/:id', (request) => {
    const content = platform.downloads.find(request.params.id);
    if (content === null) throw notFound();
    return content;
  });
  registerControl(app, platform);
  registerAdministration(app, platform);
  return app;
};

const countUntilAnswered = (platform: Platform, { raw }: FastifyReply): void => {
  platform.requestsUnderWay += 1;
  raw.once('close', () => {
    platform.requestsUnderWay -= 1;
  });
};

/** Forms are read where they are used. A JSON request without a body is none: clients send the header regardless. */
const addParsers = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) => {
    done(null, text);
  });
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(text.toString()));
    } catch {
      done(badRequest('The request could not be understood by the server due to malformed syntax.'));
    }
  });
};
