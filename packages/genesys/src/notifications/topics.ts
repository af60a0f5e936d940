import { agentId, type AgentId } from '@floorwatch/domain';

/** What an agent's topic carries. Should the platform count each suffix as a topic, one can be dropped (API §8.9). */
export const TOPIC_SUFFIXES: readonly string[] = ['activity', 'conversationsummary'];

/** Topics a channel is filled to: the platform takes 1,000 (API §8.2); the rest is room for agents who join later. */
export const DEFAULT_TOPICS_PER_CHANNEL = 800;

/** The platform's cap. */
export const MAX_TOPICS_PER_CHANNEL = 1000;

/** One less than the platform's 20: the place is needed by a successor while its predecessor still listens. */
export const MAX_CHANNELS = 19;

/** Above this number of agents the platform's native push (EventBridge) is the way (API §8.9, §12.2). */
export const MAX_AGENTS_BY_EVENTS = 16_000;

/** The one topic of an agent, several suffixes combined: `v2.users.{id}?activity&conversationsummary` (API §8.3). */
export const toTopic = (id: AgentId, suffixes: readonly string[]): string => `v2.users.${id}?${suffixes.join('&')}`;

/** The agent a topic, combined or not, is about; null for other topics. */
export const agentOfTopic = (topic: string): AgentId | null => {
  const [, id] = /^v2\.users\.([^.?]+)[.?]/.exec(topic) ?? [];
  return id === undefined ? null : agentId(id);
};

/** Cuts agents into channels, filled more than `topicsPerChannel` only where there would be too many of them. */
export const spreadOverChannels = (ids: readonly AgentId[], topicsPerChannel: number): AgentId[][] => {
  const fill = Math.max(topicsPerChannel, Math.ceil(ids.length / MAX_CHANNELS));
  const size = Math.min(fill, MAX_TOPICS_PER_CHANNEL);
  const channels: AgentId[][] = [];
  for (let from = 0; from < ids.length; from += size) channels.push(ids.slice(from, from + size));
  return channels;
};
