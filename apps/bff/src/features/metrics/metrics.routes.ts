import type { FastifyPluginCallback } from 'fastify';
import type { Metrics } from './metrics.ts';

export interface MetricsRoutesOptions {
  readonly metrics: Metrics;
}

/** `GET /metrics`, for Prometheus. */
export const metricsRoutes: FastifyPluginCallback<MetricsRoutesOptions> = (app, { metrics }, done) => {
  app.get('/metrics', { config: { needs: 'nothing' } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  done();
};
