import { addDays, startOfDay, type AgentId, type Interval } from '@floorwatch/domain';
import type { ActivityCode, FullDayTimeOffMarker, ScheduleActivity, ScheduleSearchResult } from '../wire/workforce.ts';
import { toInstantMs } from './instant.ts';

/** What an agent was, or is, meant to do. Instants in ms. */
export interface ScheduledActivity extends Interval {
  /** The platform's category, in its own spelling: `OnQueueWork`, `Break`, …; `Unknown` where its code is not known. */
  readonly category: string;
  /** The organisation's word for it; null where it has none. */
  readonly activityCode: string | null;
  readonly isPaid: boolean | null;
}

export type ActivityCodes = ReadonlyMap<string, ActivityCode>;

const MINUTE_MS = 60_000;

/** The schedule of one agent, oldest first, as far as it touches the interval. */
export const toSchedule = (
  agentId: AgentId,
  { businessUnitTimeZone, agentSchedules }: ScheduleSearchResult,
  { codes, interval }: { readonly codes: ActivityCodes; readonly interval: Interval },
): ScheduledActivity[] =>
  (agentSchedules ?? [])
    .filter(({ user }) => user?.id === agentId)
    .flatMap(({ shifts, fullDayTimeOffMarkers }) => [
      ...(shifts ?? []).flatMap(({ activities }) => (activities ?? []).map((one) => toActivity(one, codes))),
      ...(fullDayTimeOffMarkers ?? []).map((one) => toDayOff(one, { codes, zone: businessUnitTimeZone ?? 'UTC' })),
    ])
    .filter((one) => one !== null)
    .filter(({ from, to }) => from < interval.to && interval.from < to)
    .toSorted((a, b) => a.from - b.from);

const toActivity = (wire: ScheduleActivity, codes: ActivityCodes): ScheduledActivity | null => {
  const from = toInstantMs(wire.startDate);
  if (from === null) return null;
  const to = from + wire.lengthMinutes * MINUTE_MS;
  return { from, to, ...meaningOf(codes.get(wire.activityCodeId)), isPaid: wire.paid ?? null };
};

const toDayOff = (
  wire: FullDayTimeOffMarker,
  { codes, zone }: { readonly codes: ActivityCodes; readonly zone: string },
): ScheduledActivity | null => {
  const day = wire.businessUnitDate;
  if (toInstantMs(day) === null) return null;
  const meaning = meaningOf(codes.get(wire.activityCodeId ?? ''));
  return {
    from: startOfDay(day, zone),
    to: startOfDay(addDays(day, 1), zone),
    ...meaning,
    category: meaning.category === UNKNOWN ? 'TimeOff' : meaning.category,
    isPaid: wire.paid ?? null,
  };
};

const UNKNOWN = 'Unknown';

const meaningOf = (code: ActivityCode | undefined): Pick<ScheduledActivity, 'category' | 'activityCode'> => ({
  category: code?.category ?? UNKNOWN,
  activityCode: code?.name ?? null,
});
