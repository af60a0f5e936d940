import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
}

type Script = (request: SeenRequest, nth: number) => ScriptedAnswer | Promise<ScriptedAnswer>;

export interface PlatformServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Requests to paths that begin so. */
  to(path: string): SeenRequest[];
  readonly server: Server;
  close(): Promise<void>;
}

/**
 * A real HTTP server that stands in for the platform and answers by a script. `nth` counts the requests of a path from 1.
 * Tokens are granted as `token-1`, `token-2`, … unless the script has an answer for `/oauth/token`.
 */
export const startPlatformServer = async (scripts: Readonly<Record<string, Script>>): Promise<PlatformServer> => {
  const requests: SeenRequest[] = [];
  const to = (path: string): SeenRequest[] => requests.filter((request) => request.path.startsWith(path));
  const script: Readonly<Record<string, Script>> = { '/oauth/token': grantToken, ...scripts };
  const server = createServer((request, response) => {
    void (async () => {
      const seen = await read(request);
      requests.push(seen);
      const nth = requests.filter(({ path }) => path === seen.path).length;
      const { status = 200, headers = {}, body = {} } = (await script[seen.path]?.(seen, nth)) ?? { status: 404 };
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    to,
    server,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const grantToken: Script = (_, nth) => ({ body: { access_token: `token-${nth}`, expires_in: 86_399 } });

const read = async (request: IncomingMessage): Promise<SeenRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
};
