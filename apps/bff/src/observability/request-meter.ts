import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from 'prom-client';

/** A page waits for these, seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/** Times the requests of browsers and other systems, each route by itself. Sockets are no requests: they stay. */
export const meterRequests = (app: FastifyInstance, registry: Registry): void => {
  const took = new Histogram({
    name: 'floorwatch_http_request_seconds',
    help: 'Requests answered, by route (a template) and kind of status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { url = 'unknown' } = request.routeOptions;
    const status = `${String(Math.floor(reply.statusCode / 100))}xx`;
    took.observe({ method: request.method, route: url, status }, reply.elapsedTime / 1000);
    done();
  });
};
