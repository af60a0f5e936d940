import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { automationsRoutes, type AutomationsRoutesOptions } from './automations.routes.ts';
import { suggestionsRoutes } from './suggestions.routes.ts';
import { triggerRoutes } from './trigger.routes.ts';

/** What is done by itself: setting it up, setting it going, and what the schedule suggests. */
export const automationRoutes: FastifyPluginCallbackZod<AutomationsRoutesOptions> = (app, options, done) => {
  void app.register(automationsRoutes, options);
  void app.register(triggerRoutes, options);
  void app.register(suggestionsRoutes, options);
  done();
};
