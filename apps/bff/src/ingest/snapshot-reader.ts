import type { AgentId, Board, Clock } from '@floorwatch/domain';
import type { GenesysCloud, Priority } from '@floorwatch/genesys';
import type { Intake } from './intake.ts';
import type { AnswerJudge } from './quality/answer-judge.ts';
import { SnapshotRejected, type Naming, type SnapshotCheck } from './quality/snapshot-check.ts';
import type { UpstreamMonitor } from './upstream-monitor.ts';

/** Of fewer, a few may well have left since: their absence says nothing about the answer. */
const LEAST_TO_JUDGE = 10;

export interface SnapshotReaderOptions {
  readonly cloud: GenesysCloud;
  readonly board: Board;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly monitor: UpstreamMonitor;
  readonly check: SnapshotCheck;
  readonly judge: AnswerJudge;
}

export interface SnapshotRead {
  readonly ids: readonly AgentId[];
  readonly priority: Priority;
  readonly signal: AbortSignal;
}

/** Reads agents from the platform onto the board. Older than what the board knows is ignored there, part by part. */
export class SnapshotReader {
  readonly #options: SnapshotReaderOptions;

  constructor(options: SnapshotReaderOptions) {
    this.#options = options;
  }

  /**
   * An answer that names too few of those asked for was a truncated one: the others are not read, and keep their state.
   * @param read at most `MAX_USERS_PER_CALL` ids
   * @throws GenesysError when the platform cannot be read, SnapshotRejected (after a pause) or SnapshotsHeldBack when its
   * answers cannot be believed; the monitor has been told
   */
  async read(read: SnapshotRead): Promise<void> {
    const { clock, monitor, check } = this.#options;
    const { ids, signal } = read;
    try {
      if (ids.length < LEAST_TO_JUDGE) await this.#take(read);
      else await check.judge(() => this.#take(read));
      monitor.readSucceeded();
    } catch (error) {
      if (!signal.aborted) monitor.readFailed(error);
      if (error instanceof SnapshotRejected) await clock.sleep(error.retryInMs, signal);
      throw error;
    }
  }

  async #take({ ids, priority, signal }: SnapshotRead): Promise<Naming> {
    const { cloud, board, intake, judge } = this.#options;
    const users = await cloud.getUsers(ids, { priority, signal });
    for (const { profile, observation } of users) {
      board.putAgent(profile);
      judge.look(observation);
      intake.take(observation);
    }
    return { known: ids.length, named: users.length };
  }
}
