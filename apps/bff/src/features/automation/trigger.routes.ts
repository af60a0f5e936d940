import { errorBody, IDEMPOTENCY_HEADER, triggerAutomation } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { apiKeyOf } from '../../plugins/access.ts';
import { ApiError } from '../../plugins/api-error.ts';
import type { AutomationsRoutesOptions } from './automations.routes.ts';

/** A name for a try: a UUID, or whatever the other tool calls the event. */
const KEY = /^[\x21-\x7e]{1,120}$/;

/** The way in for other tools: calendars, focus modes. */
export const triggerRoutes: FastifyPluginCallbackZod<AutomationsRoutesOptions> = (app, { automations }, done) => {
  const { path, params, body, reply } = triggerAutomation;
  app.post(
    path,
    {
      config: { needs: { key: 'automations:trigger' } },
      schema: { params, body, response: { 202: reply, '4xx': errorBody, '5xx': errorBody } },
    },
    async (request, answer) => {
      const key = request.headers[IDEMPOTENCY_HEADER];
      if (typeof key !== 'string' || !KEY.test(key))
        throw new ApiError(400, 'invalid-request', 'Idempotency-Key: must name this try, with 1 to 120 characters');
      const { id, divisions } = apiKeyOf(request);
      const asked = {
        automationId: request.params.id,
        agents: request.body.agents,
        key: `${id}:${key}`,
        divisions,
      };
      return answer.code(202).send(await automations.trigger.trigger(asked, automations.signal));
    },
  );
  done();
};
