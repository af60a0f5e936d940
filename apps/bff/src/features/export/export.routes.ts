import {
  errorBody,
  exportAgentAvailability,
  exportAgentHistory,
  exportAgents,
  exportAgentTransitions,
  exportAvailability,
} from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { Exports } from './exports.ts';
import { sendFile } from './send-file.ts';

/** Largest body, bytes: a wall of 20,000 agents by their ids. */
const MAX_WALL_BYTES = 2 * 1024 * 1024;

const response = { '4xx': errorBody, '5xx': errorBody };

/** Files are streamed, so only their refusals have a schema. */
export const exportRoutes: FastifyPluginCallbackZod<{ readonly exports: Exports }> = (app, { exports }, done) => {
  const history = { params: exportAgentHistory.params, querystring: exportAgentHistory.query, response };
  app.get(exportAgentHistory.path, { schema: history }, async ({ params, query }, reply) => {
    const { kind = null, format, ...asked } = query;
    return sendFile(reply, await exports.history(params.id, { ...asked, kinds: kind }), format);
  });

  const transitions = { params: exportAgentTransitions.params, querystring: exportAgentTransitions.query, response };
  app.get(exportAgentTransitions.path, { schema: transitions }, async ({ params, query }, reply) =>
    sendFile(reply, await exports.transitions(params.id, query), query.format),
  );

  const availability = { params: exportAgentAvailability.params, querystring: exportAgentAvailability.query, response };
  app.get(exportAgentAvailability.path, { schema: availability }, async ({ params, query }, reply) =>
    sendFile(reply, await exports.availability(params.id, query), query.format),
  );

  const team = { querystring: exportAvailability.query, response };
  app.get(exportAvailability.path, { schema: team }, async ({ query }, reply) => {
    const { from, to, zone, sort, order, granularity = null, format, ...scope } = query;
    return sendFile(reply, await exports.team({ from, to, zone, sort, order, granularity, scope }), format);
  });

  const wall = { body: exportAgents.body, response };
  app.post(exportAgents.path, { schema: wall, bodyLimit: MAX_WALL_BYTES }, async ({ body }, reply) => {
    const { format, zone, filter, agents = null } = body;
    return sendFile(reply, exports.wall({ zone, agents, filter }), format);
  });
  done();
};
