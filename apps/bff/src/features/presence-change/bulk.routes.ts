import { cancelBulk, errorBody, getBulk, listBulks, previewBulk, startBulk } from '@floorwatch/contracts';
import { agentId, presenceDefinitionId } from '@floorwatch/domain';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { keyOf, personIn } from './asked-change-request.ts';
import type { BulkDesk } from './bulk-desk.ts';

export interface BulkRoutesOptions {
  readonly bulkDesk: BulkDesk;
}

const errors = { '4xx': errorBody, '5xx': errorBody };
const config = { needs: 'change-presence' } as const;

export const bulkRoutes: FastifyPluginCallbackZod<BulkRoutesOptions> = (app, { bulkDesk: desk }, done) => {
  app.post(
    previewBulk.path,
    { config, schema: { body: previewBulk.body, response: { 200: previewBulk.reply, ...errors } } },
    (request) => {
      const { agentIds, ...wanted } = request.body;
      return desk.preview(personIn(request), agentIds.map(agentId), wantedIn(wanted));
    },
  );

  app.post(
    startBulk.path,
    { config, schema: { body: startBulk.body, response: { 202: startBulk.reply, ...errors } } },
    async (request, reply) => {
      const { agents, override, ...wanted } = request.body;
      const bulk = await desk.start(personIn(request), {
        wanted: wantedIn(wanted),
        agents: agents.map((agent) => ({ agentId: agentId(agent.agentId), etag: agent.etag })),
        override,
        key: keyOf(request),
        correlationId: request.id,
      });
      return reply.code(202).send(bulk);
    },
  );

  app.get(
    listBulks.path,
    { config, schema: { response: { 200: listBulks.reply, ...errors } } },
    async ({ viewer }) => ({
      bulks: await desk.list(viewer),
    }),
  );

  app.get(
    getBulk.path,
    { config, schema: { params: getBulk.params, response: { 200: getBulk.reply, ...errors } } },
    ({ viewer, params }) => desk.get(viewer, params.id),
  );

  app.post(
    cancelBulk.path,
    { config, schema: { params: cancelBulk.params, response: { 200: cancelBulk.reply, ...errors } } },
    (request) => desk.cancel(personIn(request), request.params.id),
  );
  done();
};

const wantedIn = ({ definitionId, message }: { readonly definitionId: string; readonly message: string | null }) => ({
  definitionId: presenceDefinitionId(definitionId),
  message,
});
