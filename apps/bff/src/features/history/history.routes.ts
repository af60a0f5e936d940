import {
  errorBody,
  getAgentHistory,
  getAgentPresence,
  getAgentRoutingStatus,
  type AgentPresence,
} from '@floorwatch/contracts';
import { agentId, presenceDefinitionId, type AgentId, type DivisionScope } from '@floorwatch/domain';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { scopeHere } from '../../plugins/access.ts';
import { agentNotFound } from '../../plugins/api-error.ts';
import { presenceEtag } from '../../presence-change/presence-etag.ts';
import type { AgentReader } from '../agents/agent-reader.ts';
import { isPlan, type AgentHistories } from './agent-history.ts';
import { readHistoryCursor } from './history-page.ts';
import type { Ranges } from './ranges.ts';

export interface HistoryRoutesOptions {
  readonly reader: AgentReader;
  readonly ranges: Ranges;
  readonly histories: AgentHistories;
}

const errors = { '4xx': errorBody, '5xx': errorBody };

export const historyRoutes: FastifyPluginCallbackZod<HistoryRoutesOptions> = (
  app,
  { reader, ranges, histories },
  done,
) => {
  const { path: presencePath, params: presenceParams, reply: presenceReply } = getAgentPresence;
  app.get(
    presencePath,
    { config: { needs: 'see-floor' }, schema: { params: presenceParams, response: { 200: presenceReply, ...errors } } },
    async (request, reply) => {
      const agent = await knownAgent(reader, agentId(request.params.id), scopeHere(request, 'see-floor'));
      const { presence, source, asOf } = agent;
      if (presence !== null) void reply.header('etag', etagOf(presence));
      return { agentId: agent.id, presence, source, asOf };
    },
  );

  const { path: routingPath, params: routingParams, reply: routingReply } = getAgentRoutingStatus;
  app.get(
    routingPath,
    { config: { needs: 'see-floor' }, schema: { params: routingParams, response: { 200: routingReply, ...errors } } },
    async (request) => {
      const agent = await knownAgent(reader, agentId(request.params.id), scopeHere(request, 'see-floor'));
      const { routing, source, asOf } = agent;
      return { agentId: agent.id, routing, source, asOf };
    },
  );

  const { path, params, query: querystring, reply } = getAgentHistory;
  const schema = { params, querystring, response: { 200: reply, ...errors } };
  app.get(path, { config: { needs: 'see-history' }, schema }, async (request) => {
    const { kind = null, limit, cursor, ...asked } = request.query;
    const seen = scopeHere(request, 'see-history');
    const id = ranges.requireAgent(request.params.id, seen);
    const at = cursor === undefined ? null : readHistoryCursor(cursor);
    const range = at === null ? await ranges.read(asked, { isPlan: isPlan(kind) }) : await ranges.resume(at);
    return histories.readPage(id, { range, kinds: kind, seen }, { limit, at: at?.at ?? null });
  });
  done();
};

/** What a change of it must send as `If-Match`. */
const etagOf = ({ system, definitionId, message, since }: NonNullable<AgentPresence['presence']>): string =>
  presenceEtag({
    system,
    definitionId: definitionId === null ? null : presenceDefinitionId(definitionId),
    message,
    since: { at: Date.parse(since.at), exact: since.exact },
  });

const knownAgent = async (reader: AgentReader, id: AgentId, seen: DivisionScope) => {
  const agent = await reader.read(id, seen);
  if (agent === null) throw agentNotFound(id);
  return agent;
};
