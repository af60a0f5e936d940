import helmet from '@fastify/helmet';
import fastifyPlugin from 'fastify-plugin';

/** Headers that keep a page of ours from being used against its viewer. Everything the page needs comes from here. */
export const securityPlugin = fastifyPlugin(
  async (app) => {
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"], // the component library sets style attributes
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      // Served over plain HTTP on loopback: HSTS would lock a developer's localhost into HTTPS.
      hsts: false,
      crossOriginEmbedderPolicy: false,
    });
  },
  { name: 'security' },
);
