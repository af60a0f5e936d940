import { getFloorHealth } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { scopeHere } from '../../plugins/access.ts';
import type { FloorHealthReporter } from './floor-health.ts';

export interface FloorHealthRoutesOptions {
  readonly floorHealth: FloorHealthReporter;
}

export const floorHealthRoutes: FastifyPluginCallbackZod<FloorHealthRoutesOptions> = (app, { floorHealth }, done) => {
  app.get(
    getFloorHealth.path,
    { config: { needs: 'see-floor' }, schema: { response: { 200: getFloorHealth.reply } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      return floorHealth.report(scopeHere(request, 'see-floor'));
    },
  );
  done();
};
