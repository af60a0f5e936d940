import { timingSafeEqual } from 'node:crypto';
import { CSRF_HEADER } from '@floorwatch/contracts';
import fastifyPlugin from 'fastify-plugin';
import { ApiError } from './api-error.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A write by a session brings what only a page that can read our answers knows. Needs `access` before it. */
export const csrfPlugin = fastifyPlugin(
  (app, _options, done) => {
    app.addHook('onRequest', async (request) => {
      const token = request.visit?.csrfToken ?? null;
      if (token === null || READS.has(request.method)) return;
      const sent = request.headers[CSRF_HEADER];
      if (typeof sent !== 'string' || !isSame(sent, token))
        throw new ApiError(
          403,
          'csrf-failed',
          `This write lacks the header ${CSRF_HEADER} of its session: load the page again`,
        );
    });
    done();
  },
  { name: 'csrf', dependencies: ['access'] },
);

const isSame = (one: string, other: string): boolean => {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
};
