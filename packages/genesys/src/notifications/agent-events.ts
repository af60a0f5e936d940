import type { AgentId, AgentObservation, Clock } from '@floorwatch/domain';
import type { GenesysLog } from '../genesys-log.ts';
import type { TokenSource } from '../http/token-source.ts';
import type { Oddities } from '../oddities.ts';
import type { PlatformClock } from '../platform-clock.ts';
import type { ChannelService } from '../resources/channels.ts';
import type { ChannelStatus } from './channel-status.ts';
import type { KeptChannels } from './kept-channels.ts';
import { Channel } from './channel.ts';
import { decodeFrame, type Decoded } from './decode-frame.ts';
import {
  DEFAULT_TOPICS_PER_CHANNEL,
  MAX_AGENTS_BY_EVENTS,
  MAX_TOPICS_PER_CHANNEL,
  spreadOverChannels,
  TOPIC_SUFFIXES,
  toTopic,
} from './topics.ts';
import { Turnstile } from './turnstile.ts';
import type { OpenSocket } from './web-socket.ts';

/** How often the token's age is looked at: channels die with it, and on a quiet floor nobody else asks for one. */
const TOKEN_CHECK_MS = 15_000;

export interface AgentEventsOptions {
  readonly agentIds: readonly AgentId[];
  /** Called for each event, in the order of arrival on its channel. */
  onObservation(observation: AgentObservation): void;
  /**
   * Called whenever a channel has become live, the first time too: events of these agents may have been missed, so they
   * are to be read again. `why` is for people.
   */
  onGap(ids: readonly AgentId[], why: string): void;
  /** Called whenever anything but the time of the last frame has changed. */
  onChannelState(status: ChannelStatus): void;
  readonly topicsPerChannel?: number;
}

export interface AgentEvents {
  /** Agents for whom there is no channel (over `MAX_AGENTS_BY_EVENTS`): only reading tells about them. */
  readonly uncovered: readonly AgentId[];
  /**
   * Listens for more agents, on the channels there are as far as they have room; those it listens for already are
   * passed over. `onGap` follows once they are subscribed.
   */
  follow(ids: readonly AgentId[]): void;
  /** Listens for these agents no longer. Their places go to agents who were left uncovered. */
  unfollow(ids: readonly AgentId[]): void;
  channels(): ChannelStatus[];
  /** Agents whose events do not arrive now, for whatever reason: no socket, a rejected topic, no channel. */
  unheardAgents(): AgentId[];
  /** Closes every socket; resolves when nothing runs any more. No callback is called after it. */
  stop(): Promise<void>;
}

export interface AgentEventsDeps {
  readonly clock: Clock;
  readonly platformClock: PlatformClock;
  readonly random: () => number;
  readonly log: GenesysLog;
  readonly oddities: Oddities;
  readonly tokens: TokenSource;
  readonly channels: ChannelService;
  readonly kept: KeptChannels;
  readonly openSocket: OpenSocket;
}

/** Listens to the events of agents, spread over as many channels as it takes (API §8.9). */
export class AgentEventChannels implements AgentEvents {
  readonly #deps: AgentEventsDeps;
  readonly #options: AgentEventsOptions;
  readonly #turnstile = new Turnstile();
  readonly #channels: Channel[] = [];
  readonly #covered = new Set<AgentId>();
  readonly #uncovered = new Set<AgentId>();
  readonly #stopKeepingToken: () => void;
  #isStopped = false;

  constructor(deps: AgentEventsDeps, options: AgentEventsOptions) {
    this.#deps = deps;
    this.#options = options;
    this.follow(options.agentIds);
    this.#stopKeepingToken = keepToken(deps, () => {
      for (const channel of this.#channels) channel.rotate('the access token was renewed');
    });
  }

  get uncovered(): readonly AgentId[] {
    return [...this.#uncovered];
  }

  follow(ids: readonly AgentId[]): void {
    if (this.#isStopped) return;
    let rest = this.#admit(ids);
    for (const channel of this.#channels) {
      const room = MAX_TOPICS_PER_CHANNEL - channel.size;
      if (room > 0 && rest.length > 0) channel.follow(rest.slice(0, room));
      rest = rest.slice(Math.max(0, room));
    }
    const topicsPerChannel = this.#options.topicsPerChannel ?? DEFAULT_TOPICS_PER_CHANNEL;
    for (const agentIds of spreadOverChannels(rest, topicsPerChannel)) this.#open(agentIds);
  }

  unfollow(ids: readonly AgentId[]): void {
    const leavers = new Set(ids);
    for (const id of leavers) {
      this.#covered.delete(id);
      this.#uncovered.delete(id);
    }
    for (const channel of this.#channels) channel.unfollow(leavers);
    this.follow([...this.#uncovered]);
  }

  channels(): ChannelStatus[] {
    return this.#channels.map((channel) => channel.status());
  }

  unheardAgents(): AgentId[] {
    return [...this.#uncovered, ...this.#channels.flatMap((channel) => channel.unheardAgents())];
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopKeepingToken();
    await Promise.all(this.#channels.map((channel) => channel.stop()));
  }

  /** Those of the agents who are new and for whom there is room; the others are kept as uncovered. */
  #admit(ids: readonly AgentId[]): AgentId[] {
    const admitted: AgentId[] = [];
    for (const id of ids) {
      if (this.#covered.has(id)) continue;
      if (this.#covered.size >= MAX_AGENTS_BY_EVENTS) {
        this.#uncovered.add(id);
        continue;
      }
      this.#covered.add(id);
      this.#uncovered.delete(id);
      admitted.push(id);
    }
    return admitted;
  }

  #open(agentIds: readonly AgentId[]): void {
    const options = this.#options;
    const { log } = this.#deps;
    const channel = new Channel({
      ...this.#deps,
      index: this.#channels.length,
      agentIds,
      tokenEndsAt: () => this.#deps.tokens.endsAt,
      toTopic: (id) => toTopic(id, TOPIC_SUFFIXES),
      turnstile: this.#turnstile,
      decode: (text) => decode(this.#deps, text),
      onObservation: (observation) => guard(log, () => options.onObservation(observation)),
      onGap: (ids, why) => guard(log, () => options.onGap(ids, why)),
      onState: (status) => guard(log, () => options.onChannelState(status)),
    });
    this.#channels.push(channel);
  }
}

const decode = ({ clock, platformClock, oddities }: AgentEventsDeps, text: string): Decoded =>
  decodeFrame(text, {
    receivedAt: clock.now(),
    learnInstant: (instant) => platformClock.observe(instant),
    platformNow: () => platformClock.now(),
    oddities,
  });

/** A listener that throws is its own fault; the socket's loop goes on. */
const guard = (log: GenesysLog, tell: () => void): void => {
  try {
    tell();
  } catch (error) {
    log.error({ event: 'listener-failed', err: error }, 'a listener of agent events failed');
  }
};

/** Renews the token in time even if nobody asks for one, and tells of each renewal. */
const keepToken = ({ clock, tokens, log }: AgentEventsDeps, onRenewed: () => void): (() => void) => {
  const stopListening = tokens.onRenewed(onRenewed);
  const stopChecking = clock.every(TOKEN_CHECK_MS, () => {
    tokens.token().catch((error: unknown) => {
      log.warn({ event: 'sign-in-failed', error: String(error) }, 'cannot get an access token');
    });
  });
  return () => {
    stopListening();
    stopChecking();
  };
};
