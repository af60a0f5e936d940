import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSocketPair, type SocketPair } from './socket-pair.fake.ts';
import { textFrame } from './text-frame.ts';

describe('textFrame', () => {
  let pair: SocketPair;

  const hear = async (text: string): Promise<unknown> => {
    const heard = once(pair.browser, 'message') as Promise<[{ readonly data: unknown }]>;
    pair.connection.write(textFrame(text));
    const [{ data }] = await heard;
    return data;
  };

  beforeEach(async () => {
    pair = await openSocketPair();
  });

  afterEach(() => pair.close());

  it.each([0, 1, 125, 126, 65_535, 65_536, 200_000])('is read by a browser at a length of %i bytes', async (length) => {
    const text = 'x'.repeat(length);
    expect(await hear(text)).toBe(text);
    expect(await hear('the next')).toBe('the next');
  });

  it('counts bytes, not characters', async () => {
    const text = 'Zoë, 東京 ☎ '.repeat(11);
    expect(text.length).toBeLessThanOrEqual(125);
    expect(await hear(text)).toBe(text);
  });
});
