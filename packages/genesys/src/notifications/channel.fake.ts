import { agentId, type AgentId } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { keepLog } from '../genesys-log.fake.ts';
import { Oddities } from '../oddities.ts';
import type { ChannelStatus } from './channel-status.ts';
import { Channel } from './channel.ts';
import { decodeFrame } from './decode-frame.ts';
import { KeptChannels, type KeptChannel } from './kept-channels.ts';
import { PlatformChannels } from './platform-channels.fake.ts';
import { toTopic } from './topics.ts';
import { Turnstile } from './turnstile.ts';

export const AGENTS = [agentId('a1'), agentId('a2')];
export const TOPICS = ['v2.users.a1?activity', 'v2.users.a2?activity'];
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** A platform, and a place where channels are kept: what outlives a channel's process. */
export const makePlatform = () => {
  const clock = new FakeClock();
  let saved: readonly KeptChannel[] = [];
  const store = {
    load: async () => saved,
    save: async (channels: readonly KeptChannel[]) => {
      saved = channels;
    },
  };
  return { clock, platform: new PlatformChannels(clock), store, saved: () => saved };
};

/** A channel for two agents, and all that happens around it. */
export const startChannel = (random: () => number = () => 0.5, { platform, clock, store } = makePlatform()) => {
  const log = keepLog();
  const gaps: { ids: readonly AgentId[]; why: string; subscribed: readonly AgentId[] }[] = [];
  const states: ChannelStatus[] = [];
  const observed: AgentId[] = [];
  const oddities = new Oddities(log);
  const followed: AgentId[] = [...AGENTS];
  const channel = new Channel({
    index: 0,
    agentIds: AGENTS,
    toTopic: (id) => toTopic(id, ['activity']),
    clock,
    random,
    log,
    channels: platform,
    kept: new KeptChannels({ store, clock, log }),
    tokenEndsAt: () => clock.now() + 24 * HOUR_MS,
    openSocket: platform.openSocket,
    turnstile: new Turnstile(),
    decode: (text) =>
      decodeFrame(text, {
        receivedAt: clock.now(),
        learnInstant: () => undefined,
        platformNow: () => clock.now(),
        oddities,
      }),
    onObservation: (observation) => observed.push(observation.agentId),
    onGap: (ids, why) =>
      gaps.push({ ids, why, subscribed: ids.filter((id) => platform.knows(toTopic(id, ['activity']))) }),
    onState: (status) => states.push(status),
  });
  return { clock, platform, log, gaps, states, observed, channel, followed };
};
