import {
  cancelPresenceChange,
  changePresence,
  errorBody,
  getPresenceChange,
  listPresenceChanges,
  previewPresenceChange,
  resetNotResponding,
  undoPresenceChange,
} from '@floorwatch/contracts';
import {
  agentId,
  presenceDefinitionId,
  type Board,
  type ChangeRecord,
  type ChangeStore,
  type Clock,
  type Viewer,
} from '@floorwatch/domain';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { ApiError } from '../../plugins/api-error.ts';
import type { ChangeWay, Ticket } from '../../presence-change/change-order.ts';
import type { PresenceChanger } from '../../presence-change/presence-changer.ts';
import { askerIn, headersOf, maySee } from './asked-change-request.ts';
import { bulkRoutes, type BulkRoutesOptions } from './bulk.routes.ts';
import type { ChangeViews } from './change-views.ts';
import { holdRoutes, type HoldRoutesOptions } from './hold.routes.ts';

/** How long a settled change is still listed, ms. */
const LISTED_MS = 60_000;

const MAX_LISTED = 1000;

export interface PresenceChangeRoutesOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly changes: ChangeStore;
  readonly changer: PresenceChanger;
  /** Makes changes when the agent's contact is over; null where nothing can wait. */
  readonly afterContact: ChangeWay | null;
  readonly views: ChangeViews;
  /** Bulks and holds; null where they are kept nowhere. */
  readonly orders: (BulkRoutesOptions & HoldRoutesOptions) | null;
}

const errors = { '4xx': errorBody, '5xx': errorBody };

type App = Parameters<FastifyPluginCallbackZod<PresenceChangeRoutesOptions>>[0];

export const presenceChangeRoutes: FastifyPluginCallbackZod<PresenceChangeRoutesOptions> = (app, options, done) => {
  const { changer, views, changes, clock } = options;
  registerChanging(app, options);
  registerOne(app, options);
  if (options.orders !== null) {
    void app.register(bulkRoutes, options.orders);
    void app.register(holdRoutes, options.orders);
  }

  app.post(
    previewPresenceChange.path,
    {
      config: { needs: 'change-presence' },
      schema: {
        params: previewPresenceChange.params,
        body: previewPresenceChange.body,
        response: { 200: previewPresenceChange.reply, ...errors },
      },
    },
    async (request) => {
      const wanted = { ...request.body, definitionId: presenceDefinitionId(request.body.definitionId) };
      const [preview] = await changer.previews(askerIn(request), [agentId(request.params.id)], wanted);
      if (preview === undefined) throw new Error('one agent was asked for, and none told of');
      return views.preview(preview, request.viewer);
    },
  );

  app.get(
    listPresenceChanges.path,
    {
      config: { needs: 'see-floor' },
      schema: { querystring: listPresenceChanges.query, response: { 200: listPresenceChanges.reply, ...errors } },
    },
    async (request) => {
      const { agent } = request.query;
      const records = await changes.list({
        ...(agent !== undefined && { agentIds: [agentId(agent)] }),
        settledSince: clock.now() - LISTED_MS,
        limit: MAX_LISTED,
      });
      const seen = records.filter((record) => maySee(request.viewer, record.agentId, options.board));
      return { changes: await Promise.all(seen.map((record) => views.change(record, request.viewer))) };
    },
  );
  done();
};

/** What makes a change. */
const registerChanging = (app: App, options: PresenceChangeRoutesOptions): void => {
  const { changer } = options;

  app.patch(
    changePresence.path,
    {
      config: { needs: 'change-presence' },
      schema: {
        params: changePresence.params,
        body: changePresence.body,
        response: { 202: changePresence.reply, ...errors },
      },
    },
    async (request, reply) => {
      const { definitionId, message, when, override } = request.body;
      const way = when === 'now' ? changer : options.afterContact;
      if (way === null)
        throw new ApiError(409, 'change-impossible', 'when: changes cannot wait for the end of a contact here');
      const ticket = await way.request({
        asker: askerIn(request),
        change: {
          agentId: agentId(request.params.id),
          wanted: { definitionId: presenceDefinitionId(definitionId), message },
        },
        ...headersOf(request),
        override,
        cause: when === 'now' ? 'direct' : 'after-contact',
        correlationId: request.id,
      });
      return reply.code(202).send(await answer(ticket, request.viewer, options));
    },
  );

  app.post(
    resetNotResponding.path,
    {
      config: { needs: 'change-presence' },
      schema: { params: resetNotResponding.params, response: { 202: resetNotResponding.reply, ...errors } },
    },
    async (request, reply) => {
      const ticket = await changer.reset({
        asker: askerIn(request),
        agentId: agentId(request.params.id),
        ...headersOf(request),
        cause: 'direct',
        correlationId: request.id,
      });
      return reply.code(202).send(await answer(ticket, request.viewer, options));
    },
  );
};

/** What is asked of one change. */
const registerOne = (app: App, options: PresenceChangeRoutesOptions): void => {
  const { changer, views } = options;

  app.get(
    getPresenceChange.path,
    {
      config: { needs: 'see-floor' },
      schema: { params: getPresenceChange.params, response: { 200: getPresenceChange.reply, ...errors } },
    },
    async (request) => views.change(await find(request, request.params.id, options), request.viewer),
  );

  app.post(
    undoPresenceChange.path,
    {
      config: { needs: 'change-presence' },
      schema: { params: undoPresenceChange.params, response: { 202: undoPresenceChange.reply, ...errors } },
    },
    async (request, reply) => {
      const record = await find(request, request.params.id, options);
      const ticket = await changer.undo(record, askerIn(request), request.id);
      return reply.code(202).send(await answer(ticket, request.viewer, options));
    },
  );

  app.post(
    cancelPresenceChange.path,
    {
      config: { needs: 'change-presence' },
      schema: { params: cancelPresenceChange.params, response: { 200: cancelPresenceChange.reply, ...errors } },
    },
    async (request) => {
      const record = await find(request, request.params.id, options);
      return views.change(await changer.cancel(record, askerIn(request)), request.viewer);
    },
  );
};

/** @throws ApiError 404 for one that is not there, or is about an agent whom the viewer may not see */
const find = async (
  request: FastifyRequest,
  id: string,
  options: PresenceChangeRoutesOptions,
): Promise<ChangeRecord> => {
  const record = await options.changes.find(id);
  if (record !== null && maySee(request.viewer, record.agentId, options.board)) return record;
  throw new ApiError(404, 'not-found', `There is no change ${id}`);
};

/** A change that was not made is an error. */
const answer = async ({ record }: Ticket, viewer: Viewer, { views }: PresenceChangeRoutesOptions) => {
  const error = await views.errorOf(record, viewer);
  if (error !== null) throw error;
  return views.change(record, viewer);
};
