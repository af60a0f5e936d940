import { z } from 'zod';
import type { Interval } from '../history/history.ts';
import type { PresenceSegment, RoutingSegment } from '../history/segment.ts';
import { inNotifications } from '../org/presence-definition.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { decodeCursor, encodeCursor } from '../server/cursor-paging.ts';
import { notFound } from '../server/platform-error.ts';
import { analyticsFilter, passes, valuesNamed, type AnalyticsFilter } from './analytics-filter.ts';
import { isoOf, readInterval } from './interval.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';

const VIEW = 'analytics:userDetail:view';
/** Longest intervals, with and without filters (API §9.1). */
const MAX_DAYS = { filtered: 31, unfiltered: 7 };
const MAX_PAGE = 100;
const DAY_MS = 24 * 3_600_000;

const detailsQuery = z.object({
  interval: z.string(),
  order: z.enum(['asc', 'desc', 'unordered']).default('asc'),
  userFilters: z.array(analyticsFilter).default([]),
  presenceFilters: z.array(analyticsFilter).default([]),
  routingStatusFilters: z.array(analyticsFilter).default([]),
  paging: z
    .object({ pageSize: z.int().min(1).max(MAX_PAGE), pageNumber: z.int().min(1) })
    .default({ pageSize: 25, pageNumber: 1 }),
});

type DetailsQuery = z.output<typeof detailsQuery>;

const presenceRecord = ({ startsAt, endsAt, value }: PresenceSegment) => ({
  startTime: isoOf(startsAt),
  ...(endsAt !== null && { endTime: isoOf(endsAt) }),
  systemPresence: inNotifications(value.systemPresence),
  organizationPresenceId: value.definitionId,
});

const routingRecord = ({ startsAt, endsAt, value }: RoutingSegment) => ({
  startTime: isoOf(startsAt),
  ...(endsAt !== null && { endTime: isoOf(endsAt) }),
  routingStatus: value,
});

type PresenceRecord = ReturnType<typeof presenceRecord>;
type RoutingRecord = ReturnType<typeof routingRecord>;

const passesAll = <Item>(
  item: Item,
  filters: readonly AnalyticsFilter[],
  read: (item: Item, dimension: string) => readonly string[] | undefined,
): boolean => filters.every((filter) => passes(item, filter, read));

const presenceDimensions = (record: PresenceRecord, dimension: string): string[] | undefined => {
  if (dimension === 'systemPresence') return [record.systemPresence];
  return dimension === 'organizationPresenceId' ? [record.organizationPresenceId] : undefined;
};

const routingDimensions = (record: RoutingRecord, dimension: string): string[] | undefined =>
  dimension === 'routingStatus' ? [record.routingStatus] : undefined;

const userDimensions = ({ id }: UserProfile, dimension: string): string[] | undefined =>
  dimension === 'userId' ? [id] : undefined;

const chooseUsers = ({ world, access }: ApiCall, { userFilters, order }: DetailsQuery): readonly UserProfile[] => {
  const named = valuesNamed(userFilters, 'userId');
  const candidates =
    named === null
      ? world.organisation.agents
      : [...named].map((id) => world.user(id)).filter((user) => user !== null && world.engine.has(user.id));
  const users = candidates
    .filter((user) => user !== null)
    .filter((user) => access.holdsIn(VIEW, user.division.id))
    .filter((user) => passesAll(user, userFilters, userDimensions));
  return order === 'desc' ? users.toReversed() : users;
};

/** The statuses of one user; both kinds of filter narrow the records, and a user without any is left out. */
const detailOf = ({ world }: ApiCall, user: UserProfile, query: DetailsQuery & { readonly span: Interval }) => {
  const { history, virtualClock } = world;
  const interval = { from: query.span.from, to: Math.min(query.span.to, virtualClock.now() + 1) };
  if (interval.to <= interval.from) return null;
  const primaryPresence = history
    .presenceSegments(user, interval)
    .map(presenceRecord)
    .filter((record) => passesAll(record, query.presenceFilters, presenceDimensions));
  const routingStatus = history
    .routingSegments(user, interval)
    .map(routingRecord)
    .filter((record) => passesAll(record, query.routingStatusFilters, routingDimensions));
  const hasNone =
    (query.presenceFilters.length > 0 && primaryPresence.length === 0) ||
    (query.routingStatusFilters.length > 0 && routingStatus.length === 0) ||
    primaryPresence.length + routingStatus.length === 0;
  return hasNone ? null : { userId: user.id, primaryPresence, routingStatus };
};

