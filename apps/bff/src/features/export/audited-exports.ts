import type { Stream } from 'node:stream';
import { agentId, type AuditRecord, type AuditValues, type Board } from '@floorwatch/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../../audit/actor.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';

export interface ExportAuditing {
  readonly trail: AuditTrail;
  readonly board: Board;
}

/**
 * Every file that leaves from this plugin's routes stands in the audit before its first byte does. Without a store there is no
 * audit, and files leave without; while there is one that cannot be written, none does.
 */
export const auditExports = (app: FastifyInstance, auditing: ExportAuditing): void => {
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 200 || !auditing.trail.isKept) return payload;
    try {
      await auditing.trail.record(deedOf(request, reply, auditing.board));
      return payload;
    } catch (error) {
      if (isStream(payload)) payload.destroy();
      for (const header of ['content-disposition', 'x-row-count']) void reply.removeHeader(header);
      throw error;
    }
  });
};

const deedOf = (request: FastifyRequest, reply: FastifyReply, board: Board): Omit<AuditRecord, 'at'> => ({
  action: 'export',
  outcome: 'accepted',
  actor: actorOf(request.viewer),
  target: targetOf(request, board),
  before: null,
  after: {
    ...askedFor(request),
    file: request.routeOptions.url ?? null,
    rows: Number(reply.getHeader('x-row-count')),
  },
  reason: null,
  correlationId: request.id,
  platformCorrelationId: null,
});

const targetOf = ({ params }: FastifyRequest, board: Board): AuditRecord['target'] => {
  const { id } = z.object({ id: z.string().optional() }).parse(params);
  if (id === undefined) return null;
  return { agentId: agentId(id), divisionId: board.rowOf(agentId(id))?.profile.divisionId ?? null };
};

/** What was asked for by name; lists by their length, because the wall's is ten thousand ids. */
const askedFor = ({ query, body }: FastifyRequest): AuditValues => {
  const asked = { ...z.record(z.string(), z.unknown()).parse(query), ...z.looseObject({}).nullish().parse(body) };
  return Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]): [string, AuditValues[string]][] => {
      if (Array.isArray(value))
        return [[name, value.length > 20 ? `${String(value.length)} chosen` : value.join(', ')]];
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, value]]
        : [];
    }),
  );
};

const isStream = (payload: unknown): payload is Stream & { destroy(): void } =>
  typeof payload === 'object' && payload !== null && 'destroy' in payload && typeof payload.destroy === 'function';
