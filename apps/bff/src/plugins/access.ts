import type { ApiKey, ApiKeyScope, DivisionScope, Right, Viewer } from '@floorwatch/domain';
import type { PresenceHand } from '@floorwatch/genesys';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { ApiError } from './api-error.ts';

/** What a route asks of its caller: a right somewhere, to be signed in, another system's key, or nothing at all. */
export type Need = Right | 'signed-in' | 'nothing' | { readonly key: ApiKeyScope };

/** One caller's stay. */
export interface Visit {
  /** Who looks, as of the last reading of the rights: asked for anew each time, never kept. */
  readonly viewer: Viewer;
  /** What a page of ours sends back with each write; null where nobody signs in. */
  readonly csrfToken: string | null;
  /** What changes presences with the caller's own token; null where nobody signs in. */
  readonly hand: PresenceHand | null;
  /**
   * Tells of each new viewer, and of the end of the stay with null. A stay that somebody watches goes on.
   * @returns ends the watch
   */
  watch(listener: (viewer: Viewer | null) => void): () => void;
}

/** Somebody who was turned away for want of a right. */
export interface AccessRefusal {
  readonly viewer: Viewer;
  readonly right: Right;
  readonly route: string;
  readonly correlationId: string;
}

export interface AccessOptions {
  /** Who sends this request; null for somebody who is not signed in. */
  readonly visitOf: (request: FastifyRequest) => Promise<Visit | null>;
  /** The key that this request brings, where it opens the scope. @throws ApiError 401, 403, 429 */
  readonly keyOf: (request: FastifyRequest, scope: ApiKeyScope) => Promise<ApiKey>;
  /** The permissions of the platform that make a right, for the message. */
  readonly permissionsOf: Readonly<Record<Right, readonly string[]>>;
  readonly onRefused: (refusal: AccessRefusal) => void;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route of the API says what it needs. */
    needs?: Need;
  }

  interface FastifyRequest {
    /** Null where the route needs nothing, or the caller was refused. */
    visit: Visit | null;
    /** Null where the route needs none. */
    apiKey: ApiKey | null;
    /** Why the caller of a socket is refused: the handler says so in its own way. Null on every other route. */
    refusal: ApiError | null;
    /** Who looks. @throws Error on a route that needs nothing */
    readonly viewer: Viewer;
  }
}

/**
 * The one door of the API. A route without a declared need refuses to register; before any handler runs the caller is
 * known and has the right, somewhere at least: where, is the handler's to see to.
 */
export const accessPlugin = fastifyPlugin<AccessOptions>(
  (app, options, done) => {
    app.decorateRequest('visit', null);
    app.decorateRequest('apiKey', null);
    app.decorateRequest('refusal', null);
    app.decorateRequest('viewer', {
      getter() {
        if (this.visit === null) throw new Error(`nobody is known on ${routeOf(this)}: its need is "nothing"`);
        return this.visit.viewer;
      },
    });
    app.addHook('onRoute', insistOnNeed);
    app.addHook('onRequest', async (request, reply) => {
      void reply.header('cache-control', 'no-store'); // unless a route knows better
      const needs = request.routeOptions.config.needs ?? 'signed-in'; // unknown addresses
      if (needs === 'nothing') return;
      if (typeof needs === 'object') {
        request.apiKey = await admitKey(reply, () => options.keyOf(request, needs.key));
        return;
      }
      try {
        request.visit = await admit(request, needs, options);
      } catch (error) {
        if (!isSocket(request) || !(error instanceof ApiError)) throw error;
        request.refusal = error;
      }
    });
    done();
  },
  { name: 'access' },
);

const insistOnNeed = ({ method, url, config }: RouteOptions): void => {
  if (config?.needs === undefined)
    throw new Error(`${String(method)} ${url} does not say what it needs: give it config.needs (plugins/access.ts)`);
};

const admitKey = async (reply: FastifyReply, keyOf: () => Promise<ApiKey>): Promise<ApiKey> => {
  void reply.header('www-authenticate', 'Bearer realm="floorwatch"');
  const key = await keyOf();
  void reply.removeHeader('www-authenticate');
  return key;
};

/** The key that the door let in. @throws Error on a route that needs none */
export const apiKeyOf = ({ apiKey }: FastifyRequest): ApiKey => {
  if (apiKey === null) throw new Error('no key was asked for at the door');
  return apiKey;
};

type PersonsNeed = Exclude<Need, object>;

const admit = async (request: FastifyRequest, needs: PersonsNeed, options: AccessOptions): Promise<Visit> => {
  const visit = await options.visitOf(request);
  if (visit === null) throw signedOut();
  if (needs === 'signed-in' || needs === 'nothing' || visit.viewer.rights.has(needs)) return visit;
  const route = routeOf(request);
  options.onRefused({ viewer: visit.viewer, right: needs, route, correlationId: request.id });
  throw notAllowed(needs, options.permissionsOf[needs]);
};

export const signedOut = (): ApiError =>
  new ApiError(401, 'signed-out', 'Nobody is signed in: sign in, then try again');

/** The right is missing, everywhere or where it was asked for. */
export const notAllowed = (right: Right, permissions: readonly string[]): ApiError =>
  new ApiError(403, 'not-allowed', {
    message: `Your role in Genesys Cloud does not allow this here: it takes ${permissions.join(' and ')}`,
    missing: { right, permissions: [...permissions] },
  });

/** Where the viewer has a right that the route has declared. @throws Error where the route has not */
export const scopeHere = ({ viewer }: FastifyRequest, right: Right): DivisionScope => {
  const scope = viewer.rights.get(right);
  if (scope === undefined) throw new Error(`"${right}" was not asked for at the door`);
  return scope;
};

const isSocket = (request: FastifyRequest): boolean => request.headers.upgrade?.toLowerCase() === 'websocket';

const routeOf = ({ method, routeOptions }: FastifyRequest): string => `${method} ${routeOptions.url ?? 'nowhere'}`;
