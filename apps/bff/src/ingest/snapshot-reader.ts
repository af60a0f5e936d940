import type { AgentId, Board } from '@floorwatch/domain';
import type { GenesysCloud, Priority } from '@floorwatch/genesys';
import type { UpstreamMonitor } from './upstream-monitor.ts';

export interface SnapshotReaderOptions {
  readonly cloud: GenesysCloud;
  readonly board: Board;
  readonly monitor: UpstreamMonitor;
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
   * @param read at most `MAX_USERS_PER_CALL` ids
   * @throws GenesysError when the platform cannot be read; the monitor has been told
   */
  async read({ ids, priority, signal }: SnapshotRead): Promise<void> {
    const { cloud, board, monitor } = this.#options;
    try {
      for (const { profile, observation } of await cloud.getUsers(ids, { priority, signal })) {
        board.putAgent(profile);
        board.applyEvent(observation);
      }
      monitor.readSucceeded();
    } catch (error) {
      if (!signal.aborted) monitor.readFailed(error);
      throw error;
    }
  }
}
