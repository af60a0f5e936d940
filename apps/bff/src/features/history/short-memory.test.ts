import { FakeClock } from '@floorwatch/domain/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { ShortMemory } from './short-memory.ts';

describe('answers that are remembered for a short time', () => {
  let clock: FakeClock;
  let memory: ShortMemory<number>;
  let asked: string[];

  beforeEach(() => {
    clock = new FakeClock();
    memory = new ShortMemory(clock, 2);
    asked = [];
  });

  const ask = (key: string): Promise<number> =>
    memory.recall(key, () => {
      asked.push(key);
      return Promise.resolve(asked.length);
    });

  it('serve for 30 seconds, and whoever asks while one is on its way', async () => {
    const [first, second] = [ask('a'), ask('a')];
    expect(await first).toBe(await second);
    await clock.advance(29_999);
    expect(await ask('a')).toBe(1);
    await clock.advance(1);
    expect(await ask('a')).toBe(2);
  });

  it('are never more than so many: the oldest goes', async () => {
    await ask('a');
    await ask('b');
    await ask('c');
    await ask('b');
    await ask('a');
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('are asked for anew when somebody wants the latest', async () => {
    await ask('a');
    expect(await memory.renew('a', () => Promise.resolve(7))).toBe(7);
    expect(await ask('a')).toBe(7);
  });

  it('are not remembered when they failed', async () => {
    await expect(memory.recall('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await ask('a')).toBe(1);
  });
});
