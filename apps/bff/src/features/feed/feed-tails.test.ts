import { ACCESSIBILITY, agentId, Board, type RecordedStream, type StreamedTransition } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { FakeKeyStore } from '../../api-keys/key-store.fake.ts';
import { KeyCheck } from '../../api-keys/key-check.ts';
import { SOME_API_KEY } from '../../api-keys/some-api-key.fake.ts';
import { FeedReader } from './feed-reader.ts';
import { FeedTails, TAIL_STALLED_MS } from './feed-tails.ts';

const NOTHING_KNOWN = { presence: null, routing: null, work: null, queues: null };

const entryAt = (at: number): StreamedTransition => ({
  agentId: agentId('ann'),
  fact: { kind: 'routing', routing: 'idle' },
  at,
  exact: true,
  ingestedAt: at,
  source: 'event',
  previous: null,
  activityBefore: null,
  activityAfter: null,
  before: NOTHING_KNOWN,
  after: NOTHING_KNOWN,
  cursor: String(at),
  id: String(at),
});

/** A stream without an end, that counts how often it is read. */
class EndlessStream implements RecordedStream {
  pages = 0;

  readTransitions({ limit }: { readonly limit: number }) {
    this.pages += 1;
    const entries = Array.from({ length: limit }, (_, index) => entryAt(this.pages * limit + index));
    return Promise.resolve({ entries, next: String(this.pages), hasMore: true });
  }

  readWindows() {
    return Promise.reject(new Error('nobody asks for windows here'));
  }

  head() {
    return Promise.resolve('0');
  }

  onArrival() {
    return () => undefined;
  }
}

const tailsOf = async (stream: RecordedStream) => {
  const clock = new FakeClock();
  const reader = new FeedReader({
    stream,
    board: new Board('e'),
    accessibility: ACCESSIBILITY,
    isBoardComplete: () => true,
  });
  const store = new FakeKeyStore();
  await store.add(SOME_API_KEY, '');
  const log = pino({ level: 'silent' });
  const tails = new FeedTails({ reader, clock, keys: new KeyCheck({ store, clock, log }) });
  const begin = () =>
    tails.begin({
      key: SOME_API_KEY,
      stream: 'transitions',
      after: null,
      correlationId: 'c',
      log,
      read: (after, limit) => reader.transitions(SOME_API_KEY, { after, limit }),
    });
  return { clock, tails, begin };
};

it('a reader that takes nothing makes us read no further, and is let go after a minute', async () => {
  const stream = new EndlessStream();
  const { clock, tails, begin } = await tailsOf(stream);
  const stalled = await begin();
  const closed = new Promise((resolve) => stalled.once('close', resolve));
  stalled.read(0); // somebody is there, and never takes what is offered
  await clock.advance(TAIL_STALLED_MS - 1);
  expect(stream.pages).toBeLessThanOrEqual(2);
  expect(tails.open).toBe(1);
  await clock.advance(1);
  await closed;
  expect(tails.open).toBe(0);
});

it('one that takes everything gets everything, while another takes nothing', async () => {
  const { begin, tails } = await tailsOf(new EndlessStream());
  await begin();
  const quick = await begin();
  let events = 0;
  for await (const part of quick) {
    events += String(part).split('event: transition').length - 1;
    if (events >= 2000) break;
  }
  expect(events).toBeGreaterThanOrEqual(2000);
  await expect.poll(() => tails.open).toBe(1);
  tails.stop();
  await expect.poll(() => tails.open).toBe(0);
});
