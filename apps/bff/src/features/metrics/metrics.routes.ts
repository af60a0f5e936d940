import type { FastifyPluginCallback } from 'fastify';
import { admitCollector, type MetricsDoorOptions } from './metrics-door.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsRoutesOptions extends MetricsDoorOptions {
  readonly metrics: Metrics;
}

/** `GET /metrics`, for Prometheus. */
export const metricsRoutes: FastifyPluginCallback<MetricsRoutesOptions> = (app, { metrics, token }, done) => {
  app.get('/metrics', { config: { needs: 'nothing' } }, async (request, reply) => {
    if (token !== null) void reply.header('www-authenticate', 'Bearer');
    admitCollector(request, { token });
    return reply
      .removeHeader('www-authenticate')
      .type(metrics.contentType)
      .send(await metrics.text());
  });
  done();
};
