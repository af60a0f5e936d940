import { WebSocket } from 'ws';
import { loadList, subscribeFrom } from '../live/position.ts';
import type { Floorwatch } from '../processes/floorwatch.ts';

/** A crawl: one gulp (what the kernel hands over at once) each time, ms. */
const GULP_EVERY_MS = 5000;

/** Browsers on a line so bad that they read one gulp now and then. */
export class StalledSockets {
  frames = 0;
  readonly #sockets: readonly WebSocket[];
  readonly #timer: NodeJS.Timeout;

  private constructor(sockets: readonly WebSocket[]) {
    this.#sockets = sockets;
    for (const socket of sockets) {
      socket.on('message', () => {
        this.frames += 1;
        socket.pause();
      });
      socket.pause();
    }
    this.#timer = setInterval(() => {
      for (const socket of sockets) if (socket.isPaused) socket.resume();
    }, GULP_EVERY_MS);
  }

  static async connect({ url, socketUrl }: Floorwatch, count: number): Promise<StalledSockets> {
    const subscribe = subscribeFrom(await loadList(url));
    const open = (): Promise<WebSocket> =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(socketUrl);
        socket.once('error', reject);
        socket.once('message', () => {
          socket.send(subscribe);
          resolve(socket);
        });
      });
    return new StalledSockets(await Promise.all(Array.from({ length: count }, open)));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.terminate();
  }
}
