import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { AccessToken } from '../server/tokens.ts';
import { PlatformError } from '../server/platform-error.ts';
import { systemClock, type RealClock } from '../time/system-clock.ts';

/** A channel lives this long after its creation or its last subscription (API §8.2). */
const CHANNEL_LIFETIME_MS = 24 * 3_600_000;
/** Per user and OAuth client; service tokens of one client count as one user (API §8.2). */
export const MAX_CHANNELS = 20;
/** Combined topics count once (API §8.3). */
export const MAX_TOPICS = 1000;

export interface Channel {
  /** Part of `connectUri` and the only credential of the socket. */
  readonly id: string;
  readonly tokenId: string;
  readonly clientId: string;
  /** Null where the client itself is the one that listens. */
  readonly userId: string | null;
  /** Subscribed topic ids as they were sent, with the topics each stands for. */
  readonly topics: Map<string, readonly string[]>;
  /** Real time, ms. */
  expiresAt: number;
  lastUse: number;
  socket: WebSocket | null;
}

/** Close code for every end that is the platform's doing; others than 1001 are not documented (API §8.6). */
const GOING_AWAY = 1001;

/** The channels of the organisation, and who follows which topic. */
export class Channels {
  readonly #realClock: RealClock;
  readonly #channels = new Map<string, Channel>();
  readonly #followers = new Map<string, Set<Channel>>();
  /** How many topics with a follower there are of each kind. */
  readonly #followedOfKind = new Map<string, number>();
  #uses = 0;

  constructor(realClock: RealClock) {
    this.#realClock = realClock;
  }

  /** A new channel; the 21st costs the client the one that was used least recently, unconnected ones first. */
  create(token: AccessToken): Channel {
    this.#makeRoomFor(token);
    const channel: Channel = {
      id: `streaming-0-${randomUUID().replaceAll('-', '')}`,
      tokenId: token.id,
      clientId: token.clientId,
      userId: token.subject.userId,
      topics: new Map(),
      expiresAt: this.#realClock.now() + CHANNEL_LIFETIME_MS,
      lastUse: this.#nextUse(),
      socket: null,
    };
    this.#channels.set(channel.id, channel);
    return channel;
  }

  find(id: string): Channel | null {
    const channel = this.#channels.get(id);
    return channel === undefined || channel.expiresAt <= this.#realClock.now() ? null : channel;
  }

  all(): Channel[] {
    return [...this.#channels.values()];
  }

  connected(): Channel[] {
    return this.all().filter(({ socket }) => socket !== null);
  }

  followersOf(topicName: string): ReadonlySet<Channel> | null {
    return this.#followers.get(topicName) ?? null;
  }

  /** Whether anybody follows any topic that ends in this word: if not, nobody needs to look at each agent. */
  hasFollowersOfKind(kind: string): boolean {
    return (this.#followedOfKind.get(kind) ?? 0) > 0;
  }

  /** Adds topics, or replaces all of them, and starts the channel's 24 hours again. */
  subscribe(channel: Channel, topics: ReadonlyMap<string, readonly string[]>, mode: 'add' | 'replace'): void {
    const next = mode === 'add' ? new Map([...channel.topics, ...topics]) : topics;
    if (next.size > MAX_TOPICS)
      throw new PlatformError({
        status: 400,
        code: 'notification.subscription.too.many.subscriptions',
        message: 'Too many subscriptions',
      });
    this.#unfollow(channel);
    channel.topics.clear();
    for (const [topicId, topicNames] of next) {
      channel.topics.set(topicId, topicNames);
      for (const topicName of topicNames) this.#follow(channel, topicName);
    }
    channel.expiresAt = this.#realClock.now() + CHANNEL_LIFETIME_MS;
    channel.lastUse = this.#nextUse();
  }

  /** Waits until every open socket's other side has taken what was sent, but no longer than a moment. */
  async settle(): Promise<void> {
    const sockets = this.connected().flatMap(({ socket }) => (socket === null ? [] : [socket]));
    await Promise.all(sockets.map((socket) => answerOf(socket)));
  }

  /** Takes the socket as the channel's only one: an older one is closed first. */
  connect(channel: Channel, socket: WebSocket): void {
    const previous = channel.socket;
    channel.socket = socket;
    channel.lastUse = this.#nextUse();
    previous?.close(GOING_AWAY, 'another socket took this channel');
    socket.once('close', () => {
      if (channel.socket === socket) channel.socket = null;
    });
  }

  /** Ends a channel for good, its socket too. */
  end(channel: Channel, reason: string): void {
    this.#unfollow(channel);
    this.#channels.delete(channel.id);
    channel.socket?.close(GOING_AWAY, reason);
  }

  endExpired(): void {
    const now = this.#realClock.now();
    for (const channel of this.all()) if (channel.expiresAt <= now) this.end(channel, 'channel expired');
  }

  #makeRoomFor(token: AccessToken): void {
    const held = this.all().filter((channel) => isHeldBy(channel, token));
    const surplus = held.toSorted(byLeastUse).slice(0, Math.max(0, held.length + 1 - MAX_CHANNELS));
    for (const channel of surplus) this.end(channel, 'too many channels');
  }

  #nextUse(): number {
    this.#uses += 1;
    return this.#uses;
  }

  #follow(channel: Channel, topicName: string): void {
    const followers = this.#followers.get(topicName);
    if (followers !== undefined) {
      followers.add(channel);
      return;
    }
    this.#followers.set(topicName, new Set([channel]));
    this.#countKind(topicName, 1);
  }

  #countKind(topicName: string, change: 1 | -1): void {
    const kind = topicName.slice(topicName.lastIndexOf('.') + 1);
    this.#followedOfKind.set(kind, (this.#followedOfKind.get(kind) ?? 0) + change);
  }

  #unfollow(channel: Channel): void {
    for (const topicName of [...channel.topics.values()].flat()) {
      const followers = this.#followers.get(topicName);
      followers?.delete(channel);
      if (followers?.size !== 0) continue;
      this.#followers.delete(topicName);
      this.#countKind(topicName, -1);
    }
  }
}

/** Channels belong to a user and a client together; tokens of one client on its own count as one user (API §8.2). */
export const isHeldBy = (channel: Channel, { clientId, subject }: AccessToken): boolean =>
  channel.clientId === clientId && channel.userId === subject.userId;

/** A side that does not answer for so long is not waited for. Truly real time, ms: the channels' own clock may stand still. */
const SETTLE_DEADLINE_MS = 2000;

/** The protocol's own ping: its answer comes after everything before it was taken. */
const answerOf = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      cancelDeadline();
      socket.off('pong', done).off('close', done);
      resolve();
    };
    const cancelDeadline = systemClock.after(SETTLE_DEADLINE_MS, done);
    socket.once('pong', done).once('close', done);
    if (socket.readyState === socket.OPEN) socket.ping();
    else done();
  });

const byLeastUse = (a: Channel, b: Channel): number =>
  Number(a.socket !== null) - Number(b.socket !== null) || a.lastUse - b.lastUse;
