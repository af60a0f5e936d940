import { errorBody, getAgentAvailability, getAgentComparison, listAvailability } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { scopeHere } from '../../plugins/access.ts';
import type { Ranges } from '../history/ranges.ts';
import type { AgentAvailabilities } from './agent-availability.ts';
import type { Comparisons } from './comparison.ts';
import { readLineCursor } from './line-order.ts';
import type { TeamAvailabilities } from './team-availability.ts';

export interface AvailabilityRoutesOptions {
  readonly ranges: Ranges;
  readonly agents: AgentAvailabilities;
  readonly comparisons: Comparisons;
  readonly teams: TeamAvailabilities;
}

const errors = { '4xx': errorBody, '5xx': errorBody };

export const availabilityRoutes: FastifyPluginCallbackZod<AvailabilityRoutesOptions> = (
  app,
  { ranges, agents, comparisons, teams },
  done,
) => {
  const one = { params: getAgentAvailability.params, querystring: getAgentAvailability.query };
  const oneReply = { 200: getAgentAvailability.reply, ...errors };
  app.get(
    getAgentAvailability.path,
    { config: { needs: 'see-history' }, schema: { ...one, response: oneReply } },
    async (request) => {
      const { granularity, zone, ...asked } = request.query;
      const id = ranges.requireAgent(request.params.id, scopeHere(request, 'see-history'));
      return agents.read(id, await ranges.read(asked), { granularity, zone });
    },
  );

  const compared = { params: getAgentComparison.params, querystring: getAgentComparison.query };
  const comparedReply = { 200: getAgentComparison.reply, ...errors };
  app.get(
    getAgentComparison.path,
    { config: { needs: 'see-history' }, schema: { ...compared, response: comparedReply } },
    async (request) => {
      const seen = scopeHere(request, 'see-history');
      const id = ranges.requireAgent(request.params.id, seen);
      return comparisons.read(id, { ...request.query, now: ranges.now, seen });
    },
  );

  const many = { querystring: listAvailability.query, response: { 200: listAvailability.reply, ...errors } };
  app.get(listAvailability.path, { config: { needs: 'see-history' }, schema: many }, async (request) => {
    const { from, to, granularity = null, zone, sort, order, limit, cursor, ...scope } = request.query;
    const after = cursor === undefined ? null : readLineCursor(cursor);
    const range = after === null ? await ranges.read({ from, to }) : await ranges.resume(after);
    const seen = scopeHere(request, 'see-history');
    return teams.readPage({ scope, seen, range, sort, order }, { limit, after, cut: { granularity, zone } });
  });
  done();
};
