import { agentId } from '@floorwatch/domain';
import { expect, test } from 'vitest';
import { spreadOverChannels, toTopic } from './topics.ts';

const agents = (count: number) => Array.from({ length: count }, (_, index) => agentId(`agent-${index}`));
const sizes = (count: number) => spreadOverChannels(agents(count), 800).map((channel) => channel.length);

test('an agent has one topic with all suffixes, shorter than the 200 characters the platform takes', () => {
  const topic = toTopic(agentId('1f0c8c5e-5a3b-4c0e-8a7f-2b9d6e4f1a01'), ['activity', 'conversationsummary']);
  expect(topic).toBe('v2.users.1f0c8c5e-5a3b-4c0e-8a7f-2b9d6e4f1a01?activity&conversationsummary');
  expect(topic.length).toBeLessThan(200);
});

test('channels are filled to 800', () => {
  expect(sizes(0)).toEqual([]);
  expect(sizes(500)).toEqual([500]);
  expect(sizes(2000)).toEqual([800, 800, 400]);
  expect(sizes(10_000)).toHaveLength(13);
});

test('the largest organisation leaves one of the 20 channels for a successor, and fills none beyond 1,000', () => {
  expect(sizes(16_000).length).toBeLessThanOrEqual(19);
  expect(Math.max(...sizes(16_000))).toBeLessThanOrEqual(1000);
});
