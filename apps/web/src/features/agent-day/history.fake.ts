import type {
  AgentAvailability,
  AgentComparison,
  AgentHistory,
  AvailabilityFigures,
  StatusTime,
} from '@floorwatch/contracts';
import {
  METRIC_STATE,
  readActivity,
  seededRandom,
  type Activity,
  type Interval,
  type MetricState,
  type RoutingState,
  type SystemPresence,
} from '@floorwatch/domain';

/** One stretch of a made-up past: both facts hold through it. Null facts: nothing is known. */
export interface PastStretch extends Interval {
  readonly presence: SystemPresence | null;
  readonly routing: RoutingState | null;
}

const MINUTE_MS = 60_000;

/** A working past: shifts from 08:00 to 17:00 UTC with contacts, a break, a meal, and a gap in the afternoon. */
export const busyPast = ({ from, to }: Interval, seed = 'ana'): PastStretch[] => {
  const random = seededRandom(seed);
  const past: PastStretch[] = [];
  const add = (until: number, presence: SystemPresence | null, routing: RoutingState | null): void => {
    const start = past.at(-1)?.to ?? from;
    if (Math.min(until, to) > start) past.push({ from: start, to: Math.min(until, to), presence, routing });
  };
  for (let at = from; at < to; at = past.at(-1)?.to ?? to) {
    const hour = new Date(at).getUTCHours();
    if (hour < 8) add(Math.floor(at / 86_400_000) * 86_400_000 + 8 * 3_600_000, 'offline', 'offQueue');
    else if (hour >= 17) add((Math.floor(at / 86_400_000) + 1) * 86_400_000, 'offline', 'offQueue');
    else if (hour === 12) add(at + 30 * MINUTE_MS, 'meal', 'offQueue');
    else if (hour === 15 && new Date(at).getUTCMinutes() < 4) add(at + 12 * MINUTE_MS, null, null);
    else if (random() < 0.06) add(at + 10 * MINUTE_MS, 'break', 'offQueue');
    else if (random() < 0.03) add(at + 2 * MINUTE_MS, 'onQueue', 'offQueue');
    else if (random() < 0.5) add(at + Math.round(20_000 + random() * 240_000), 'onQueue', 'interacting');
    else add(at + Math.round(10_000 + random() * 120_000), 'onQueue', 'idle');
  }
  return past;
};

const iso = (at: number): string => new Date(at).toISOString();

type Segment = AgentHistory['segments'][number];

/** What the API tells of a past over an interval, in one page. */
export const historyReply = (past: readonly PastStretch[], { from, to }: Interval, now: number): AgentHistory => {
  const end = Math.min(to, now);
  const held = past.filter((stretch) => stretch.from < end && stretch.to > from);
  const lane = <Value>(
    read: (stretch: PastStretch) => Value,
    tell: (value: Value, parts: Told) => Segment,
  ): Segment[] => {
    const joined: { from: number; to: number; start: number; value: Value }[] = [];
    for (const stretch of held) {
      const value = read(stretch);
      const last = joined.at(-1);
      if (last !== undefined && JSON.stringify(last.value) === JSON.stringify(value)) last.to = stretch.to;
      else joined.push({ from: stretch.from, start: stretch.from, to: stretch.to, value });
    }
    return joined.map(({ from: start, to: finish, value }) =>
      tell(value, {
        from: iso(Math.max(start, from)),
        to: iso(Math.min(finish, end)),
        startsExactly: start >= from,
        isOngoing: finish >= end && end === now,
      }),
    );
  };
  return {
    agentId: 'id-Ana',
    from: iso(from),
    to: iso(end),
    segments: [
      ...lane(
        ({ presence }) => presence,
        (system, told) => ({
          kind: 'organisation',
          ...told,
          system,
          definitionId: null,
          label: null,
          message: null,
          actor: { by: 'agent', name: null },
          source: system === null ? null : 'event',
        }),
      ),
      ...lane(
        ({ routing }) => routing,
        (routing, told) => ({ kind: 'routing', ...told, routing, source: routing === null ? null : 'event' }),
      ),
      ...lane(activityOfStretch, (reading, told) => ({ kind: 'activity', ...told, ...reading })),
    ],
    gaps: held
      .filter(({ presence }) => presence === null)
      .map((gap) => ({ from: iso(gap.from), to: iso(gap.to), reason: 'not-recording', state: 'unknowable' })),
    volatile: [],
    analyticsProblem: null,
    scheduleProblem: null,
    retainedFrom: iso(now - 92 * 86_400_000),
    cursor: null,
  };
};

interface Told {
  readonly from: string;
  readonly to: string;
  readonly startsExactly: boolean;
  readonly isOngoing: boolean;
}

const activityOfStretch = ({ presence, routing }: PastStretch) =>
  presence === null || routing === null
    ? { activity: 'unknown' as const, discrepancy: null }
    : readActivity(presence, routing, false);

