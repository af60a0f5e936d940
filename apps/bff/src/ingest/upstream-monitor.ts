import type { UpstreamHealth } from '@floorwatch/contracts';
import type { Clock } from '@floorwatch/domain';
import { GenesysUnauthorized, MAX_AGENTS_BY_EVENTS, type ChannelStatus, type RejectedTopic } from '@floorwatch/genesys';

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
  /** Agents beyond those whom the platform's channels can carry. */
  readonly agentsUncovered: () => number;
  readonly channels: () => readonly ChannelStatus[];
  /** Agents whom the platform's last list left out without being believed, and since when (ms); null while it is believed. */
  readonly listDoubt: () => ListDoubt | null;
}

export interface ListDoubt {
  readonly since: number;
  readonly unlisted: number;
  /** For people. */
  readonly message: string;
}

/** Turns what the parts of the ingest report into one honest sentence about the platform. */
export class UpstreamMonitor {
  readonly #options: UpstreamMonitorOptions;
  #progress: Progress | null = { loaded: 0, total: 0 };
  #failure: Failure | null = null;
  /** Since when all of those have been re-read whose events do not arrive. */
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
  polledSince(instant: number): void {
    this.#polledSince = instant;
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
    if (agentsLive >= total) return this.#allHeard(total);
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
      message: this.#failure?.message ?? this.#wordsFor(channels, inDoubt),
      agentsLive,
      agentsTotal: total,
    };
  }

  /** Everybody's events arrive; but the platform's list of agents may be one that cannot be believed. */
  #allHeard(agentsTotal: number): UpstreamHealth {
    const doubt = this.#options.listDoubt();
    const agentsLive = agentsTotal - (doubt?.unlisted ?? 0);
    const whole = { hop: null, since: null, dataAt: null, message: null, agentsLive, agentsTotal };
    if (doubt === null) return { ...whole, state: 'live' };
    // The state of those who are left out is still kept by their events: nothing on the wall is old.
    return { ...whole, state: 'partial', hop: 'api', since: doubt.since, message: doubt.message };
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

  #wordsFor(channels: readonly ChannelStatus[], inDoubt: number): string {
    const broken = channels.filter((channel) => !isDelivering(channel));
    const reason = broken.find((channel) => channel.reason !== null)?.reason;
    if (reason) return reason;
    if (broken.length > 0) return 'Events do not arrive; the agents are re-read instead';
    const refused = channels.flatMap(({ rejectedTopics }) => rejectedTopics);
    const uncovered = this.#options.agentsUncovered();
    if (inDoubt > 0) return `Re-reading ${String(inDoubt)} agents after a gap in the events`;
    return uncovered > 0 ? wordsForUncovered(uncovered) : wordsForRefused(refused);
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

/** What to do about agents for whom there is no channel. */
export const wordsForUncovered = (uncovered: number): string =>
  `${String(uncovered)} agents are re-read instead of followed: Genesys Cloud's notification channels carry ${String(MAX_AGENTS_BY_EVENTS)} with room to spare. ` +
  'For larger organisations Genesys offers its Amazon EventBridge integration; or let each of several Floorwatches, with OAuth clients of their own, watch a part (TARGET_DIVISION_IDS)';

const wordsForRefused = (refused: readonly RejectedTopic[]): string =>
  `Genesys Cloud refuses the events of ${String(refused.length)} agents (${refused[0]?.reason ?? 'no reason given'}); they are re-read instead. Check the role and divisions of the OAuth client`;
