import type {
  ChannelReport,
  FloorHealth,
  RecordingReport,
  SnapshotCheckReport,
  UpstreamHealth,
} from '@floorwatch/contracts';
import {
  ACTIVITIES,
  agentId,
  covers,
  WARNING_KINDS,
  warningsOf,
  type Activity,
  type AgentRow,
  type Board,
  type Clock,
  type DivisionScope,
  type WarningKind,
} from '@floorwatch/domain';
import type { BreakerStatus, BudgetStatus, ChannelStatus, GenesysCloud } from '@floorwatch/genesys';
import type { FeedStatus } from '../../ingest/feed-status.ts';
import type { SnapshotCheckStatus } from '../../ingest/quality/snapshot-check.ts';
import type { RecordingStatus } from '../../recording/recorder.ts';

/** More names would help nobody: the count says how bad it is. */
const MAX_REJECTED_TOPICS = 100;

export interface FloorHealthOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly cloud: Pick<GenesysCloud, 'breaker' | 'budget' | 'oddities' | 'platformNow'>;
  readonly upstream: (seen: DivisionScope) => UpstreamHealth;
  readonly channels: () => readonly ChannelStatus[];
  readonly feed: () => FeedStatus;
  readonly browsers: () => number;
  /** Null where nothing is recorded. */
  readonly recording: () => RecordingStatus | null;
}

/** Gathers what every part between the platform and the wall knows of itself. */
export class FloorHealthReporter {
  readonly #options: FloorHealthOptions;

  constructor(options: FloorHealthOptions) {
    this.#options = options;
  }

  /** Agents are counted and named only where they may be seen; for a part of the floor the machinery is left out. */
  report(seen: DivisionScope): FloorHealth {
    const whole = this.#reportWhole(seen);
    return seen === 'all' ? whole : withoutOthers(whole);
  }

  #reportWhole(seen: DivisionScope): FloorHealth {
    const { board, clock, cloud, upstream, channels, browsers } = this.#options;
    const feed = this.#options.feed();
    const { stuck, sample } = feed.quality;
    return {
      now: iso(clock.now()),
      isCut: seen !== 'all',
      upstream: upstream(seen),
      browsers: browsers(),
      agents: countAgents(board, seen, cloud.platformNow()),
      channels: channels().map(channelReport),
      rejectedTopics: this.#rejectedTopics(seen),
      reading: {
        sweep: { lastRoundAt: isoOrNull(feed.sweep.lastRoundAt), roundMs: feed.sweep.roundMs },
        poll: { ...feed.poll, lastRoundAt: isoOrNull(feed.poll.lastRoundAt) },
        waiting: feed.agentsInDoubt,
      },
      budget: budgetReport(cloud.budget()),
      platform: platformReport(cloud.breaker()),
      registry: {
        ...checkReport(feed.registry),
        lastBelievedAt: isoOrNull(feed.registry.lastBelievedAt),
        unlisted: feed.registry.unlisted,
      },
      reads: checkReport(feed.reads),
      sample: {
        nextAt: isoOrNull(sample.nextAt),
        last: sample.last === null ? null : { ...sample.last, at: iso(sample.last.at) },
      },
      stuck: {
        flagged: stuck.stuck,
        adopted: stuck.adopted,
        confirmed: stuck.confirmed,
        statusRefused: stuck.statusRefused,
      },
      recording: recordingReport(this.#options.recording()),
      oddities: Object.entries(cloud.oddities())
        .map(([kind, count]) => ({ kind, count }))
        .toSorted((a, b) => b.count - a.count),
    };
  }

  #rejectedTopics(seen: DivisionScope): FloorHealth['rejectedTopics'] {
    const rejected = this.#options
      .channels()
      .flatMap(({ rejectedTopics }) => rejectedTopics)
      .map(({ topic, reason }) => {
        const id = /^v2\.users\.([^.?]+)/.exec(topic)?.[1] ?? '';
        return { topic, reason, profile: this.#options.board.rowOf(agentId(id))?.profile ?? null };
      })
      .filter(({ profile }) => covers(seen, profile?.divisionId ?? null));
    const named = rejected
      .slice(0, MAX_REJECTED_TOPICS)
      .map(({ topic, reason, profile }) => ({ topic, reason, agent: profile?.name ?? null }));
    return { total: rejected.length, named };
  }
}

