import { PROTOCOL_VERSION } from '@floorwatch/contracts';
import type { LiveSocket, SocketListener } from './live-connection.ts';

/** Opens the live socket of the BFF that served this page. */
export const openBrowserSocket = (listener: SocketListener): LiveSocket => {
  const url = new URL('/api/live', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('protocol', String(PROTOCOL_VERSION));
  const socket = new WebSocket(url);
  socket.addEventListener('message', ({ data }) => listener.onText(String(data)));
  socket.addEventListener('close', ({ code, reason }) => listener.onClose(code, reason));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
};
