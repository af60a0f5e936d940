import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionOf, type ClientSession } from './client-session.ts';
import { openSocketPair, type SocketPair } from './socket-pair.fake.ts';
import { textFrame } from './text-frame.ts';

describe('sessionOf', () => {
  let pair: SocketPair;
  let session: ClientSession;

  beforeEach(async () => {
    pair = await openSocketPair();
    session = sessionOf(pair.socket, pair.connection, 0);
  });

  afterEach(() => pair.close());

  it('says goodbye after all that it was given, and nothing more', async () => {
    const { browser, connection } = pair;
    const heard: unknown[] = [];
    browser.addEventListener('message', ({ data }) => heard.push(data));
    const closed = once(browser, 'close') as Promise<[{ readonly code: number }]>;
    for (const text of ['one', 'two']) session.send(textFrame(text));
    session.close(1012, 'restarting');
    const { bytesWritten } = connection;
    session.send(textFrame('three'));
    expect(connection.bytesWritten).toBe(bytesWritten);
    const [{ code }] = await closed;
    expect({ heard, code }).toEqual({ heard: ['one', 'two'], code: 1012 });
  });

  it('counts what a connection has not taken, and gives up on it without a word', async () => {
    pair.connection.cork(); // takes nothing any more
    const frame = textFrame('x'.repeat(1000));
    session.send(frame);
    expect(session.unsentBytes()).toBe(frame.length);
    const closed = once(pair.connection, 'close');
    session.terminate();
    await closed;
    expect(() => session.send(frame)).not.toThrow();
  });
});
