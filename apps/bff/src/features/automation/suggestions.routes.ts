import { dismissSuggestion, errorBody, listSuggestions, switchSuggestions } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { askingOf, type AutomationsRoutesOptions } from './automations.routes.ts';

const errors = { '4xx': errorBody, '5xx': errorBody };
const config = { needs: 'change-presence' } as const;

/** What the schedule suggests. */
export const suggestionsRoutes: FastifyPluginCallbackZod<AutomationsRoutesOptions> = (app, { automations }, done) => {
  const { suggestions } = automations;

  app.get(
    listSuggestions.path,
    { config, schema: { response: { 200: listSuggestions.reply, ...errors } } },
    ({ viewer }) => suggestions.list(viewer),
  );

  const dismissal = { params: dismissSuggestion.params, body: dismissSuggestion.body };
  app.post(dismissSuggestion.path, { config, schema: dismissal }, async (request, reply) => {
    await suggestions.dismiss(askingOf(request), request.params.id, request.body.minutes);
    return reply.code(204).send();
  });

  const turning = { params: switchSuggestions.params, body: switchSuggestions.body };
  app.put(switchSuggestions.path, { config, schema: turning }, async (request, reply) => {
    await suggestions.turn(askingOf(request), request.params.id, request.body.isOn);
    return reply.code(204).send();
  });
  done();
};
