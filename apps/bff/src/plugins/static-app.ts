import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import fastifyPlugin from 'fastify-plugin';

export interface StaticAppOptions {
  /** Folder of the built web application. */
  readonly root: string;
}

/** Assets carry a hash of their content in the name, so they never change under it. */
const HASHED_ASSET = /\/assets\//;

/** Serves the web application: assets for ever, the page itself always asked for anew. */
export const staticApp = fastifyPlugin<StaticAppOptions>(
  async (app, { root }) => {
    await app.register(compress, { global: true, encodings: ['br', 'gzip'] });
    await app.register(fastifyStatic, {
      root,
      cacheControl: false,
      setHeaders: (reply, path) => {
        void reply.header(
          'cache-control',
          HASHED_ASSET.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  },
  { name: 'static-app' },
);
