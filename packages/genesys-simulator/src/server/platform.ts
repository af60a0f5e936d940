import { Channels, type Channel } from '../notifications/channels.ts';
import { EventPublisher } from '../notifications/event-publisher.ts';
import { tokenRevokedFrame } from '../notifications/system-frames.ts';
import type { RealClock } from '../time/system-clock.ts';
import { FaultSwitchboard } from './fault-switchboard.ts';
import { DEMO_CLIENT, Tokens, type OAuthClient } from './tokens.ts';
import { World } from './world.ts';

export interface PlatformSettings {
  readonly seed: string;
  readonly agents: number;
  /** 0 (frozen) to 60. */
  readonly speed: number;
  readonly tokenLifetimeSeconds: number;
  readonly requestsPerMinute: number;
}

/** Tokens and channels that run out are looked for this often. */
const HOUSEKEEPING_INTERVAL_MS = 500;

/** Everything behind the wire: the organisation, who is signed in, who listens, and what goes wrong on purpose. */
export class Platform {
  readonly realClock: RealClock;
  readonly clients: readonly OAuthClient[] = [DEMO_CLIENT];
  readonly tokens: Tokens;
  readonly channels: Channels;
  readonly faults: FaultSwitchboard;
  /** Calls answered, by operation. */
  readonly calls = new Map<string, number>();
  /** `http://host:port`, once listening. */
  origin = '';
  requestsPerMinute: number;
  readonly #publisher: EventPublisher;
  readonly #stopHousekeeping: () => void;
  #world: World;

  constructor(settings: PlatformSettings, realClock: RealClock) {
    this.realClock = realClock;
    this.requestsPerMinute = settings.requestsPerMinute;
    this.tokens = new Tokens({
      realClock,
      lifetimeSeconds: settings.tokenLifetimeSeconds,
      requestsPerMinute: () => this.requestsPerMinute,
    });
    this.channels = new Channels(realClock);
    this.faults = new FaultSwitchboard(realClock, settings.seed);
    this.#publisher = new EventPublisher(this.channels, this.faults);
    this.#world = this.#open(settings);
    this.#stopHousekeeping = realClock.every(HOUSEKEEPING_INTERVAL_MS, () => this.#keepHouse());
  }

  get world(): World {
    return this.#world;
  }

  /** Where the socket of a channel is. */
  connectUri(channel: Channel): string {
    return `${this.origin.replace(/^http/, 'ws')}/channels/${channel.id}`;
  }

  /** A channel's end on the virtual clock, as a client that knows the platform's time expects it. */
  expiresOf(channel: Channel): string {
    const leftMs = channel.expiresAt - this.realClock.now();
    return new Date(this.#world.virtualClock.now() + leftMs).toISOString();
  }

  /** Opens another organisation in place of this one: nobody is signed in to it, nobody listens. */
  restart({ seed, agents }: { seed: string; agents: number }): void {
    const { speed } = this.#world.virtualClock;
    this.#world.close();
    this.expireTokens();
    this.#world = this.#open({ seed, agents, speed });
  }

  /** Makes every token invalid at once; their channels die with them (API §8.6). */
  expireTokens(): void {
    this.#buryChannelsOf(
      this.tokens.expire({ all: true }).map(({ id }) => id),
      { tell: true },
    );
  }

  close(): void {
    this.#stopHousekeeping();
    this.#world.close();
    for (const channel of this.channels.all()) this.channels.end(channel, 'simulator stops');
  }

  #open(settings: { seed: string; agents: number; speed: number }): World {
    const world = new World({ ...settings, realClock: this.realClock });
    world.engine.listen((entry, state) => this.#publisher.publishChange(entry, state));
    return world;
  }

  #keepHouse(): void {
    this.#buryChannelsOf(
      this.tokens.expire({ all: false }).map(({ id }) => id),
      { tell: false },
    );
    this.channels.endExpired();
  }

  #buryChannelsOf(tokenIds: readonly string[], { tell }: { tell: boolean }): void {
    if (tokenIds.length === 0) return;
    for (const channel of this.channels.all()) {
      if (!tokenIds.includes(channel.tokenId)) continue;
      if (tell) channel.socket?.send(tokenRevokedFrame(channel.id));
      this.channels.end(channel, 'token is no longer valid');
    }
  }
}