const spanOf = ({ interval, userFilters, presenceFilters, routingStatusFilters }: DetailsQuery): Interval => {
  const isFiltered = userFilters.length + presenceFilters.length + routingStatusFilters.length > 0;
  return readInterval(interval, isFiltered ? MAX_DAYS.filtered : MAX_DAYS.unfiltered);
};

/**
 * A status that spans midnight is stored twice and found twice, and the second copy is dropped from the page: so pages may
 * be short, and `totalHits` is more than there is (API §9.1).
 */
const queryDetails = (call: ApiCall): object => {
  const query = readBody(detailsQuery, call.body);
  const span = spanOf(query);
  const { pageSize, pageNumber } = query.paging;
  const crossesMidnight = Math.floor((span.to - 1) / DAY_MS) > Math.floor(span.from / DAY_MS);
  const users = chooseUsers(call, query);
  const hits = crossesMidnight && pageSize > 1 ? users.flatMap((user) => [user, user]) : users;
  const from = (pageNumber - 1) * pageSize;
  const found = hits.slice(from, from + pageSize).filter((user, index) => user !== hits[from + index - 1]);
  return {
    userDetails: found.map((user) => detailOf(call, user, { ...query, span })).filter((detail) => detail !== null),
    aggregations: [],
    totalHits: hits.length,
  };
};

const MAX_JOB_DAYS = 366;
const MAX_RESULT_PAGE = 1000;
/** Jobs read a store that is filled hours later (API §9.2). */
const DATA_LAG_MS = 6 * 3_600_000;

const startJob = (call: ApiCall): object => {
  const query = readBody(detailsQuery.omit({ paging: true }), call.body);
  readInterval(query.interval, MAX_JOB_DAYS);
  return { jobId: call.world.detailJobs.start(query, call.world.virtualClock.now()) };
};

const requireJob = ({ world, param }: ApiCall) => {
  const job = world.detailJobs.find(param('jobId'));
  if (job === null) throw notFound('The job was not found.');
  return job;
};

const getJob = (call: ApiCall): object => {
  const { submittedAt } = requireJob(call);
  return {
    state: 'FULFILLED',
    submissionDate: isoOf(submittedAt),
    completionDate: isoOf(submittedAt),
    expirationDate: isoOf(submittedAt + DAY_MS),
  };
};

const getJobResults = (call: ApiCall): object => {
  const job = requireJob(call);
  const query = readBody(detailsQuery, job.query);
  const available = job.submittedAt - DATA_LAG_MS;
  const asked = readInterval(query.interval, MAX_JOB_DAYS);
  const span = { from: asked.from, to: Math.min(asked.to, available) };
  const pageSize = call.query.whole('pageSize', { fallback: 100, min: 1, max: MAX_RESULT_PAGE });
  const cursor = call.query.text('cursor');
  const from = cursor === null ? 0 : decodeCursor(cursor);
  const users = chooseUsers(call, query);
  const details = users.slice(from, from + pageSize).map((user) => detailOf(call, user, { ...query, span }));
  return {
    userDetails: details.filter((detail) => detail !== null),
    ...(from + pageSize < users.length && { cursor: encodeCursor(from + pageSize) }),
    dataAvailabilityDate: isoOf(available),
  };
};

const deleteJob = (call: ApiCall): undefined => {
  requireJob(call);
  call.world.detailJobs.drop(call.param('jobId'));
  return undefined;
};

const DETAILS = '/api/v2/analytics/users/details';
const permissions = anyOf(VIEW);

export const userDetailsOperations: readonly Operation[] = [
  {
    id: 'postAnalyticsUsersDetailsQuery',
    method: 'POST',
    path: `${DETAILS}/query`,
    permissions,
    run: queryDetails,
  },
  {
    id: 'postAnalyticsUsersDetailsJobs',
    method: 'POST',
    path: `${DETAILS}/jobs`,
    permissions,
    status: 202,
    run: startJob,
  },
  {
    id: 'getAnalyticsUsersDetailsJobsAvailability',
    method: 'GET',
    path: `${DETAILS}/jobs/availability`,
    permissions,
    run: ({ world }) => ({ dataAvailabilityDate: isoOf(world.virtualClock.now() - DATA_LAG_MS) }),
  },
  { id: 'getAnalyticsUsersDetailsJob', method: 'GET', path: `${DETAILS}/jobs/{jobId}`, permissions, run: getJob },
  {
    id: 'getAnalyticsUsersDetailsJobResults',
    method: 'GET',
    path: `${DETAILS}/jobs/{jobId}/results`,
    permissions,
    run: getJobResults,
  },
  {
    id: 'deleteAnalyticsUsersDetailsJob',
    method: 'DELETE',
    path: `${DETAILS}/jobs/{jobId}`,
    permissions,
    status: 204,
    run: deleteJob,
  },
];