/** A plan of every day of the interval: on queue from 08:00, a meal at 12:00, until 17:00 UTC. */
export const scheduleReply = (range: Interval, now: number): AgentHistory => {
  const segments: Segment[] = [];
  for (let day = Math.floor(range.from / 86_400_000) * 86_400_000; day < range.to; day += 86_400_000) {
    for (const [start, finish, category] of [
      [8, 12, 'OnQueueWork'],
      [12, 12.5, 'Meal'],
      [12.5, 17, 'OnQueueWork'],
    ] as const)
      segments.push({
        kind: 'schedule',
        from: iso(day + start * 3_600_000),
        to: iso(day + finish * 3_600_000),
        startsExactly: true,
        isOngoing: false,
        category,
        activityCode: null,
        isPaid: category !== 'Meal',
      });
  }
  return { ...historyReply([], range, now), segments };
};

/** Figures of a past over an interval. */
export const figuresOf = (past: readonly PastStretch[], { from, to }: Interval): AvailabilityFigures => {
  const seconds: Record<MetricState, number> = {
    available: 0,
    onCall: 0,
    wrapUp: 0,
    notReady: 0,
    offline: 0,
    unknown: 0,
  };
  const activitySeconds: Partial<Record<Activity, number>> = {};
  let stateTransitions = 0;
  for (const stretch of past) {
    const length = (Math.min(stretch.to, to) - Math.max(stretch.from, from)) / 1000;
    if (length <= 0) continue;
    const { activity } = activityOfStretch(stretch);
    seconds[METRIC_STATE[activity]] += length;
    activitySeconds[activity] = (activitySeconds[activity] ?? 0) + length;
    stateTransitions += 1;
  }
  const elapsedSeconds = Object.values(seconds).reduce((sum, value) => sum + value, 0);
  const staffed = elapsedSeconds - seconds.offline - seconds.unknown;
  const atWork = seconds.available + seconds.onCall + seconds.wrapUp;
  return {
    availableSeconds: seconds.available,
    notReadySeconds: seconds.notReady,
    onCallSeconds: seconds.onCall,
    wrapUpSeconds: seconds.wrapUp,
    offlineSeconds: seconds.offline,
    unknownSeconds: seconds.unknown,
    activitySeconds,
    elapsedSeconds,
    stateTransitions,
    readyShare: staffed === 0 ? null : seconds.available / staffed,
    accessibleShare: staffed === 0 ? null : atWork / staffed,
    occupancy: atWork === 0 ? null : (atWork - seconds.available) / atWork,
    isVolatile: false,
  };
};

interface AvailabilityAsked {
  readonly range: Interval;
  readonly now: number;
  readonly stepMs: number;
  readonly zone: string;
  readonly granularity: AgentAvailability['granularity'];
}

/** What the API tells of the availability over an interval. */
export const availabilityReply = (
  past: readonly PastStretch[],
  { range, now, stepMs, zone, granularity }: AvailabilityAsked,
): AgentAvailability => {
  const end = Math.min(range.to, now);
  const intervals: AgentAvailability['intervals'] = [];
  for (let at = range.from; at < end; at += stepMs) {
    const to = Math.min(at + stepMs, end);
    intervals.push({ windowStart: iso(at), windowEnd: iso(to), ...figuresOf(past, { from: at, to }) });
  }
  const total = figuresOf(past, { from: range.from, to: end });
  return {
    agentId: 'id-Ana',
    from: iso(range.from),
    to: iso(end),
    zone,
    granularity,
    intervals,
    total,
    statuses: statusesOf(past, { from: range.from, to: end }),
    analyticsProblem: null,
    gapSeconds: total.unknownSeconds,
    retainedFrom: iso(now - 92 * 86_400_000),
  };
};

const statusesOf = (past: readonly PastStretch[], { from, to }: Interval): StatusTime[] => {
  const times = new Map<SystemPresence, { seconds: number; times: number }>();
  for (const stretch of past) {
    const length = (Math.min(stretch.to, to) - Math.max(stretch.from, from)) / 1000;
    if (length <= 0 || stretch.presence === null) continue;
    const held = times.get(stretch.presence) ?? { seconds: 0, times: 0 };
    times.set(stretch.presence, { seconds: held.seconds + length, times: held.times + 1 });
  }
  return [...times]
    .map(([system, told]) => ({ system, definitionId: system, label: null, isSecondary: false, ...told }))
    .toSorted((a, b) => b.seconds - a.seconds);
};

/** What the API tells of a day beside the same weekdays before. */
export const comparisonReply = (past: readonly PastStretch[], day: Interval, zone: string): AgentComparison => ({
  agentId: 'id-Ana',
  zone,
  day: { from: iso(day.from), to: iso(day.to), figures: figuresOf(past, day) },
  sameWeekdays: [1, 2, 3, 4].map((weeks) => {
    const shifted = { from: day.from - weeks * 7 * 86_400_000, to: day.to - weeks * 7 * 86_400_000 };
    return {
      from: iso(shifted.from),
      to: iso(shifted.to),
      figures: weeks === 3 ? null : figuresOf(busyPast(shifted, `week ${weeks}`), shifted),
    };
  }),
  team: { name: 'Blue', agents: 11, readyShare: 0.31, accessibleShare: 0.82, occupancy: 0.61 },
});
