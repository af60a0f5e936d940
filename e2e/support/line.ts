import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The line between one browser and Floorwatch: a TCP relay that a story can cut, mend and slow to a crawl.
 * The browser's own offline switch leaves open sockets alone, so it cannot play these parts.
 */
export class Line {
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #isFrozen = false;
  #bytesPerSecond = Infinity;

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (browser) => {
      this.#relay(browser);
    });
  }

  /** @param target address of Floorwatch */
  static async to(target: string): Promise<Line> {
    const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
    const line = new Line(server, new URL(target));
    await once(server, 'listening');
    return line;
  }

  /** What the browser opens instead of Floorwatch's own address. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The line is closed');
    return `http://127.0.0.1:${String(address.port)}`;
  }

  /** Ends every connection and lets no new one through. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  /** Nothing arrives any more, in either direction, and nobody is told: a cable pulled out. */
  freeze(): void {
    this.#isFrozen = true;
  }

  /** From now on the browser receives at most this much, over all its connections. */
  throttle(bytesPerSecond: number): void {
    this.#bytesPerSecond = bytesPerSecond;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #relay(browser: Socket): void {
    if (this.#isCut) {
      browser.destroy();
      return;
    }
    const floorwatch = connect(Number(this.#target.port), this.#target.hostname);
    for (const [socket, other] of [
      [browser, floorwatch],
      [floorwatch, browser],
    ] as const) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined); // the end that follows says it all
      socket.once('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    browser.resume().on('data', (bytes) => {
      if (!this.#isFrozen) floorwatch.write(bytes);
    });
    floorwatch.on('data', (bytes) => {
      if (this.#isFrozen) return;
      browser.write(bytes);
      this.#hold(floorwatch, bytes.length);
    });
  }

  /** Takes nothing more from Floorwatch until the browser would have received what is on its way. */
  #hold(floorwatch: Socket, bytes: number): void {
    const waitMs = (bytes / this.#bytesPerSecond) * 1000;
    if (waitMs < 1) return;
    floorwatch.pause();
    setTimeout(() => floorwatch.resume(), waitMs).unref();
  }
}
