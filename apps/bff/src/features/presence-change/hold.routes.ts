import { endHold, errorBody, listHolds, startHold } from '@floorwatch/contracts';
import { agentId, presenceDefinitionId } from '@floorwatch/domain';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { headersOf, personIn } from './asked-change-request.ts';
import type { HoldDesk } from './hold-desk.ts';

export interface HoldRoutesOptions {
  readonly holdDesk: HoldDesk;
}

const errors = { '4xx': errorBody, '5xx': errorBody };
const forChangers = { needs: 'change-presence' } as const;

export const holdRoutes: FastifyPluginCallbackZod<HoldRoutesOptions> = (app, { holdDesk: desk }, done) => {
  const start = { params: startHold.params, body: startHold.body, response: { 201: startHold.reply, ...errors } };
  app.post(startHold.path, { config: forChangers, schema: start }, async (request, reply) => {
    const { definitionId, message, minutes, override } = request.body;
    const hold = await desk.start(personIn(request), {
      agentId: agentId(request.params.id),
      wanted: { definitionId: presenceDefinitionId(definitionId), message },
      minutes,
      override,
      ...headersOf(request),
      correlationId: request.id,
    });
    return reply.code(201).send(hold);
  });

  const list = { querystring: listHolds.query, response: { 200: listHolds.reply, ...errors } };
  app.get(listHolds.path, { config: { needs: 'see-floor' }, schema: list }, async ({ viewer, query: { agent } }) => ({
    holds: await desk.list(viewer, agent === undefined ? null : agentId(agent)),
  }));

  const end = { params: endHold.params, response: { 200: endHold.reply, ...errors } };
  app.delete(endHold.path, { config: forChangers, schema: end }, (request) =>
    desk.end(personIn(request), request.params.id),
  );
  done();
};
