import type {
  ChannelReport,
  FloorHealth,
  RecordingReport,
  SnapshotCheckReport,
  UpstreamHealth,
} from '@floorwatch/contracts';
import { agentId, WARNING_KINDS, warningsOf, type Board, type Clock, type WarningKind } from '@floorwatch/domain';
import type { BreakerStatus, BudgetStatus, ChannelStatus, GenesysCloud } from '@floorwatch/genesys';
import type { FeedStatus } from '../../ingest/board-feed.ts';
import type { SnapshotCheckStatus } from '../../ingest/quality/snapshot-check.ts';
import type { RecordingStatus } from '../../recording/recorder.ts';

/** More names would help nobody: the count says how bad it is. */
const MAX_REJECTED_TOPICS = 100;

export interface FloorHealthOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly cloud: Pick<GenesysCloud, 'breaker' | 'budget' | 'oddities' | 'platformNow'>;
  readonly upstream: () => UpstreamHealth;
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

  report(): FloorHealth {
    const { board, clock, cloud, upstream, channels, browsers } = this.#options;
    const feed = this.#options.feed();
    const { stuck, sample } = feed.quality;
    return {
      now: iso(clock.now()),
      upstream: upstream(),
      browsers: browsers(),
      agents: {
        total: board.size,
        byActivity: { ...board.counts },
        byWarning: countWarnings(board, cloud.platformNow()),
      },
      channels: channels().map(channelReport),
      rejectedTopics: this.#rejectedTopics(),
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

  #rejectedTopics(): FloorHealth['rejectedTopics'] {
    const rejected = this.#options.channels().flatMap(({ rejectedTopics }) => rejectedTopics);
    const named = rejected.slice(0, MAX_REJECTED_TOPICS).map(({ topic, reason }) => {
      const id = /^v2\.users\.([^.?]+)/.exec(topic)?.[1] ?? '';
      return { topic, reason, agent: this.#options.board.rowOf(agentId(id))?.profile.name ?? null };
    });
    return { total: rejected.length, named };
  }
}

/** Agents by what makes their row one to be read with care. */
const countWarnings = (board: Board, platformNow: number): Record<WarningKind, number> => {
  const counts = Object.fromEntries(WARNING_KINDS.map((kind) => [kind, 0])) as Record<WarningKind, number>;
  for (const row of board.rows()) for (const { kind } of warningsOf(row, platformNow)) counts[kind] += 1;
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
