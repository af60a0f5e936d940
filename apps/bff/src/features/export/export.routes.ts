import {
  errorBody,
  exportAgentAvailability,
  exportAgentHistory,
  exportAgents,
  exportAgentTransitions,
  exportAvailability,
} from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { scopeHere } from '../../plugins/access.ts';
import { auditExports, type ExportAuditing } from './audited-exports.ts';
import type { Exports } from './exports.ts';
import { sendFile } from './send-file.ts';

/** Largest body, bytes: a wall of 20,000 agents by their ids. */
const MAX_WALL_BYTES = 2 * 1024 * 1024;

const response = { '4xx': errorBody, '5xx': errorBody };

export interface ExportRoutesOptions {
  readonly exports: Exports;
  readonly auditing: ExportAuditing;
}

/** Files are streamed, so only their refusals have a schema. */
export const exportRoutes: FastifyPluginCallbackZod<ExportRoutesOptions> = (app, { exports, auditing }, done) => {
  auditExports(app, auditing);

  const history = { params: exportAgentHistory.params, querystring: exportAgentHistory.query, response };
  app.get(exportAgentHistory.path, { config: { needs: 'see-history' }, schema: history }, async (request, reply) => {
    const { params, query } = request;
    const { kind = null, format, ...asked } = query;
    return sendFile(
      reply,
      await exports.history(params.id, { ...asked, kinds: kind, seen: scopeHere(request, 'see-history') }),
      format,
    );
  });

  const transitions = { params: exportAgentTransitions.params, querystring: exportAgentTransitions.query, response };
  app.get(
    exportAgentTransitions.path,
    { config: { needs: 'see-history' }, schema: transitions },
    async (request, reply) => {
      const { params, query } = request;
      const asked = { ...query, seen: scopeHere(request, 'see-history') };
      return sendFile(reply, await exports.transitions(params.id, asked), query.format);
    },
  );

  const availability = { params: exportAgentAvailability.params, querystring: exportAgentAvailability.query, response };
  app.get(
    exportAgentAvailability.path,
    { config: { needs: 'see-history' }, schema: availability },
    async (request, reply) => {
      const { params, query } = request;
      const asked = { ...query, seen: scopeHere(request, 'see-history') };
      return sendFile(reply, await exports.availability(params.id, asked), query.format);
    },
  );

  const team = { querystring: exportAvailability.query, response };
  app.get(exportAvailability.path, { config: { needs: 'see-history' }, schema: team }, async (request, reply) => {
    const { from, to, zone, sort, order, granularity = null, format, ...scope } = request.query;
    const asked = { from, to, zone, sort, order, granularity, scope, seen: scopeHere(request, 'see-history') };
    return sendFile(reply, await exports.team(asked), format);
  });

  const wall = { body: exportAgents.body, response };
  app.post(
    exportAgents.path,
    { config: { needs: 'see-floor' }, schema: wall, bodyLimit: MAX_WALL_BYTES },
    async (request, reply) => {
      const { format, zone, filter, agents = null } = request.body;
      const seen = scopeHere(request, 'see-floor');
      return sendFile(reply, exports.wall({ zone, seen, agents, filter }), format);
    },
  );
  done();
};
