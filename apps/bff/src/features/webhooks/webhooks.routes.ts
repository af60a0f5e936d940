import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  errorBody,
  listDeliveries,
  listWebhooks,
  pauseWebhook,
  pingWebhook,
  replayDeliveries,
  rotateWebhookSecret,
} from '@floorwatch/contracts';
import { agentId, type Board } from '@floorwatch/domain';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { ApiError } from '../../plugins/api-error.ts';
import type { Asker } from '../../webhooks/webhook-deeds.ts';
import type { WebhookService } from '../../webhooks/webhook-service.ts';
import { deliveryViewOf } from '../../webhooks/webhook-view.ts';

export interface WebhooksRoutesOptions {
  /** Null where nothing is recorded. */
  readonly webhooks: WebhookService | null;
  readonly board: Board;
}

const errors = { '4xx': errorBody, '5xx': errorBody };
const config = { needs: 'manage' } as const;

const askerOf = ({ viewer, id }: FastifyRequest): Asker => ({ viewer, correlationId: id });

const there = (webhooks: WebhookService | null): WebhookService => {
  if (webhooks !== null) return webhooks;
  throw new ApiError(
    503,
    'store-unavailable',
    'Nothing is recorded here, so there is nothing to tell: start Floorwatch with RECORDING=on',
  );
};

export const webhooksRoutes: FastifyPluginCallbackZod<WebhooksRoutesOptions> = (app, { webhooks, board }, done) => {
  app.get(listWebhooks.path, { config, schema: { response: { 200: listWebhooks.reply, ...errors } } }, ({ viewer }) =>
    there(webhooks).list(viewer),
  );

  app.post(
    createWebhook.path,
    { config, schema: { body: createWebhook.body, response: { 201: createWebhook.reply, ...errors } } },
    async (request, reply) => reply.code(201).send(await there(webhooks).create(askerOf(request), request.body)),
  );

  app.put(
    changeWebhook.path,
    {
      config,
      schema: {
        params: changeWebhook.params,
        body: changeWebhook.body,
        response: { 200: changeWebhook.reply, ...errors },
      },
    },
    (request) => there(webhooks).change(askerOf(request), request.params.id, request.body),
  );

  app.delete(deleteWebhook.path, { config, schema: { params: deleteWebhook.params } }, async (request, reply) => {
    await there(webhooks).remove(askerOf(request), request.params.id);
    return reply.code(204).send();
  });

  app.post(
    rotateWebhookSecret.path,
    {
      config,
      schema: {
        params: rotateWebhookSecret.params,
        body: rotateWebhookSecret.body,
        response: { 200: rotateWebhookSecret.reply, ...errors },
      },
    },
    (request) => there(webhooks).rotate(askerOf(request), request.params.id, request.body.version),
  );

  app.post(
    pauseWebhook.path,
    {
      config,
      schema: {
        params: pauseWebhook.params,
        body: pauseWebhook.body,
        response: { 200: pauseWebhook.reply, ...errors },
      },
    },
    (request) => there(webhooks).pause(askerOf(request), request.params.id, request.body.isPaused),
  );

  void app.register(deliveriesRoutes, { webhooks, board });
  done();
};

const deliveriesRoutes: FastifyPluginCallbackZod<WebhooksRoutesOptions> = (app, { webhooks, board }, done) => {
  const nameOf = (id: string): string | null => board.rowOf(agentId(id))?.profile.name ?? null;

  app.get(
    listDeliveries.path,
    {
      config,
      schema: {
        params: listDeliveries.params,
        querystring: listDeliveries.query,
        response: { 200: listDeliveries.reply, ...errors },
      },
    },
    async ({ viewer, params, query: { state, agent, limit, cursor } }) => {
      const asked = { limit, cursor, states: state, agentId: agent };
      const { deliveries, next } = await there(webhooks).deliveries(viewer, params.id, asked);
      return {
        deliveries: deliveries.map((one) => deliveryViewOf(one, nameOf)),
        cursor: next === null ? null : String(next),
      };
    },
  );

  app.post(
    replayDeliveries.path,
    {
      config,
      schema: {
        params: replayDeliveries.params,
        body: replayDeliveries.body,
        response: { 200: replayDeliveries.reply, ...errors },
      },
    },
    async (request) => {
      const { deliveries } = request.body;
      const seqs = deliveries === 'all' ? deliveries : deliveries.map(Number);
      return { replayed: await there(webhooks).replay(askerOf(request), request.params.id, seqs) };
    },
  );

  app.post(
    pingWebhook.path,
    {
      config,
      schema: { params: pingWebhook.params, response: { 200: pingWebhook.reply, ...errors } },
    },
    async (request) => deliveryViewOf(await there(webhooks).ping(askerOf(request), request.params.id), nameOf),
  );
  done();
};
