import { z } from 'zod';
import { inNotifications } from '../org/presence-definition.ts';
import { badRequest } from '../server/platform-error.ts';
import { analyticsFilter, valuesNamed } from './analytics-filter.ts';
import { readInterval } from './interval.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';
import { USER_METRICS, userAggregates } from './user-aggregates.ts';

const VIEW = 'analytics:userAggregate:view';
const MAX_DAYS = 31;
const MAX_USERS = 100;
const MAX_BUCKETS = 3000;

const aggregatesQuery = z.object({
  interval: z.string(),
  granularity: z.string().optional(),
  timeZone: z.string().optional(),
  groupBy: z.array(z.literal('userId')).default(['userId']),
  filter: analyticsFilter,
  metrics: z.array(z.enum(USER_METRICS)).min(1),
});

/** ISO durations of hours and minutes, whole days included (`PT30M`, `PT1H`, `P1D`). @returns ms */
const readGranularity = (text: string): number => {
  const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) ?? [];
  const total = (Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0);
  if (total >= 1) return total * 60_000;
  throw badRequest(`granularity: ${text} is not a duration of minutes, hours or days, such as PT30M`);
};

const queryAggregates = (call: ApiCall): object => {
  const query = readBody(aggregatesQuery, call.body);
  const asked = readInterval(query.interval, MAX_DAYS);
  const stepMs = query.granularity === undefined ? asked.to - asked.from : readGranularity(query.granularity);
  if ((asked.to - asked.from) / stepMs > MAX_BUCKETS) throw badRequest('granularity: too fine for this interval');
  const ids = valuesNamed([query.filter], 'userId');
  if (ids === null) throw badRequest('filter: name at least one userId');
  if (ids.size > MAX_USERS) throw badRequest(`filter: at most ${MAX_USERS} predicates of userId are allowed`);
  const users = [...ids]
    .map((id) => call.world.user(id))
    .filter((user) => user !== null && call.world.engine.has(user.id))
    .filter((user) => user !== null)
    .filter((user) => call.access.holdsIn(VIEW, user.division.id));
  return {
    systemToOrganizationMappings: mappingsOf(call),
    results: users.map((user) => ({
      group: { userId: user.id },
      data: userAggregates(call.world, user, { ...asked, stepMs, metrics: query.metrics }),
    })),
  };
};

const mappingsOf = ({ world }: ApiCall): Record<string, string[]> => {
  const mappings: Record<string, string[]> = {};
  for (const { id, systemPresence } of world.organisation.presenceDefinitions)
    (mappings[inNotifications(systemPresence)] ??= []).push(id);
  return mappings;
};

export const userAggregatesOperations: readonly Operation[] = [
  {
    id: 'postAnalyticsUsersAggregatesQuery',
    method: 'POST',
    path: '/api/v2/analytics/users/aggregates/query',
    permissions: anyOf(VIEW),
    run: queryAggregates,
  },
];
