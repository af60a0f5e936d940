import type { ChannelStatus } from '@floorwatch/genesys';
import { expect, test } from 'vitest';
import { QuietChannels } from './quiet-channels.ts';

const heardAt = (lastFrameAt: number): ChannelStatus => ({
  index: 0,
  state: 'live',
  agents: 10,
  since: 0,
  lastFrameAt,
  attempt: 0,
  nextAttemptAt: null,
  rejectedTopics: [],
  reason: null,
});

/** Looks once a second; `isHeard` tells whether something came since the look before. */
const lookFor = (seconds: number, isHeard: (second: number) => boolean): number[] => {
  const quiet = new QuietChannels();
  let lastFrameAt = 0;
  return Array.from({ length: seconds }, (_, second) => {
    if (isHeard(second)) lastFrameAt = second * 1000;
    return quiet.look([heardAt(lastFrameAt)], second * 1000);
  });
};

test('a channel that was heard every second is quiet after seven', () => {
  const quiet = lookFor(70, (second) => second <= 60);
  expect(quiet.indexOf(1)).toBe(68);
});

test('a channel on which little happens is not: its silence means nothing', () => {
  expect(lookFor(200, (second) => second % 15 === 0)).not.toContain(1);
});

test('it is not quiet any more as soon as something comes', () => {
  expect(lookFor(72, (second) => second <= 60 || second === 71).at(-1)).toBe(0);
});
