import type { UpstreamHealth } from '@floorwatch/contracts';
import type { AgentId, Board, Clock } from '@floorwatch/domain';
import { backOffMs, type AgentEvents, type ChannelStatus, type GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import { Directory, type DirectoryNames } from './directory.ts';
import { ResyncQueue } from './resync-queue.ts';
import { RollingSweep } from './rolling-sweep.ts';
import { SnapshotReader } from './snapshot-reader.ts';
import { UpstreamMonitor } from './upstream-monitor.ts';

/** How often agents are re-read whose events do not arrive (design §2). */
const POLL_ROUND_MS = 15_000;

export interface BoardFeedOptions {
  readonly cloud: GenesysCloud;
  readonly board: Board;
  readonly clock: Clock;
  readonly log: Logger;
  /** Length of a round of the sweep over everybody, ms. */
  readonly sweepMs: number;
  /** How often the list of agents and the names are read again, ms. */
  readonly registryRefreshMs: number;
}

/**
 * Platform → board. Events are hints, REST is the truth: everybody is read once, then events keep the board current,
 * every gap in them ends in a re-reading of exactly those it hit, and a slow sweep finds what no event told.
 */
export class BoardFeed {
  readonly #options: BoardFeedOptions;
  readonly #stopping = new AbortController();
  readonly #monitor: UpstreamMonitor;
  readonly #reader: SnapshotReader;
  readonly #resync: ResyncQueue;
  readonly #directory: Directory;
  /** Null until the agents are known. */
  #events: AgentEvents | null = null;
  readonly #subscribed = new Set<AgentId>();
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: BoardFeedOptions) {
    this.#options = options;
    const { cloud, board, clock } = options;
    this.#monitor = new UpstreamMonitor({
      clock,
      agentsTotal: () => board.size,
      agentsInDoubt: () => this.#resync.size,
      channels: () => this.channels(),
    });
    this.#reader = new SnapshotReader({ cloud, board, monitor: this.#monitor });
    this.#resync = new ResyncQueue({ reader: this.#reader, clock });
    this.#directory = new Directory({ cloud, board, clock, log: options.log });
  }

  /** Starts feeding; returns at once and goes on until `stop`, whatever the platform does. */
  start(): void {
    const { signal } = this.#stopping;
    this.#running = this.#run(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#options.log.fatal({ event: 'feed-ended', err: error }, 'the board is no longer fed');
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#events?.stop();
    await this.#running;
  }

  health(): UpstreamHealth {
    return this.#monitor.health();
  }

  get isBoardComplete(): boolean {
    return this.#monitor.isBoardComplete;
  }

  names(): DirectoryNames {
    return this.#directory.names;
  }

  channels(): readonly ChannelStatus[] {
    return this.#events?.channels() ?? [];
  }

  /** Whether what the board says of the agent is kept current by events right now. */
  isLive(id: AgentId): boolean {
    const isHeard = this.#events?.unheardAgents().includes(id) === false;
    return isHeard && this.#subscribed.has(id) && !this.#resync.has(id);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { board, clock, log, sweepMs } = this.#options;
    await this.#untilItWorks('load-names', signal, () => this.#directory.readNames(signal));
    await this.#untilItWorks('load-agents', signal, () => this.#readEverybody(signal));
    this.#subscribeNewcomers();
    this.#monitor.boardComplete();
    log.info({ event: 'board-complete', agents: board.size }, 'every agent is on the board');
    const everybody = new RollingSweep({
      reader: this.#reader,
      clock,
      agents: () => [...board.rows()].map((row) => row.profile.id),
      roundMs: sweepMs,
    });
    const unheard = new RollingSweep({
      reader: this.#reader,
      clock,
      agents: () => this.#events?.unheardAgents() ?? [],
      roundMs: POLL_ROUND_MS,
      onRound: (startedAt) => {
        this.#monitor.pollCompleted(startedAt);
      },
    });
    await Promise.all([
      this.#resync.run(signal),
      everybody.run(signal),
      unheard.run(signal),
      this.#keepRegistryCurrent(signal),
    ]);
  }

  /** Reads the whole list. Agents that a complete list no longer names have left. */
  async #readEverybody(signal: AbortSignal): Promise<void> {
    const { cloud, board, log } = this.#options;
    const seen = new Set<AgentId>();
    let expected = 0;
    for await (const { users, total } of cloud.listUsers({ priority: 'sweep', signal })) {
      expected = total;
      for (const { profile, observation } of users) {
        board.putAgent(profile);
        board.applyEvent(observation);
        seen.add(profile.id);
      }
      if (!this.isBoardComplete) {
        this.#monitor.loading({ loaded: board.size, total });
        log.info({ event: 'loading-agents', loaded: board.size, total }, 'loading agents');
      }
    }
    this.#monitor.readSucceeded();
    if (seen.size < expected) return;
    for (const { profile } of board.rows()) if (!seen.has(profile.id)) this.#removeAgent(profile.id);
  }

  #removeAgent(id: AgentId): void {
    this.#options.board.removeAgent(id);
    this.#subscribed.delete(id);
  }

  /** Follows the events of every agent that is not followed yet. */
  #subscribeNewcomers(): void {
    const { cloud, board } = this.#options;
    const newcomers = [...board.rows()].map((row) => row.profile.id).filter((id) => !this.#subscribed.has(id));
    for (const id of newcomers) this.#subscribed.add(id);
    if (this.#events !== null) {
      if (newcomers.length > 0) this.#events.add(newcomers);
      return;
    }
    this.#events = cloud.openAgentEvents({
      agentIds: newcomers,
      onObservation: (observation) => {
        board.applyEvent(observation);
      },
      onGap: (ids) => {
        this.#resync.add(ids);
      },
      onChannelState: () => undefined, // a channel logs for itself; its health is asked for with every frame
    });
  }

  async #keepRegistryCurrent(signal: AbortSignal): Promise<void> {
    const { clock, registryRefreshMs } = this.#options;
    while (!signal.aborted) {
      await this.#untilItWorks('load-membership', signal, () => this.#directory.readMembership(signal));
      await clock.sleep(registryRefreshMs, signal);
      await this.#untilItWorks('load-names', signal, () => this.#directory.readNames(signal));
      await this.#untilItWorks('load-agents', signal, () => this.#readEverybody(signal));
      this.#subscribeNewcomers();
    }
  }

  /** Tries for ever, with back-off; the monitor says what is wrong meanwhile. */
  async #untilItWorks(what: string, signal: AbortSignal, task: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await task();
        return;
      } catch (error) {
        signal.throwIfAborted();
        this.#monitor.readFailed(error);
        const retryInMs = backOffMs(attempt, Math.random);
        log.warn({ event: `${what}-failed`, attempt, retryInMs, reason: String(error) }, 'the platform cannot be read');
        await clock.sleep(retryInMs, signal);
      }
    }
  }
}
