import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The other system, as far as a story looks at it: it takes what is sent, or answers as the story wants it to. */
export class HookTarget {
  readonly url: string;
  /** Bodies and headers of what came. */
  readonly received: { readonly body: string; readonly signature: string }[] = [];
  status = 204;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hooks/floorwatch`;
    server.on('request', (request, response) => {
      void text(request).then((body) => {
        this.received.push({ body, signature: String(request.headers['webhook-signature']) });
        response.writeHead(this.status).end(this.status < 300 ? '' : 'the database of payroll is locked');
      });
    });
  }

  static async open(): Promise<HookTarget> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new HookTarget(server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
