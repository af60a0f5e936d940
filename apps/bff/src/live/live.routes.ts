import { CLOSE_CODE, clientToServer, PROTOCOL_VERSION } from '@floorwatch/contracts';
import type { Clock } from '@floorwatch/domain';
import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import type { RawData, WebSocket } from 'ws';
import type { ApiError } from '../plugins/api-error.ts';
import { notAllowed, scopeHere } from '../plugins/access.ts';
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
  app.get('/api/live', { websocket: true, config: { needs: 'see-floor' } }, (socket, request) => {
    socket.on('error', (error) => {
      request.log.info({ event: 'socket-error', reason: error.message }, 'live socket');
    });
    const { visit, refusal } = request;
    if (visit === null) {
      closeRefused(socket, refusal);
      return;
    }
    const session = sessionOf(socket, request.socket, clock.now());
    if (!speaksOurProtocol(request)) {
      session.send(frames.refused('protocol-too-old', 'This page is from another release of Floorwatch: reload it'));
      session.close(CLOSE_CODE.protocolTooOld, 'protocol-too-old');
      return;
    }
    socket.on('message', (data) => {
      receive(data, { hub, frames, session, request });
    });
    const stopWatching = visit.watch((viewer) => {
      const seen = viewer?.rights.get('see-floor');
      if (seen !== undefined) {
        hub.showOther(session, seen);
        return;
      }
      hub.remove(session);
      closeRefused(socket, viewer === null ? null : notAllowed('see-floor', []));
    });
    socket.on('close', () => {
      stopWatching();
      hub.remove(session);
    });
    hub.add(session, scopeHere(request, 'see-floor'));
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

/** Says with the code whether signing in helps. A reason has 123 bytes at most. */
const closeRefused = (socket: WebSocket, refusal: ApiError | null): void => {
  if (refusal === null || refusal.code === 'signed-out') socket.close(CLOSE_CODE.signedOut, 'signed-out');
  else socket.close(CLOSE_CODE.notAllowed, 'Your role in Genesys Cloud does not let you see this floor.');
};