const countAgents = (board: Board, seen: DivisionScope, platformNow: number): FloorHealth['agents'] => {
  const rows = [...board.rows()].filter(({ profile }) => covers(seen, profile.divisionId));
  return {
    total: rows.length,
    byActivity: seen === 'all' ? { ...board.counts } : countActivities(rows),
    byWarning: countWarnings(rows, platformNow),
  };
};

const countActivities = (rows: readonly AgentRow[]): Record<Activity, number> => {
  const counts = Object.fromEntries(ACTIVITIES.map((activity) => [activity, 0])) as Record<Activity, number>;
  for (const { activity } of rows) counts[activity] += 1;
  return counts;
};

/**
 * What the machinery tells is of agents all over the organisation, and its reasons may name them: left out for whoever may
 * see a part of the floor.
 */
const withoutOthers = (report: FloorHealth): FloorHealth => ({
  ...report,
  channels: [],
  rejectedTopics: {
    total: report.rejectedTopics.total,
    named: report.rejectedTopics.named.map((one) => ({
      ...one,
      reason: 'Genesys Cloud refuses the events of this agent',
    })),
  },
  reading: { ...report.reading, poll: { ...report.reading.poll, agents: 0 }, waiting: 0 },
  platform: { ...report.platform, reason: null },
  registry: { ...report.registry, lastRejection: null, unlisted: report.agents.byWarning.unlisted ?? 0 },
  reads: { ...report.reads, lastRejection: null },
  sample: { ...report.sample, last: null },
  stuck: { flagged: report.agents.byWarning.stuck ?? 0, adopted: 0, confirmed: 0, statusRefused: null },
  recording: null,
  oddities: [],
});

/** Agents by what makes their row one to be read with care. */
const countWarnings = (rows: readonly AgentRow[], platformNow: number): Record<WarningKind, number> => {
  const counts = Object.fromEntries(WARNING_KINDS.map((kind) => [kind, 0])) as Record<WarningKind, number>;
  for (const row of rows) for (const { kind } of warningsOf(row, platformNow)) counts[kind] += 1;
  return counts;
};

const iso = (ms: number): string => new Date(ms).toISOString();

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

const channelReport = (channel: ChannelStatus): ChannelReport => ({
  index: channel.index,
  state: channel.state,
  since: iso(channel.since),
  agents: channel.agents,
  lastHeardAt: isoOrNull(channel.lastFrameAt),
  attempt: channel.attempt,
  nextAttemptAt: isoOrNull(channel.nextAttemptAt),
  reason: channel.reason,
});

const checkReport = (check: SnapshotCheckStatus): SnapshotCheckReport => ({
  breaker: check.breaker,
  rejections: check.rejections,
  rejectionsInARow: check.rejectionsInARow,
  nextProbeAt: isoOrNull(check.nextProbeAt),
  lastRejection: check.lastRejection === null ? null : { ...check.lastRejection, at: iso(check.lastRejection.at) },
});

const platformReport = ({ state, since, reason }: BreakerStatus): FloorHealth['platform'] => ({
  breaker: state,
  since: isoOrNull(since),
  reason,
});

const budgetReport = ({
  used,
  allowed,
  resetsAt,
  pausedUntil,
  inFlight,
  waiting,
}: BudgetStatus): FloorHealth['budget'] => ({
  used,
  allowed,
  resetsAt: isoOrNull(resetsAt),
  pausedUntil: isoOrNull(pausedUntil),
  inFlight,
  waiting: Object.values(waiting).reduce((sum, calls) => sum + calls, 0),
});

const recordingReport = (status: RecordingStatus | null): RecordingReport | null => {
  if (status === null) return null;
  const { storeDown, written, waiting, spilled, lag, windowsUpTo, gaps, reconciliation } = status;
  return {
    store: storeDown === null ? 'up' : 'down',
    down: storeDown === null ? null : { since: iso(storeDown.since), reason: storeDown.reason },
    written,
    waiting,
    spilled: spilled.entries,
    lag,
    windowsUpTo: isoOrNull(windowsUpTo),
    gaps: { open: gaps.openGaps, filled: gaps.filled, unknowable: gaps.unknowable, problem: gaps.problem },
    reconciliation: reconciliation === null ? null : { ...reconciliation, lastAt: isoOrNull(reconciliation.lastAt) },
  };
};
