import type { ApiClient } from '../http/api-client.ts';
import { GenesysRejected, GenesysUnexpected } from '../http/genesys-error.ts';
import { toInstantMs } from '../mapping/instant.ts';
import type { PlatformClock } from '../platform-clock.ts';
import type { Clock } from '@floorwatch/domain';
import { Secret } from '../secret.ts';
import { channel, channelTopicListing } from '../wire/channel.ts';
import { z } from 'zod';

/** What a channel lives for after its creation or its last subscription (API §8.2), unless the platform says otherwise. */
export const CHANNEL_LIFE_MS = 24 * 60 * 60 * 1000;

const CHANNELS_PATH = '/api/v2/notifications/channels';

/** A channel on the platform. */
export interface RemoteChannel {
  /** As good as the address: the address is made of it. */
  readonly id: Secret;
  readonly connectUri: Secret;
  /** Our clock, ms. */
  readonly expiresAt: number;
}

export interface RejectedTopic {
  readonly topic: string;
  /** The platform's reason, with missing permissions where it names them. */
  readonly reason: string;
}

/** What a channel needs of the platform's REST API. */
export interface ChannelService {
  create(signal: AbortSignal): Promise<RemoteChannel>;
  /** Replaces the channel's topics, which also extends its life; the good ones count even if others are rejected. */
  subscribe(id: Secret, topics: readonly string[], signal: AbortSignal): Promise<RejectedTopic[]>;
  /** False only if the platform says that there is no such channel. */
  exists(id: Secret, signal: AbortSignal): Promise<boolean>;
}

interface ChannelsDeps {
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly platformClock: PlatformClock;
}

/** Notification channels over REST (API §8.1). Nothing is tried twice here: the channel's own back-off does that. */
export class Channels implements ChannelService {
  readonly #deps: ChannelsDeps;

  constructor(deps: ChannelsDeps) {
    this.#deps = deps;
  }

  async create(signal: AbortSignal): Promise<RemoteChannel> {
    const call = { method: 'POST', path: CHANNELS_PATH } as const;
    const { body, sentAt } = await this.#deps.api.call({ ...call, ...once(signal), answer: channel });
    if (!/^wss?:\/\/[^#]+$/.test(body.connectUri) || !URL.canParse(body.connectUri)) {
      const message = 'the connectUri of a new channel is not the address of a socket';
      throw new GenesysUnexpected({ message, context: { ...call, correlationId: null } });
    }
    return {
      id: new Secret(body.id),
      connectUri: new Secret(body.connectUri),
      expiresAt: this.#toOurs(toInstantMs(body.expires)) ?? sentAt + CHANNEL_LIFE_MS,
    };
  }

  async subscribe(id: Secret, topics: readonly string[], signal: AbortSignal): Promise<RejectedTopic[]> {
    const { body } = await this.#deps.api.call({
      method: 'PUT',
      path: `${CHANNELS_PATH}/{channelId}/subscriptions`,
      pathValues: { channelId: id.reveal() },
      query: { ignoreErrors: true },
      body: topics.map((topic) => ({ id: topic })),
      answer: channelTopicListing,
      ...once(signal),
    });
    return (body.entities ?? [])
      .filter(({ state }) => state?.toLowerCase() === 'rejected')
      .map(({ id: topic, rejectionReason, missingPermissions }) => ({
        topic,
        reason: [rejectionReason ?? 'no reason given', ...(missingPermissions ?? [])].join(', '),
      }));
  }

  async exists(id: Secret, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#deps.api.call({
        method: 'HEAD',
        path: `${CHANNELS_PATH}/{channelId}`,
        pathValues: { channelId: id.reveal() },
        answer: z.unknown(),
        ...once(signal),
      });
      return true;
    } catch (error) {
      signal.throwIfAborted();
      return !(error instanceof GenesysRejected && error.status === 404);
    }
  }

  #toOurs(platformInstant: number | null): number | null {
    if (platformInstant === null) return null;
    const { clock, platformClock } = this.#deps;
    return platformInstant - platformClock.now() + clock.now();
  }
}

const once = (signal: AbortSignal) => ({ priority: 'resync', attempts: 1, signal }) as const;
