import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A JSON answer of the platform on its way to us; what is returned is sent on in its place. */
export type Tamper = (answer: { readonly path: string; readonly query: URLSearchParams; readonly body: unknown }) => {
  readonly status?: number;
  readonly body: unknown;
};

export interface TamperingProxy {
  readonly url: string;
  /** Null leaves every answer as it is. */
  tamper: Tamper | null;
  readonly close: () => Promise<void>;
}

/** Stands between us and a simulated platform and changes its answers; sockets go past it. */
export const startTamperingProxy = async (platformUrl: string): Promise<TamperingProxy> => {
  let tamper: Tamper | null = null;
  const server = createServer((request, response) => {
    forward({ platformUrl, request, response, tamper }).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    get tamper() {
      return tamper;
    },
    set tamper(next) {
      tamper = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

interface Forwarding {
  readonly platformUrl: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly tamper: Tamper | null;
}

/** Headers that belong to one connection, or no longer fit a changed body. */
const HOP_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

const endToEnd = (headers: Iterable<readonly [string, string]>): [string, string][] =>
  [...headers].filter(([name]) => !HOP_HEADERS.has(name)).map(([name, value]) => [name, value]);

const forward = async ({ platformUrl, request, response, tamper }: Forwarding): Promise<void> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const url = new URL(request.url ?? '/', platformUrl);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  const answer = await fetch(url, {
    method: request.method ?? 'GET',
    headers: endToEnd(headers),
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const text = await answer.text();
  for (const [name, value] of endToEnd(answer.headers)) response.setHeader(name, value);
  const isJson = answer.headers.get('content-type')?.includes('json') === true && text !== '';
  if (tamper === null || !isJson) {
    response.writeHead(answer.status).end(text);
    return;
  }
  const { status = answer.status, body } = tamper({
    path: url.pathname,
    query: url.searchParams,
    body: JSON.parse(text),
  });
  response.writeHead(status).end(JSON.stringify(body));
};
