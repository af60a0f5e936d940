import type { WebSocket } from 'ws';
import { socketClosingFrame } from '../notifications/system-frames.ts';
import { strikeAndRepeat, type FaultStage, type StartFault } from './fault.ts';

export const socketCut: StartFault<'socket-cut'> = ({ channelId, code, everyMs }, stage) =>
  strikeAndRepeat(stage, everyMs, () => {
    const hit = stage.channels.connected().filter(({ id }) => channelId === null || id === channelId);
    for (const { socket } of hit)
      if (code === null) socket?.terminate();
      else socket?.close(code);
    stage.struck(hit.length);
  });

export const socketsRefused: StartFault<'sockets-refused'> = (_params, { struck }) => ({
  refusesSockets: () => {
    struck();
    return true;
  },
});

/** Who listens now goes deaf; a socket that is opened meanwhile works. */
export const socketSilent: StartFault<'socket-silent'> = (_params, { channels, struck }) => {
  const deaf = new WeakSet<WebSocket>();
  for (const { socket } of channels.connected()) {
    if (socket === null) continue;
    deaf.add(socket);
    struck();
  }
  return { silences: (socket) => deaf.has(socket) };
};

/** Whoever comes is let in and then hears nothing. */
export const halfOpen: StartFault<'half-open'> = (_params, { channels, struck }) => {
  for (const { socket } of channels.connected()) {
    socket?.terminate();
    struck();
  }
  return { silences: () => true };
};

export const socketClosingNotice: StartFault<'socket-closing-notice'> = ({ message, closeAfterMs, everyMs }, stage) => {
  const repeated = strikeAndRepeat(stage, everyMs, () => announce(stage, message, closeAfterMs));
  return repeated;
};

/** The close follows whatever becomes of the fault: what the platform has announced happens. */
const announce = ({ channels, realClock, struck }: FaultStage, message: string, closeAfterMs: number): void => {
  const told = channels.connected().flatMap(({ id, socket }) => (socket === null ? [] : [{ id, socket }]));
  for (const { id, socket } of told) socket.send(socketClosingFrame(id, message));
  struck(told.length);
  realClock.after(closeAfterMs, () => {
    for (const { socket } of told) socket.close(GOING_AWAY, 'maintenance');
  });
};

const GOING_AWAY = 1001;
