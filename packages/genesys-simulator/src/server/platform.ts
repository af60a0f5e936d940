import { Channels, type Channel } from '../notifications/channels.ts';
import { EventPublisher } from '../notifications/event-publisher.ts';
import { tokenRevokedFrame } from '../notifications/system-frames.ts';
import { userTopicName } from '../notifications/topic.ts';
import { scheduleSearchBody } from '../notifications/workforce-bodies.ts';
import { publishWorld } from '../notifications/world-events.ts';
import type { RealClock } from '../time/system-clock.ts';
import { AuthorizationCodes } from '../oauth/authorization-codes.ts';
import { IssuedSecrets } from '../oauth/issued-secrets.ts';
import { DEMO_CLIENT, DEMO_SIGN_IN_CLIENT, type OAuthClient } from '../oauth/oauth-client.ts';
import { makeRoles, type Subject } from '../org/role.ts';
import { Downloads } from './downloads.ts';
import { FaultSwitchboard } from './fault-switchboard.ts';
import { Tokens, type AccessToken } from './tokens.ts';
import { World } from './world.ts';

export interface PlatformSettings {
  readonly seed: string;
  readonly agents: number;
  /** 0 (frozen) to `MAX_SPEED`. */
  readonly speed: number;
  /** Virtual instant at which the organisation opens, ms: a date with a month's end, say. Null for the real time. */
  readonly startsAt: number | null;
  readonly tokenLifetimeSeconds: number;
  readonly requestsPerMinute: number;
}

/** Tokens and channels that run out are looked for this often. */
const HOUSEKEEPING_INTERVAL_MS = 500;

/** Turns of the event loop without a request after which none is on its way, and after which nobody is waited for. */
const SETTLED_TURNS = 3;
const MOST_TURNS = 300;

/** What a search of schedules takes that is not answered at once. */
const SCHEDULE_SEARCH_MS = 2000;

/** Everything behind the wire: the organisation, who is signed in, who listens, and what goes wrong on purpose. */
export class Platform {
  readonly realClock: RealClock;
  readonly clients: readonly OAuthClient[] = [DEMO_CLIENT, DEMO_SIGN_IN_CLIENT];
  readonly secrets = new IssuedSecrets();
  readonly tokens: Tokens;
  readonly codes: AuthorizationCodes;
  readonly downloads: Downloads;
  /** Permissions that nobody has at present, whatever the roles say. */
  withdrawnPermissions: ReadonlySet<string> = new Set();
  readonly channels: Channels;
  readonly faults: FaultSwitchboard;
  /** Calls answered, by operation. */
  readonly calls = new Map<string, number>();
  /** Requests that have come in and are not answered yet. */
  requestsUnderWay = 0;
  /** `http://host:port`, once listening. */
  origin = '';
  requestsPerMinute: number;
  readonly #publisher: EventPublisher;
  readonly #stopHousekeeping: () => void;
  #world: World;
  #stopEvents: () => void = () => undefined;

