import { z } from 'zod';
import { actingUserIdOf, type AuditRecord } from '../audit/audit-log.ts';
import { decodeCursor, encodeCursor } from '../server/cursor-paging.ts';
import { badRequest, notFound } from '../server/platform-error.ts';
import { isoOf, readInterval } from './interval.ts';
import { allOf, readBody, type ApiCall, type Operation } from './operation.ts';

/** Who changed whose presence (API §12.1). Other services leave no traces here: nobody changes anything else. */

const SERVICE = 'Presence';
const ENTITY_TYPE = 'UserPresence';
const ACTION = 'Update';
const REALTIME_DAYS = 14;
const MAX_DAYS = 30;
const MAX_PAGE = 500;

const filters = z
  .array(
    z.object({
      property: z.enum(['UserId', 'TrusteeOrganizationId', 'ClientId', 'Action', 'EntityType', 'EntityId']),
      value: z.string(),
    }),
  )
  .default([]);

const sort = z
  .array(z.object({ name: z.literal('Timestamp'), sortOrder: z.enum(['ascending', 'descending']) }))
  .default([]);

const auditQuery = z.object({ interval: z.string(), serviceName: z.string().optional(), filters, sort });

type AuditQuery = z.output<typeof auditQuery>;

const labelOf = ({ world }: ApiCall, definitionId: string): string =>
  world.definition(definitionId)?.languageLabels.en_US ?? '';

const auditEntity = (call: ApiCall, record: AuditRecord): object => {
  const { id, at, userId, before, after, actor } = record;
  const { organisation } = call.world;
  const actingUserId = actingUserIdOf(record);
  const isExpanded = call.query.choices('expand', ['user']).length > 0;
  return {
    id,
    userHomeOrgId: organisation.id,
    ...(actingUserId !== null && {
      user: {
        id: actingUserId,
        ...(isExpanded && { name: call.world.user(actingUserId)?.name ?? '' }),
        selfUri: `/api/v2/users/${actingUserId}`,
      },
    }),
    ...(actor !== null && { client: { id: actor.clientId, selfUri: `/api/v2/oauth/clients/${actor.clientId}` } }),
    serviceName: SERVICE,
    level: 'USER',
    eventDate: isoOf(at),
    action: ACTION,
    entity: { id: userId, selfUri: `/api/v2/users/${userId}` },
    entityType: ENTITY_TYPE,
    status: 'SUCCESS',
    propertyChanges: [
      {
        property: 'PRESENCE',
        oldValues: [labelOf(call, before.definitionId)],
        newValues: [labelOf(call, after.definitionId)],
      },
    ],
  };
};

const valueOf = (record: AuditRecord, property: AuditQuery['filters'][number]['property']): string => {
  switch (property) {
    case 'UserId':
      return actingUserIdOf(record) ?? '';
    case 'ClientId':
      return record.actor?.clientId ?? '';
    case 'EntityId':
      return record.userId;
    case 'EntityType':
      return ENTITY_TYPE;
    case 'Action':
      return ACTION;
    case 'TrusteeOrganizationId':
      return '';
  }
};

const findRecords = ({ world }: ApiCall, query: AuditQuery, maxDays: number): AuditRecord[] => {
  const { from, to } = readInterval(query.interval, maxDays);
  if (query.serviceName !== undefined && query.serviceName !== SERVICE) return [];
  const found = world.audits
    .between(from, to)
    .filter((record) => query.filters.every(({ property, value }) => valueOf(record, property) === value));
  return query.sort[0]?.sortOrder === 'ascending' ? found : found.toReversed();
};

const realtimeQuery = auditQuery.extend({
  pageNumber: z.int().min(1).default(1),
  pageSize: z.int().min(1).max(MAX_PAGE).default(25),
});

const queryRealtime = (call: ApiCall): object => {
  const query = readBody(realtimeQuery, call.body);
  const { pageNumber, pageSize } = query;
  if (readInterval(query.interval, MAX_DAYS).from < call.world.virtualClock.now() - (REALTIME_DAYS + 1) * 86_400_000)
    throw badRequest(`interval: the real-time query reaches ${REALTIME_DAYS} days back`);
  const found = findRecords(call, query, REALTIME_DAYS + 1);
  return {
    entities: found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map((one) => auditEntity(call, one)),
    pageSize,
    pageNumber,
    total: found.length,
    pageCount: Math.ceil(found.length / pageSize),
  };
};

const statusEntity = (id: string, query: AuditQuery, submittedAt: number): object => ({
  id,
  state: 'Succeeded',
  startDate: isoOf(submittedAt),
  interval: query.interval,
  ...(query.serviceName !== undefined && { serviceName: query.serviceName }),
  filters: query.filters,
  sort: query.sort,
});

const startQuery = (call: ApiCall): object => {
  const query = readBody(auditQuery, call.body);
  readInterval(query.interval, MAX_DAYS);
  const submittedAt = call.world.virtualClock.now();
  return statusEntity(call.world.auditJobs.start(query, submittedAt), query, submittedAt);
};

const requireQuery = ({ world, param }: ApiCall): { query: AuditQuery; submittedAt: number } => {
  const job = world.auditJobs.find(param('transactionId'));
  if (job === null) throw notFound('The audit query was not found.');
  return { query: readBody(auditQuery, job.query), submittedAt: job.submittedAt };
};

const getQuery = (call: ApiCall): object => {
  const { query, submittedAt } = requireQuery(call);
  return statusEntity(call.param('transactionId'), query, submittedAt);
};

const getResults = (call: ApiCall): object => {
  const pageSize = call.query.whole('pageSize', { fallback: 25, min: 1, max: MAX_PAGE });
  const cursor = call.query.text('cursor');
  const from = cursor === null ? 0 : decodeCursor(cursor);
  const found = findRecords(call, requireQuery(call).query, MAX_DAYS);
  return {
    id: call.param('transactionId'),
    pageSize,
    ...(from + pageSize < found.length && { cursor: encodeCursor(from + pageSize) }),
    entities: found.slice(from, from + pageSize).map((one) => auditEntity(call, one)),
  };
};

const AUDITS = '/api/v2/audits/query';
const permissions = allOf('audits:audit:view');

export const auditOperations: readonly Operation[] = [
  { id: 'postAuditsQueryRealtime', method: 'POST', path: `${AUDITS}/realtime`, permissions, run: queryRealtime },
  {
    id: 'getAuditsQueryServicemapping',
    method: 'GET',
    path: `${AUDITS}/servicemapping`,
    permissions,
    run: () => ({ services: [{ name: SERVICE, entities: [{ name: ENTITY_TYPE, actions: [ACTION] }] }] }),
  },
  { id: 'postAuditsQuery', method: 'POST', path: AUDITS, permissions, status: 202, run: startQuery },
  { id: 'getAuditsQueryTransactionId', method: 'GET', path: `${AUDITS}/{transactionId}`, permissions, run: getQuery },
  {
    id: 'getAuditsQueryTransactionIdResults',
    method: 'GET',
    path: `${AUDITS}/{transactionId}/results`,
    permissions,
    run: getResults,
  },
];
