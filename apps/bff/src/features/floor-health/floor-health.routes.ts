import { getFloorHealth } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { FloorHealthReporter } from './floor-health.ts';

export interface FloorHealthRoutesOptions {
  readonly floorHealth: FloorHealthReporter;
}

export const floorHealthRoutes: FastifyPluginCallbackZod<FloorHealthRoutesOptions> = (app, { floorHealth }, done) => {
  app.get(getFloorHealth.path, { schema: { response: { 200: getFloorHealth.reply } } }, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return floorHealth.report();
  });
  done();
};
