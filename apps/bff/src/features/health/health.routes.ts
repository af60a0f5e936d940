import { liveness, readiness, type UpstreamHealth } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';

export interface HealthRoutesOptions {
  readonly release: string;
  readonly isDraining: () => boolean;
  readonly isBoardComplete: () => boolean;
  readonly upstream: () => UpstreamHealth;
  readonly recording: () => 'up' | 'down' | 'off';
}

export const healthRoutes: FastifyPluginCallbackZod<HealthRoutesOptions> = (app, options, done) => {
  app.get(
    liveness.path,
    { config: { needs: 'nothing' }, schema: { response: { 200: liveness.reply, 503: liveness.reply } } },
    async (_request, reply) => {
      const isDraining = options.isDraining();
      return reply.code(isDraining ? 503 : 200).send({
        status: isDraining ? 'draining' : 'ok',
        release: options.release,
        uptimeSeconds: Math.round(process.uptime()),
        recording: options.recording(),
      });
    },
  );

  app.get(
    readiness.path,
    { config: { needs: 'nothing' }, schema: { response: { 200: readiness.reply, 503: readiness.reply } } },
    async (_request, reply) => {
      const ready = options.isBoardComplete() && !options.isDraining();
      const { state, hop } = options.upstream();
      return reply.code(ready ? 200 : 503).send({ ready, upstream: { state, hop } });
    },
  );
  done();
};
