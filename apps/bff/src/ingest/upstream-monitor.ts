import type { UpstreamHealth } from '@floorwatch/contracts';
import type { Clock } from '@floorwatch/domain';
import { GenesysUnauthorized, type ChannelStatus } from '@floorwatch/genesys';

interface Failure {
  readonly hop: 'sign-in' | 'api';
  /** When the first of a row of failures happened, ms. */
  readonly since: number;
  readonly message: string;
}

interface Progress {
  readonly loaded: number;
  readonly total: number;
}

/** What the monitor cannot know by itself. */
export interface UpstreamMonitorOptions {
  readonly clock: Clock;
  /** Agents on the board. */
  readonly agentsTotal: () => number;
  /** Agents whose state is not certain until they have been re-read after a gap. */
  readonly agentsInDoubt: () => number;
  readonly channels: () => readonly ChannelStatus[];
}

/** Turns what the parts of the ingest report into one honest sentence about the platform. */
export class UpstreamMonitor {
  readonly #options: UpstreamMonitorOptions;
  #progress: Progress | null = { loaded: 0, total: 0 };
  #failure: Failure | null = null;
  /** Start of the last complete re-reading of those whose events do not arrive. */
  #polledSince = -Infinity;
  /** Since when some agents have been in doubt; null while nobody is. */
  #doubtSince: number | null = null;

  constructor(options: UpstreamMonitorOptions) {
    this.#options = options;
  }

  /** The board is being loaded. */
  loading(progress: Progress): void {
    this.#progress = progress;
  }

  /** Every agent has been read once. */
  boardComplete(): void {
    this.#progress = null;
  }

  get isBoardComplete(): boolean {
    return this.#progress === null;
  }

  readSucceeded(): void {
    this.#failure = null;
  }

  readFailed(error: unknown): void {
    const hop = error instanceof GenesysUnauthorized ? 'sign-in' : 'api';
    const message = error instanceof Error ? error.message : String(error);
    const since = this.#failure?.hop === hop ? this.#failure.since : this.#options.clock.now();
    this.#failure = { hop, since, message };
  }

  /** All agents whose events do not arrive have been re-read, from this instant on. */
  pollCompleted(startedAt: number): void {
    this.#polledSince = startedAt;
  }

  /** How things stand now. Cheap: asked for with every frame. */
  health(): UpstreamHealth {
    if (this.#progress !== null) return this.#starting(this.#progress);
    const total = this.#options.agentsTotal();
    const channels = this.#options.channels();
    const broken = channels.filter((channel) => !isDelivering(channel));
    const heard = channels.filter(isDelivering).reduce((sum, channel) => sum + agentsHeardBy(channel), 0);
    const inDoubt = this.#options.agentsInDoubt();
    this.#noteDoubt(inDoubt);
    const agentsLive = Math.max(0, Math.min(total, heard) - inDoubt);
    if (agentsLive >= total)
      return { state: 'live', hop: null, since: null, dataAt: null, message: null, agentsLive, agentsTotal: total };
    const brokeAt = Math.min(...broken.map((channel) => channel.since), this.#doubtSince ?? Infinity);
    const since = Math.min(
      Number.isFinite(brokeAt) ? brokeAt : this.#options.clock.now(),
      this.#failure?.since ?? Infinity,
    );
    return {
      state: agentsLive === 0 ? 'down' : 'partial',
      hop: this.#failure?.hop ?? 'push',
      since,
      dataAt: this.#dataAt(broken, since),
      message: this.#failure?.message ?? wordsFor(broken, total - agentsLive),
      agentsLive,
      agentsTotal: total,
    };
  }

  #starting({ loaded, total }: Progress): UpstreamHealth {
    return {
      state: 'starting',
      hop: this.#failure?.hop ?? null,
      since: this.#failure?.since ?? null,
      dataAt: null,
      message: this.#failure?.message ?? null,
      agentsLive: loaded,
      agentsTotal: total,
    };
  }

  #noteDoubt(inDoubt: number): void {
    if (inDoubt === 0) this.#doubtSince = null;
    else this.#doubtSince ??= this.#options.clock.now();
  }

  /** The oldest thing on the wall: the last frame of a broken channel, unless its agents have been re-read since. */
  #dataAt(broken: readonly ChannelStatus[], since: number): number {
    const lastHeard = broken.map((channel) => channel.lastFrameAt ?? channel.since);
    return Math.max(Math.min(since, ...lastHeard), this.#polledSince);
  }
}

/** A silent channel has been asked whether it lives and still has its time to answer; a draining one delivers until it is closed. */
const isDelivering = ({ state }: ChannelStatus): boolean =>
  state === 'live' || state === 'silent' || state === 'draining';

const agentsHeardBy = ({ agents, rejectedTopics }: ChannelStatus): number => agents - rejectedTopics.length;

const wordsFor = (broken: readonly ChannelStatus[], missing: number): string => {
  const reason = broken.find((channel) => channel.reason !== null)?.reason;
  if (reason) return reason;
  return broken.length > 0
    ? 'Events do not arrive; the agents are re-read instead'
    : `Re-reading ${String(missing)} agents after a gap in the events`;
};
