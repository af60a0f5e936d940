import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { ApiError } from './api-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A step of signing in: few are needed, so few are allowed. */
    isSignIn?: boolean;
  }
}

const WINDOW_MS = 60_000;

/** Requests of one address in a minute. A whole office may stand behind one, and come back at once after a restart. */
const MAX_PER_ADDRESS = 6000;

/** Steps of signing in of one address in a minute. */
const MAX_SIGN_INS = 60;

/** Requests of one session or key in a minute; a page makes a few dozen. */
const MAX_PER_SESSION = 1200;

type Check = ReturnType<FastifyInstance['createRateLimit']>;

const insist = async (check: Check, request: Parameters<Check>[0]): Promise<void> => {
  const verdict = await check(request);
  if (verdict.isAllowed || !verdict.isExceeded) return;
  throw new ApiError(429, 'rate-limited', {
    message: 'Too many requests within a minute: wait a moment',
    retryAfterMs: Math.ceil(verdict.ttl),
  });
};

/** Bounds on how often an address may ask, before any work is done for it. */
export const addressLimitPlugin = fastifyPlugin(
  async (app) => {
    await app.register(rateLimit, { global: false });
    const perAddress = app.createRateLimit({ max: MAX_PER_ADDRESS, timeWindow: WINDOW_MS });
    const signIns = app.createRateLimit({ max: MAX_SIGN_INS, timeWindow: WINDOW_MS });
    app.addHook('onRequest', async (request) => {
      const { needs, isSignIn } = request.routeOptions.config;
      if (isSignIn === true) await insist(signIns, request);
      else if (needs !== 'nothing') await insist(perAddress, request);
    });
  },
  { name: 'address-limit' },
);

/** The same for each session and key, once it is known. Needs `access` before it. */
export const sessionLimitPlugin = fastifyPlugin(
  (app, _options, done) => {
    const perSession = app.createRateLimit({
      max: MAX_PER_SESSION,
      timeWindow: WINDOW_MS,
      keyGenerator: ({ visit, apiKey, ip }) => visit?.csrfToken ?? apiKey?.id ?? ip, // each session and each key has its own
    });
    app.addHook('onRequest', async (request) => {
      if (request.visit !== null || request.apiKey !== null) await insist(perSession, request);
    });
    done();
  },
  { name: 'session-limit', dependencies: ['access', 'address-limit'] },
);
