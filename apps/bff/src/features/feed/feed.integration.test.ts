import { createApiKey, errorBody, feedTransitions, feedWindows, type FeedTransition } from '@floorwatch/contracts';
import { agentId, WINDOW_MS, NO_MS, type Transition } from '@floorwatch/domain';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DividedFloor, type SomeAgent } from '../../scopes/divided-floor.fake.ts';
import { closeTheStore, SET_UP_MS, type Browser } from '../../sessions/signed-in-floor.fake.ts';
import { EventStream } from './event-stream.fake.ts';

let floor: DividedFloor;
let admin: Browser;
let own: SomeAgent;
let foreign: SomeAgent;
/** Opens what is recorded of every agent, and of those of one division. */
let whole = '';
let cut = '';
/** Where the stream stood when the test began. */
let start = '';
let instant = Date.parse('2026-08-15T08:00:00.000Z');

const makeKey = async (wish: Partial<Record<string, unknown>> = {}) => {
  const body = { name: 'Payroll', scopes: ['feed:transitions', 'feed:windows'], divisions: 'all', ...wish };
  const { status, text } = await admin.write('/api/api-keys', body);
  expect(status, text).toBe(201);
  return createApiKey.reply.parse(JSON.parse(text));
};

beforeAll(async () => {
  floor = await DividedFloor.open();
  admin = await floor.signedIn('admin');
  [own, foreign] = [floor.agents.own[0] ?? expect.fail('nobody'), floor.agents.foreign[0] ?? expect.fail('nobody')];
  whole = (await makeKey()).secret;
  cut = (await makeKey({ divisions: [own.divisionId] })).secret;
}, SET_UP_MS);

beforeEach(async () => {
  start = await floor.store.stream.head('transitions');
});

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

/** Each a minute after the one before. */
const record = async (...agents: readonly SomeAgent[]): Promise<Transition[]> => {
  const transitions = agents.map(({ id }, index): Transition => {
    instant += 60_000;
    const routing = index % 2 === 0 ? 'idle' : 'interacting';
    return {
      agentId: agentId(id),
      fact: { kind: 'routing', routing },
      at: instant,
      exact: true,
      ingestedAt: instant + 5,
      source: 'event',
    };
  });
  await floor.store.recording.addTransitions(transitions);
  return transitions;
};

