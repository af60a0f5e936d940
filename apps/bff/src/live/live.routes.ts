import { CLOSE_CODE, clientToServer, PROTOCOL_VERSION } from '@floorwatch/contracts';
import type { Clock } from '@floorwatch/domain';
import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import type { RawData } from 'ws';
import type { BoardHub } from './board-hub.ts';
import { sessionOf, type ClientSession } from './client-session.ts';
import type { FrameEncoder } from './frame-encoder.ts';

export interface LiveRoutesOptions {
  readonly hub: BoardHub;
  readonly frames: FrameEncoder;
  readonly clock: Clock;
}

/** `GET /api/live`: the upgrade to the live socket. */
export const liveRoutes: FastifyPluginCallback<LiveRoutesOptions> = (app, { hub, frames, clock }, done) => {
  app.get('/api/live', { websocket: true, preValidation: refuseForeignOrigin }, (socket, request) => {
    socket.on('error', (error) => {
      request.log.info({ event: 'socket-error', reason: error.message }, 'live socket');
    });
    const session = sessionOf(socket, request.socket, clock.now());
    if (!speaksOurProtocol(request)) {
      session.send(frames.refused('protocol-too-old', 'This page is from another release of Floorwatch: reload it'));
      session.close(CLOSE_CODE.protocolTooOld, 'protocol-too-old');
      return;
    }
    socket.on('message', (data) => {
      receive(data, { hub, frames, session, request });
    });
    socket.on('close', () => {
      hub.remove(session);
    });
    hub.add(session);
  });
  done();
};

interface Conversation {
  readonly hub: BoardHub;
  readonly frames: FrameEncoder;
  readonly session: ClientSession;
  readonly request: FastifyRequest;
}

const receive = (data: RawData, { hub, frames, session, request }: Conversation): void => {
  const message = clientToServer.safeParse(parseJson(data));
  if (message.success) {
    hub.subscribe(session, message.data);
    return;
  }
  const problem = message.error.issues[0]?.message ?? 'not understood';
  request.log.warn({ event: 'malformed-frame', problem }, 'a browser sent a frame that is not understood');
  session.send(frames.refused('malformed-frame', `The frame was not understood: ${problem}`));
  hub.remove(session);
  session.close(CLOSE_CODE.malformedFrame, 'malformed-frame');
};

const parseJson = (data: RawData): unknown => {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '');
  } catch {
    return null;
  }
};

const speaksOurProtocol = (request: FastifyRequest): boolean =>
  new URL(request.url, 'http://floorwatch').searchParams.get('protocol') === String(PROTOCOL_VERSION);

/** Another site's page must not read the floor through a visitor's browser. Programs send no Origin and may come in. */
const refuseForeignOrigin = async (request: FastifyRequest): Promise<void> => {
  const { origin } = request.headers;
  if (origin === undefined) return;
  const isOurs = URL.canParse(origin) && new URL(origin).host === request.headers.host;
  if (!isOurs) throw new ForeignOrigin();
};

class ForeignOrigin extends Error {
  readonly statusCode = 403;

  constructor() {
    super('The live socket only opens for pages that this Floorwatch served');
  }
}
