import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { ApiError } from './api-error.ts';

export interface OwnPagesOptions {
  /** Where browsers reach this Floorwatch; null where it is only reached on this machine. */
  readonly publicUrl: URL | null;
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Another site's page must not use a visitor's browser against Floorwatch: neither write nor open a socket, and not under
 * a name of its own either (DNS rebinding). Programs send no `Origin` and may come in: they bring no cookies by accident.
 */
export const ownPagesPlugin = fastifyPlugin<OwnPagesOptions>(
  (app, { publicUrl }, done) => {
    app.addHook('onRequest', async (request) => {
      if (!request.url.startsWith('/api/')) return; // probes come to an address, not to a name
      if (!isOurHost(request, publicUrl))
        throw new ApiError(403, 'not-allowed', 'Floorwatch does not answer under this name: set PUBLIC_URL to it');
      if (!READS.has(request.method) || request.headers.upgrade !== undefined) refuseForeigners(request, publicUrl);
    });
    done();
  },
  { name: 'own-pages' },
);

const isOurHost = ({ host }: FastifyRequest, publicUrl: URL | null): boolean => {
  if (host === publicUrl?.host) return true;
  const { hostname } = new URL(`http://${host}`);
  return LOOPBACK.has(hostname);
};

/** As a URL spells them. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

const refuseForeigners = (request: FastifyRequest, publicUrl: URL | null): void => {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin === undefined && (site === undefined || site === 'same-origin' || site === 'none')) return;
  const isOurs =
    origin !== undefined &&
    URL.canParse(origin) &&
    (publicUrl === null ? new URL(origin).host === request.host : new URL(origin).origin === publicUrl.origin);
  if (!isOurs) throw new ApiError(403, 'not-allowed', 'Only pages that this Floorwatch served may do this');
};
