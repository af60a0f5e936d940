import {
  changeAutomation,
  createAutomation,
  deleteAutomation,
  errorBody,
  getAutomation,
  getAutomationRun,
  listAutomationRuns,
  listAutomations,
  pauseAutomation,
  previewAutomation,
  resumeAutomation,
} from '@floorwatch/contracts';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { Asking } from '../../automation/automation-desk.ts';
import type { Automations } from '../../automation/automations.ts';
import { askerOf } from '../../presence-change/asker-of.ts';
import { signedOut } from '../../plugins/access.ts';

export interface AutomationsRoutesOptions {
  readonly automations: Automations;
}

const errors = { '4xx': errorBody, '5xx': errorBody };
const config = { needs: 'change-presence' } as const;

export const askingOf = ({ viewer, id }: FastifyRequest): Asking => ({ viewer, correlationId: id });

/** Setting up what is done by itself, and seeing what it did. What each may see of others is the desk's to say. */
export const automationsRoutes: FastifyPluginCallbackZod<AutomationsRoutesOptions> = (app, { automations }, done) => {
  const { desk, previewer } = automations;

  app.get(
    listAutomations.path,
    { config, schema: { response: { 200: listAutomations.reply, ...errors } } },
    async ({ viewer }) => ({ automations: await desk.list(viewer) }),
  );

  app.post(
    createAutomation.path,
    { config, schema: { body: createAutomation.body, response: { 201: createAutomation.reply, ...errors } } },
    async (request, reply) => reply.code(201).send(await desk.create(askingOf(request), request.body)),
  );

  app.post(
    previewAutomation.path,
    { config, schema: { body: previewAutomation.body, response: { 200: previewAutomation.reply, ...errors } } },
    async ({ visit, viewer, body }) => {
      if (visit === null) throw signedOut();
      return previewer.preview({ ...askerOf(visit), viewer }, body);
    },
  );

  app.get(
    getAutomation.path,
    { config, schema: { params: getAutomation.params, response: { 200: getAutomation.reply, ...errors } } },
    ({ viewer, params }) => desk.get(viewer, params.id),
  );

  const change = { params: changeAutomation.params, body: changeAutomation.body };
  app.put(
    changeAutomation.path,
    { config, schema: { ...change, response: { 200: changeAutomation.reply, ...errors } } },
    (request) => desk.change(askingOf(request), request.params.id, request.body),
  );

  app.delete(deleteAutomation.path, { config, schema: { params: deleteAutomation.params } }, async (request, reply) => {
    await desk.remove(askingOf(request), request.params.id);
    return reply.code(204).send();
  });

  void app.register(controlRoutes, { automations });
  void app.register(runsRoutes, { automations });
  done();
};

const controlRoutes: FastifyPluginCallbackZod<AutomationsRoutesOptions> = (app, { automations: { desk } }, done) => {
  app.post(
    pauseAutomation.path,
    { config, schema: { params: pauseAutomation.params, response: { 200: pauseAutomation.reply, ...errors } } },
    (request) => desk.pause(askingOf(request), request.params.id),
  );

  app.post(
    resumeAutomation.path,
    { config, schema: { params: resumeAutomation.params, response: { 200: resumeAutomation.reply, ...errors } } },
    (request) => desk.resume(askingOf(request), request.params.id),
  );
  done();
};

const runsRoutes: FastifyPluginCallbackZod<AutomationsRoutesOptions> = (app, { automations: { desk } }, done) => {
  const ofRuns = { params: listAutomationRuns.params, querystring: listAutomationRuns.query };
  app.get(
    listAutomationRuns.path,
    { config, schema: { ...ofRuns, response: { 200: listAutomationRuns.reply, ...errors } } },
    ({ viewer, params, query }) => desk.runs(viewer, params.id, query),
  );

  const ofRun = { params: getAutomationRun.params, querystring: getAutomationRun.query };
  app.get(
    getAutomationRun.path,
    { config, schema: { ...ofRun, response: { 200: getAutomationRun.reply, ...errors } } },
    ({ viewer, params, query }) => desk.run(viewer, params, query),
  );
  done();
};