  constructor(settings: PlatformSettings, realClock: RealClock) {
    this.realClock = realClock;
    this.requestsPerMinute = settings.requestsPerMinute;
    for (const { secret } of this.clients) this.secrets.note('client secret', secret);
    this.tokens = new Tokens({
      secrets: this.secrets,
      realClock,
      lifetimeSeconds: () => this.faults.tokenLifetimeSeconds ?? settings.tokenLifetimeSeconds,
      requestsPerMinute: () => this.requestsPerMinute,
    });
    this.codes = new AuthorizationCodes(realClock, this.secrets);
    this.downloads = new Downloads(realClock);
    this.channels = new Channels(realClock);
    this.faults = new FaultSwitchboard(
      { realClock, channels: this.channels, world: () => this.#world, endTokens: (how) => this.expireTokens(how) },
      settings.seed,
    );
    this.#publisher = new EventPublisher(this.channels, this.faults);
    this.#world = this.#open(settings);
    this.#stopHousekeeping = realClock.every(HOUSEKEEPING_INTERVAL_MS, () => this.#keepHouse());
  }

  get world(): World {
    return this.#world;
  }

  /** What a client on its own may do: everything the wall-board needs, in every division. */
  get serviceSubject(): Subject {
    const { service } = makeRoles(this.#world.organisation.seed);
    return { userId: null, name: DEMO_CLIENT.name, grants: [{ role: service, divisionId: '*' }] };
  }

  /** Issues a token; a person's sign-in is an event. */
  signIn(clientId: string, subject: Subject): AccessToken {
    const token = this.tokens.issue(clientId, subject);
    const { userId } = subject;
    if (userId !== null) {
      const now = this.#world.virtualClock.now();
      this.#publisher.publish(userTopicName(userId, 'tokens'), () => ({
        user: { id: userId },
        dateCreated: new Date(now).toISOString(),
        tokenExpirationDate: new Date(now + this.tokens.lifetimeSeconds * 1000).toISOString(),
        sessionId: token.id,
        clientId,
      }));
    }
    return token;
  }

  /** Keeps an answer as a file for a while. @returns its address */
  offerDownload(content: object): string {
    return `${this.origin}/downloads/${this.downloads.offer(content)}`;
  }

  /** A search of schedules that took longer is over: whoever asked hears of it by an event (API §10.3). */
  finishScheduleSearch(search: { userId: string; operationId: string; result: object }): void {
    const { userId, operationId, result } = search;
    const downloadUrl = this.offerDownload(result);
    this.realClock.after(SCHEDULE_SEARCH_MS, () =>
      this.#publisher.publish(
        userTopicName(userId, 'workforcemanagement.agentschedules.managementunit.search.complete'),
        () => scheduleSearchBody({ operationId, downloadUrl }),
      ),
    );
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
  restart({ seed, agents, startsAt }: Pick<PlatformSettings, 'seed' | 'agents' | 'startsAt'>): void {
    const { speed } = this.#world.virtualClock;
    this.#closeWorld();
    this.expireTokens();
    this.codes.clear();
    this.#world = this.#open({ seed, agents, speed, startsAt });
  }

  /**
   * Makes every token invalid at once; their channels die with them (API §8.6).
   * @param how whether they were revoked: then sockets are told, and nothing can be refreshed
   */
  expireTokens({ tell } = { tell: true }): void {
    if (tell) this.tokens.forgetRefreshable();
    this.#buryChannelsOf(this.tokens.expire({ all: true }), { tell });
  }

  /** Takes back one token. */
  revokeToken(token: AccessToken): void {
    this.#buryChannelsOf(this.tokens.revoke(token), { tell: true });
  }

  /** Waits until every client has taken all events sent so far and every request has its answer, but no longer than a moment. */
  async settle(): Promise<void> {
    await this.channels.settle();
    let idleTurns = 0;
    for (let turn = 0; idleTurns < SETTLED_TURNS && turn < MOST_TURNS; turn += 1) {
      await new Promise(setImmediate);
      idleTurns = this.requestsUnderWay === 0 ? idleTurns + 1 : 0;
    }
  }

  /** Logs a person out everywhere (API §2.6). */
  revokeTokensOf(userId: string): void {
    this.#buryChannelsOf(this.tokens.revokeUser(userId), { tell: true });
  }

  close(): void {
    this.#stopHousekeeping();
    this.#closeWorld();
    for (const channel of this.channels.all()) this.channels.end(channel, 'simulator stops');
  }

  #closeWorld(): void {
    this.#stopEvents();
    this.#world.close();
  }

  #open(settings: Pick<PlatformSettings, 'seed' | 'agents' | 'speed' | 'startsAt'>): World {
    const world = new World({ ...settings, realClock: this.realClock });
    this.#stopEvents = publishWorld(world, this.#publisher, this.realClock);
    return world;
  }

  #keepHouse(): void {
    this.#buryChannelsOf(this.tokens.expire({ all: false }), { tell: false });
    this.channels.endExpired();
  }

  #buryChannelsOf(tokens: readonly AccessToken[], { tell }: { tell: boolean }): void {
    if (tokens.length === 0) return;
    for (const channel of this.channels.all()) {
      if (!tokens.some(({ id }) => id === channel.tokenId)) continue;
      if (tell) channel.socket?.send(tokenRevokedFrame(channel.id));
      this.channels.end(channel, 'token is no longer valid');
    }
  }
}
