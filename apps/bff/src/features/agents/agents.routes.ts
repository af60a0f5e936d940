import { errorBody, getAgent, listAgents, type UpstreamHealth } from '@floorwatch/contracts';
import { agentId, type DivisionScope } from '@floorwatch/domain';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { scopeHere } from '../../plugins/access.ts';
import { agentNotFound, ApiError } from '../../plugins/api-error.ts';
import type { AgentListRenderer, Encoding } from './agent-list.ts';
import type { AgentReader } from './agent-reader.ts';

export interface AgentsRoutesOptions {
  readonly list: AgentListRenderer;
  readonly reader: AgentReader;
  readonly upstream: (seen: DivisionScope) => UpstreamHealth;
}

export const agentsRoutes: FastifyPluginCallbackZod<AgentsRoutesOptions> = (app, { list, reader, upstream }, done) => {
  // No reply schema here: the body is bytes that were rendered, compressed and typed once for everybody.
  app.get(listAgents.path, { config: { needs: 'see-floor' } }, async (request, reply) => {
    const seen = scopeHere(request, 'see-floor');
    const document = list.current(seen);
    if (document === null) throw new ApiError(503, 'not-ready', whyNotReady(upstream(seen)));
    void reply.headers({ etag: document.etag, 'cache-control': 'private, no-cache', vary: 'accept-encoding' });
    if (request.headers['if-none-match'] === document.etag) return reply.code(304).send();
    const encoding = bestEncoding(request.headers['accept-encoding']);
    if (encoding !== 'identity') void reply.header('content-encoding', encoding);
    return reply.type('application/json; charset=utf-8').send(await document.body(encoding));
  });

  app.get(
    getAgent.path,
    {
      config: { needs: 'see-floor' },
      schema: { params: getAgent.params, response: { 200: getAgent.reply, '4xx': errorBody, '5xx': errorBody } },
    },
    async (request) => {
      const agent = await reader.read(agentId(request.params.id), scopeHere(request, 'see-floor'));
      if (agent === null) throw agentNotFound(request.params.id);
      return agent;
    },
  );
  done();
};

const whyNotReady = ({ message }: UpstreamHealth): string =>
  message === null
    ? 'Floorwatch is signing in to Genesys Cloud.'
    : `Floorwatch could not read anything from Genesys Cloud yet: ${message}`;

/** The best encoding the browser takes; one it gives the weight 0 it does not take. */
const bestEncoding = (accepted = ''): Encoding => {
  const takes = (name: string): boolean =>
    accepted.split(',').some((entry) => {
      const [coding, weight] = entry.trim().split(';');
      return coding === name && !/^\s*q=0(\.0*)?\s*$/.test(weight ?? '');
    });
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : 'identity';
};
