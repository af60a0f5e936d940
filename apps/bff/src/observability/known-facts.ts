import {
  hasFlag,
  isGraceOver,
  WARNING_KINDS,
  type AgentRow,
  type Board,
  type Clock,
  type WarningKind,
} from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { BoardFeed } from '../ingest/board-feed.ts';
import type { BoardHub } from '../live/board-hub.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { Webhooks } from '../webhooks/compose-webhooks.ts';
import type { KnownFacts } from './operations-watch.ts';

/** Every row is looked at for this; once in so many looks is soon enough. */
const COUNT_EVERY = 4;

interface Parts {
  readonly board: Board;
  readonly cloud: Pick<GenesysCloud, 'breaker' | 'budget' | 'oddities' | 'platformNow'>;
  readonly clock: Clock;
  readonly feed: BoardFeed;
  readonly hub: BoardHub;
  readonly recording: Recorder | null;
  readonly webhooks: Pick<Webhooks, 'status'> | null;
}

/** Asks every part for what it knows of itself. */
export const knownFacts = ({ board, cloud, clock, feed, hub, recording, webhooks }: Parts): (() => KnownFacts) => {
  let looks = 0;
  let toDoubt = countToDoubt(board, cloud.platformNow());
  return () => {
    if (looks % COUNT_EVERY === 0) toDoubt = countToDoubt(board, cloud.platformNow());
    looks += 1;
    return {
      upstream: feed.health(),
      channels: feed.channels(),
      feed: feed.status(),
      budget: cloud.budget(),
      breaker: cloud.breaker(),
      oddities: cloud.oddities(),
      clockOffsetMs: cloud.platformNow() - clock.now(),
      agents: { total: board.size, toDoubt },
      browsersDropped: hub.dropped,
      recording: recording?.status() ?? null,
      webhooks: webhooks?.status() ?? null,
    };
  };
};

const countToDoubt = (board: Board, platformNow: number): Record<WarningKind, number> => {
  const counts = Object.fromEntries(WARNING_KINDS.map((kind) => [kind, 0])) as Record<WarningKind, number>;
  for (const row of board.rows()) {
    if (contradicts(row) && isGraceOver(row, platformNow)) counts.discrepancy += 1;
    for (const { kind } of row.flags) counts[kind] += 1;
  }
  return counts;
};

/** A last contact that is being finished is what a floor looks like. */
const contradicts = ({ discrepancy, flags }: AgentRow): boolean =>
  discrepancy !== null && discrepancy !== 'finishing' && !hasFlag(flags, 'unlisted');
