import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Platform } from '../server/platform.ts';
import { HEARTBEAT_FRAME, NOT_UNDERSTOOD_FRAME, PONG_FRAME } from './system-frames.ts';

/** On the platform's own clock, whatever the speed of the floor (API §8.5). */
const HEARTBEAT_INTERVAL_MS = 30_000;

interface ChannelRoute {
  readonly Params: { readonly channelId: string };
}

/** The sockets behind `connectUri`. The channel id in the address is all the proof there is (API §8.1). */
export const registerChannelSockets = (app: FastifyInstance, platform: Platform): void => {
  const stopHeartbeats = platform.realClock.every(HEARTBEAT_INTERVAL_MS, () => {
    for (const { socket } of platform.channels.connected())
      if (socket !== null) platform.faults.send(socket, HEARTBEAT_FRAME);
  });
  app.addHook('onClose', stopHeartbeats);

  app.get<ChannelRoute>(
    '/channels/:channelId',
    {
      websocket: true,
      preValidation: async (request, reply) => {
        if (platform.faults.refusesSockets()) return reply.code(503).send();
        if (platform.channels.find(request.params.channelId) === null) return reply.code(401).send();
      },
    },
    (socket: WebSocket, request: FastifyRequest<ChannelRoute>) => {
      socket.on('message', (data) => {
        platform.faults.send(socket, answerTo(Buffer.isBuffer(data) ? data.toString('utf8') : ''));
      });
      socket.on('error', () => socket.terminate());
      const channel = platform.channels.find(request.params.channelId);
      if (channel === null) socket.close(1001, 'channel ended');
      else platform.channels.connect(channel, socket);
    },
  );
};

const answerTo = (text: string): string => (isPing(text) ? PONG_FRAME : NOT_UNDERSTOOD_FRAME);

const isPing = (text: string): boolean => {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null && 'message' in message && message.message === 'ping';
  } catch {
    return false;
  }
};
