import type { UpstreamHealth } from '@floorwatch/contracts';
import type { AgentId, AgentObservation, AuditLog, Board, Clock, RowChange } from '@floorwatch/domain';
import type { AgentEvents, ChannelStatus, GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import { AgentScope, type AgentPage, type Targets } from './agent-scope.ts';
import { Directory, type DirectoryNames } from './directory.ts';
import type { FeedStatus } from './feed-status.ts';
import type { Intake } from './intake.ts';
import { AgentRegistry } from './quality/agent-registry.ts';
import { AnswerJudge } from './quality/answer-judge.ts';
import { QualityWatch } from './quality/quality-watch.ts';
import { REJECTED_BACK_OFF_MS, SnapshotCheck, SnapshotsHeldBack } from './quality/snapshot-check.ts';
import { SnapshotReader } from './snapshot-reader.ts';
import { Sweep } from './sweep.ts';
import { untilItWorks } from './until-it-works.ts';
import { UpstreamMonitor, wordsForUncovered } from './upstream-monitor.ts';

/** Who has joined which queue is read so many times more slowly than the list of agents: it takes a call or more a queue. */
const MEMBERSHIP_SLOWER = 8;

export interface BoardFeedOptions {
  readonly cloud: GenesysCloud;
  readonly board: Board;
  readonly clock: Clock;
  readonly log: Logger;
  /** Length of a round of the sweep over everybody, ms. */
  readonly sweepMs: number;
  /** How often the list of agents and the names are read again, ms. */
  readonly registryRefreshMs: number;
  /** How often a sample of the agents is compared with the platform, ms. */
  readonly sampleEveryMs: number;
  readonly targets: Targets;
  readonly intake: Intake;
  /** Where it is kept what Floorwatch itself did; null where it is not. */
  readonly audit: AuditLog | null;
  /** Told of every event that was offered to the board; on the live path. */
  readonly onEvent?: (seen: AgentObservation, change: RowChange | null) => void;
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
  readonly #sweep: Sweep;
  readonly #scope: AgentScope;
  readonly #directory: Directory;
  readonly #registry: AgentRegistry;
  readonly #readsCheck: SnapshotCheck;
  readonly #judge: AnswerJudge;
  readonly #quality: QualityWatch;
  /** Null until the agents are known. */
  #events: AgentEvents | null = null;
  readonly #subscribed = new Set<AgentId>();
  #running: Promise<unknown> = Promise.resolve();
  readonly #failure = Promise.withResolvers<string>();

  constructor(options: BoardFeedOptions) {
    this.#options = options;
    const { cloud, board, intake, clock } = options;
    this.#readsCheck = new SnapshotCheck(clock);
    this.#judge = new AnswerJudge(board);
    this.#monitor = new UpstreamMonitor({
      clock,
      agentsTotal: () => board.size,
      agentsInDoubt: () => this.#sweep.inDoubt,
      agentsUncovered: () => this.#events?.uncovered.length ?? 0,
      channels: () => this.channels(),
      listDoubt: () => this.#registry.doubt(),
    });
    this.#scope = new AgentScope(options);
    this.#registry = new AgentRegistry({
      ...options,
      judge: this.#judge,
      listAgents: (signal) => this.#listAgents(signal),
      onPage: (progress) => {
        this.#notePage(progress);
      },
      onLeft: (ids) => {
        this.#unfollow(ids);
      },
    });
    this.#reader = new SnapshotReader({
      cloud,
      board,
      intake,
      clock,
      monitor: this.#monitor,
      check: this.#readsCheck,
      judge: this.#judge,
    });
    this.#directory = new Directory({ cloud, board, intake, clock, log: options.log });
    this.#quality = new QualityWatch({
      ...options,
      reader: this.#reader,
      liveAgents: () => this.liveAgents(),
      refresh: (ids) => {
        this.#sweep.doubt(ids);
      },
    });
    this.#sweep = new Sweep({
      reader: this.#reader,
      clock,
      unheard: () => this.#events?.unheardAgents() ?? [],
      roundMs: options.sweepMs,
      onPolled: (readSince) => {
        this.#monitor.polledSince(readSince);
      },
    });
  }

  /** Starts feeding; returns at once and goes on until `stop`, whatever the platform does. */
  start(): void {
    const { signal } = this.#stopping;
    this.#running = this.#run(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.#options.log.fatal({ event: 'feed-ended', err: error }, 'the board is no longer fed');
      this.#failure.resolve(`the board is no longer fed: ${String(error)}`);
    });
  }

  /** Resolves, with the reason, when the feed has ended by a fault of its own: the board is then of no use any more. */
  get failed(): Promise<string> {
    return this.#failure.promise;
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

  /** How many agents the whole organisation has, where the configuration narrows the board to some of them; else null. */
  get narrowedFrom(): number | null {
    return this.#scope.narrowedFrom;
  }

  channels(): readonly ChannelStatus[] {
    return this.#events?.channels() ?? [];
  }

  /** Whether what the board says of the agent is kept current by events right now. */
  isLive(id: AgentId): boolean {
    const isHeard = this.#events?.unheardAgents().includes(id) === false;
    return isHeard && this.#subscribed.has(id) && !this.#sweep.isInDoubt(id);
  }

  /** What the ingest knows of itself, for the floor health panel and the metrics. */
  status(): FeedStatus {
    return {
      registry: this.#registry.status(),
      reads: this.#readsCheck.status(),
      answers: this.#judge.counts,
      quality: this.#quality.status(),
      ...this.#sweep.status(),
      agentsInDoubt: this.#sweep.inDoubt,
    };
  }

  /** Agents whose events arrive. */
  liveAgents(): AgentId[] {
    const unheard = new Set(this.#events?.unheardAgents());
    return [...this.#subscribed].filter((id) => !unheard.has(id) && !this.#sweep.isInDoubt(id));
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { board, log } = this.#options;
    await this.#untilItWorks('load-names', signal, () => this.#directory.readNames({ overMs: 0, signal }));
    await this.#readFirstList(signal);
    this.#subscribeNewcomers();
    this.#monitor.boardComplete();
    log.info({ event: 'board-complete', agents: board.size }, 'every agent is on the board');
    this.#warnOfUncovered();
    await Promise.all([
      this.#sweep.run(signal),
      this.#quality.run(signal),
      this.#keepRegistryCurrent(signal),
      this.#keepMembershipCurrent(signal),
    ]);
  }

  /** Reads the whole list for the first time. One that cannot be believed must do, after a few tries, until there is a better one. */
  async #readFirstList(signal: AbortSignal): Promise<void> {
    await this.#untilItWorks('load-agents', signal, async () => {
      try {
        await this.#readEverybody(signal);
      } catch (error) {
        if (!(error instanceof SnapshotsHeldBack)) throw error;
      }
    });
  }

  async #readEverybody(signal: AbortSignal): Promise<void> {
    await this.#registry.read(signal);
    this.#monitor.readSucceeded();
  }

  /** A refresh of the list takes the place of one round of the sweep, and its pace; the first list is read as fast as can be. */
  #listAgents(signal: AbortSignal): AsyncIterable<AgentPage> {
    const { sweepMs, registryRefreshMs } = this.#options;
    if (!this.isBoardComplete || this.#registry.doubt() !== null)
      return this.#sweep.noting(this.#scope.list({ priority: 'sweep', signal }));
    const pages = this.#scope.list({ priority: 'sweep', signal, atOnce: 1 });
    return this.#sweep.asRound(pages, { ms: Math.min(sweepMs, registryRefreshMs), signal });
  }

  #notePage(progress: { readonly loaded: number; readonly total: number }): void {
    if (this.isBoardComplete) return;
    this.#monitor.loading(progress);
    this.#options.log.info({ event: 'loading-agents', ...progress }, 'loading agents');
  }

  /** Follows the events of every agent that is not followed yet. */
  #subscribeNewcomers(): void {
    const { cloud, board, intake, onEvent } = this.#options;
    const newcomers = [...board.rows()].map((row) => row.profile.id).filter((id) => !this.#subscribed.has(id));
    for (const id of newcomers) this.#subscribed.add(id);
    if (this.#events !== null) {
      if (newcomers.length > 0) this.#events.follow(newcomers);
      return;
    }
    this.#events = cloud.openAgentEvents({
      agentIds: newcomers,
      onObservation: (observation) => {
        const change = intake.take(observation);
        onEvent?.(observation, change);
      },
      onGap: (ids) => {
        intake.heard(ids);
        this.#tellUnheard();
        this.#sweep.doubt(ids);
      },
      onChannelState: () => {
        this.#tellUnheard();
      },
    });
  }

  #tellUnheard(): void {
    this.#options.intake.unheard(this.#events?.unheardAgents() ?? []);
  }

  #unfollow(ids: readonly AgentId[]): void {
    for (const id of ids) this.#subscribed.delete(id);
    this.#sweep.forget(ids);
    this.#events?.unfollow(ids);
  }

  #warnOfUncovered(): void {
    const uncovered = this.#events?.uncovered.length ?? 0;
    if (uncovered === 0) return;
    const agents = this.#options.board.size;
    this.#options.log.warn({ event: 'too-many-agents', agents, uncovered }, wordsForUncovered(uncovered));
  }

  async #keepMembershipCurrent(signal: AbortSignal): Promise<void> {
    const roundMs = this.#options.registryRefreshMs * MEMBERSHIP_SLOWER;
    for (let overMs = 0; !signal.aborted; overMs = roundMs)
      await this.#untilItWorks('load-membership', signal, () => this.#directory.readMembership({ overMs, signal }));
  }

  async #keepRegistryCurrent(signal: AbortSignal): Promise<void> {
    const { clock, registryRefreshMs, sweepMs } = this.#options;
    const overMs = Math.min(sweepMs, registryRefreshMs);
    while (!signal.aborted) {
      await clock.sleep(this.#registry.doubt() === null ? registryRefreshMs : REJECTED_BACK_OFF_MS, signal);
      await this.#untilItWorks('load-agents', signal, () => this.#readEverybody(signal));
      this.#subscribeNewcomers();
      await this.#untilItWorks('load-names', signal, () => this.#directory.readNames({ overMs, signal }));
    }
  }

  #untilItWorks(what: string, signal: AbortSignal, task: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#options;
    return untilItWorks({ what, signal, task }, { clock, log, monitor: this.#monitor });
  }
}
