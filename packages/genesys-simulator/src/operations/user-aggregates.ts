import type { Interval } from '../history/history.ts';
import type { Segment } from '../history/segment.ts';
import { inNotifications } from '../org/presence-definition.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { World } from '../server/world.ts';
import { isoOf } from './interval.ts';

export const USER_METRICS = ['tSystemPresence', 'tOrganizationPresence', 'tAgentRoutingStatus'] as const;

export type UserMetric = (typeof USER_METRICS)[number];

export interface AskedAggregates extends Interval {
  /** Length of the stretches that the interval is cut into, ms. */
  readonly stepMs: number;
  readonly metrics: readonly UserMetric[];
}

/** Time of each qualifier within a stretch, ms; what goes on lasts until its end. */
const sumsOf = <Value>(
  segments: readonly Segment<Value>[],
  { from, to }: Interval,
  qualifierOf: (value: Value) => string,
): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { startsAt, endsAt, value } of segments) {
    const ms = Math.min(endsAt ?? to, to) - Math.max(startsAt, from);
    const qualifier = qualifierOf(value);
    if (ms > 0) sums.set(qualifier, (sums.get(qualifier) ?? 0) + ms);
  }
  return sums;
};

/** What an agent spent their time on, stretch by stretch; nothing of the future. */
export const userAggregates = (
  { history, virtualClock }: World,
  user: UserProfile,
  { from, to, stepMs, metrics }: AskedAggregates,
): object[] => {
  const until = Math.min(to, virtualClock.now());
  if (until <= from) return [];
  const presence = history.presenceSegments(user, { from, to: until });
  const routing = history.routingSegments(user, { from, to: until });
  const data: object[] = [];
  for (let start = from; start < until; start += stepMs) {
    const bucket = { from: start, to: Math.min(start + stepMs, until) };
    const sums: Readonly<Record<UserMetric, () => ReadonlyMap<string, number>>> = {
      tSystemPresence: () => sumsOf(presence, bucket, ({ systemPresence }) => inNotifications(systemPresence)),
      tOrganizationPresence: () => sumsOf(presence, bucket, ({ definitionId }) => definitionId),
      tAgentRoutingStatus: () => sumsOf(routing, bucket, (status) => status),
    };
    data.push({
      interval: `${isoOf(start)}/${isoOf(Math.min(start + stepMs, to))}`,
      metrics: metrics.flatMap((metric) =>
        [...sums[metric]()].map(([qualifier, sum]) => ({ metric, qualifier, stats: { sum: Math.round(sum) } })),
      ),
    });
  }
  return data;
};