const ask = async (path: string, key: string | null, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(new URL(path, floor.url), {
    headers: { ...(key !== null && { authorization: `Bearer ${key}` }), ...headers },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const page = async (key: string, cursor: string, limit = 25) => {
  const { status, text } = await ask(`${feedTransitions.path}?cursor=${cursor}&limit=${String(limit)}`, key);
  expect(status, text).toBe(200);
  return feedTransitions.reply.parse(JSON.parse(text));
};

const instantsOf = (entries: readonly FeedTransition[]): number[] => entries.map(({ at }) => Date.parse(at));

const codeOf = ({ text }: { readonly text: string }): string => errorBody.parse(JSON.parse(text)).code;

it('a reader gets everything in pages, in its order, and goes on where it stopped', async () => {
  const told = await record(...Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? own : foreign)));
  const entries: FeedTransition[] = [];
  let cursor = start;
  for (let hasMore = true; hasMore;) {
    const { transitions, next, ...rest } = await page(whole, cursor);
    expect(transitions.length).toBeLessThanOrEqual(25);
    entries.push(...transitions);
    ({ hasMore } = rest);
    cursor = next;
  }
  expect(instantsOf(entries)).toEqual(told.map(({ at }) => at));
  expect(entries[2]).toMatchObject({
    id: `${own.id}:routing:${new Date(told[2]?.at ?? 0).toISOString()}`,
    agent: { id: own.id, name: own.name, divisionId: own.divisionId },
    kind: 'routing',
    value: { kind: 'routing', routing: 'idle' },
    previous: { kind: 'routing', routing: 'idle' },
    activity: { before: null, after: null },
    accessibility: { before: null, after: null },
    exact: true,
    source: 'event',
  });
  expect(await page(whole, cursor)).toEqual({ transitions: [], next: cursor, hasMore: false });
});

it('a key of one division tells of its agents only, and moves on over the others', async () => {
  const told = await record(own, foreign, own, foreign, foreign);
  const { transitions, next, hasMore } = await page(cut, start);
  expect(instantsOf(transitions)).toEqual([told[0]?.at, told[2]?.at]);
  expect(JSON.stringify(transitions)).not.toContain(foreign.id);
  expect({ next, hasMore }).toEqual({ next: await floor.store.stream.head('transitions'), hasMore: false });
});

it('lines hold what a page does, with the place to go on in a header', async () => {
  await record(own, foreign, own);
  const { transitions, next } = await page(whole, start);
  const lines = await ask(`${feedTransitions.path}?cursor=${start}`, whole, { accept: 'application/x-ndjson' });
  expect(lines.headers.get('content-type')).toBe('application/x-ndjson');
  expect(lines.headers.get('x-feed-next')).toBe(next);
  expect(lines.headers.get('x-feed-has-more')).toBe('false');
  expect(
    lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(transitions);
});

it('windows are told with their figures, and again when they have become another', async () => {
  const window = {
    agentId: agentId(own.id),
    from: Date.parse('2026-08-15T09:00:00.000Z'),
    transitions: 0,
    isVolatile: false,
  };
  await floor.store.recording.putWindows([{ ...window, ms: { ...NO_MS, ready: WINDOW_MS } }]);
  const read = async (cursor: string) => {
    const { text } = await ask(`${feedWindows.path}?cursor=${cursor}`, cut);
    return feedWindows.reply.parse(JSON.parse(text));
  };
  const first = await read(await floor.store.stream.head('windows').then((head) => head.replace(/-.*/, '-0')));
  expect(first.windows).toMatchObject([
    { agent: { id: own.id }, figures: { availableSeconds: 300, accessibleShare: 1 } },
  ]);
  await floor.store.recording.putWindows([{ ...window, ms: { ...NO_MS, break: WINDOW_MS } }]);
  const { windows } = await read(first.next);
  expect(windows).toMatchObject([{ id: first.windows[0]?.id, figures: { notReadySeconds: 300, accessibleShare: 0 } }]);
  expect(windows[0]?.version).toBeGreaterThan(first.windows[0]?.version ?? Infinity);
});

it('a tail tells what is there and what comes, each once, also to one that was away', async () => {
  const headers = { authorization: `Bearer ${cut}` };
  const told = await record(own, foreign, own);
  const address = new URL(`${feedTransitions.path}?cursor=${start}`, floor.url);
  const first = await EventStream.open(address, headers);
  const came = ({ events }: EventStream) =>
    events.filter(({ event }) => event === 'transition').map(({ data }) => Date.parse((data as FeedTransition).at));
  await floor.eventually(() => expect(came(first)).toEqual([told[0]?.at, told[2]?.at]));
  const [live] = await record(own);
  await floor.eventually(() => expect(came(first)).toContain(live?.at));
  await record(foreign);
  const head = await floor.store.stream.head('transitions');
  await floor.eventually(() => expect(first.lastId).toBe(head)); // a heartbeat
  await first.close();

  const [missed] = await record(own);
  const second = await EventStream.open(address, { ...headers, 'last-event-id': first.lastId ?? '' });
  await floor.eventually(() => expect(came(second)).toEqual([missed?.at]));
  await second.close();
});

it('a tail ends when its key is revoked, and says why; and is not opened a ninth time', async () => {
  const { key, secret } = await makeKey();
  const headers = { authorization: `Bearer ${secret}` };
  const address = new URL(`${feedTransitions.path}?cursor=now`, floor.url);
  const tails = await Promise.all(Array.from({ length: 8 }, () => EventStream.open(address, headers)));
  expect(tails.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
  const ninth = await ask(address.pathname + address.search, secret, { accept: 'text/event-stream' });
  expect([ninth.status, codeOf(ninth)]).toEqual([429, 'rate-limited']);
  expect((await admin.write(`/api/api-keys/${key.id}/revoke`)).status).toBe(200);
  for (const tail of tails) {
    await tail.ended;
    expect(tail.events.at(-1)).toMatchObject({ event: 'failed', data: { code: 'key-refused' } });
  }
});

it('a cursor that points before what is kept is refused, with the oldest that is not', async () => {
  await record(own, own);
  await floor.store.recording.dropBefore(instant + 2 * 86_400_000);
  const answer = await ask(`${feedTransitions.path}?cursor=${start}`, whole);
  expect([answer.status, codeOf(answer)]).toEqual([410, 'cursor-too-old']);
  const { oldestCursor = '' } = errorBody.parse(JSON.parse(answer.text));
  expect(await page(whole, oldestCursor)).toEqual({ transitions: [], next: oldestCursor, hasMore: false });
  instant += 3 * 86_400_000;
});

it.each([
  ['limit=24', 'invalid-request'],
  ['limit=1001', 'invalid-request'],
  ['cursor=mine', 'cursor-unknown'],
  ['cursor=t000000000000-1', 'cursor-unknown'],
])('a question like ?%s is refused as %s', async (query, code) => {
  const answer = await ask(`${feedTransitions.path}?${query}`, whole);
  expect([answer.status, codeOf(answer)]).toEqual([400, code]);
});
