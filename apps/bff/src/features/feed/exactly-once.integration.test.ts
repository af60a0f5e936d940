import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedTransition, feedTransitions } from '@floorwatch/contracts';
import {
  ACCESSIBILITY,
  agentId,
  Board,
  idempotencyKey,
  seededRandom,
  type Right,
  type Transition,
} from '@floorwatch/domain';
import { openStore, type Store } from '@floorwatch/store';
import { putEmptyDatabase, startPostgres } from '@floorwatch/store/testing';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { FakeKeyStore } from '../../api-keys/key-store.fake.ts';
import { KeyCheck } from '../../api-keys/key-check.ts';
import { SOME_API_KEY } from '../../api-keys/some-api-key.fake.ts';
import { accessPlugin } from '../../plugins/access.ts';
import { errorsPlugin } from '../../plugins/errors.ts';
import { systemClock } from '../../system-clock.ts';
import { EventStream } from './event-stream.fake.ts';
import { FeedReader } from './feed-reader.ts';
import { feedRoutes } from './feed.routes.ts';
import { FeedTails } from './feed-tails.ts';

const PATIENT_MS = 120_000;
const DAY_ONE = Date.parse('2026-08-15T00:00:00.000Z');
/** Of each writer. */
const BATCHES = 60;
const BATCH = 40;

const log = pino({ level: 'silent' });
const undo: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const step of undo.toReversed()) await step();
}, PATIENT_MS);

/** Two writers' stores: the same one where a data directory has one owner. */
const storesOn = async (engine: 'pglite' | 'postgresql'): Promise<Store[]> => {
  const open = async (place: { databaseUrl: string | null; dataDir: string | null }): Promise<Store> => {
    const store = await openStore({ ...place, clock: systemClock, log });
    undo.push(() => store.close());
    return store;
  };
  if (engine === 'pglite') {
    const dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-feed-'));
    undo.push(() => rm(dataDir, { recursive: true }));
    await putEmptyDatabase(dataDir);
    const store = await open({ databaseUrl: null, dataDir });
    return [store, store];
  }
  const server = await startPostgres();
  undo.push(() => server.remove());
  const databaseUrl = await server.createDatabase();
  return [await open({ databaseUrl, dataDir: null }), await open({ databaseUrl, dataDir: null })];
};

const serve = async (store: Store): Promise<string> => {
  const app: FastifyInstance = fastify({ forceCloseConnections: true });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(errorsPlugin, { servesPages: false });
  await app.register(accessPlugin, {
    visitOf: async () => null,
    keyOf: async () => SOME_API_KEY,
    permissionsOf: {} as Record<Right, string[]>,
    onRefused: () => undefined,
  });
  const reader = new FeedReader({
    stream: store.stream,
    board: new Board('epoch'),
    accessibility: ACCESSIBILITY,
    isBoardComplete: () => true,
  });
  const keyStore = new FakeKeyStore();
  await keyStore.add(SOME_API_KEY, '');
  const tails = new FeedTails({
    reader,
    clock: systemClock,
    keys: new KeyCheck({ store: keyStore, clock: systemClock, log }),
  });
  await app.register(feedRoutes, { reader, tails });
  undo.push(() => app.close());
  return app.listen({ host: '127.0.0.1', port: 0 });
};

/** What a writer tells, some of it late, some of it what the other one tells too. */
const told = (writer: number, batch: number): Transition[] =>
  Array.from({ length: BATCH }, (_, index) => {
    const isShared = index % 3 === 0;
    const at = DAY_ONE + ((batch * 7) % BATCHES) * 60_000 + index * 100;
    return {
      agentId: agentId(isShared ? 'shared' : `agent-${String(writer)}`),
      fact: { kind: 'routing', routing: index % 2 === 0 ? 'idle' : 'interacting' },
      at,
      exact: true,
      ingestedAt: at,
      source: 'event',
    };
  });

/** Everything is written, some of it twice. */
const write = async ({ recording }: Store, writer: number): Promise<void> => {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    await recording.addTransitions(told(writer, batch));
    if (batch % 4 === 0) await recording.addTransitions(told(writer, Math.floor(batch / 2)));
  }
};

describe.each(['pglite', 'postgresql'] as const)('A reader over HTTP (%s)', (engine) => {
  it(
    'that stops and comes back at random while two write gets every transition exactly once',
    async () => {
      const random = seededRandom(engine);
      const upTo = (most: number): number => 1 + Math.floor(random() * most);
      const [first, second] = await storesOn(engine);
      if (first === undefined || second === undefined) throw new Error('two stores were asked for');
      const url = await serve(second);
      const got: string[] = [];
      let cursor: string | null = null;

      const address = (query: Record<string, string>): URL => {
        const asked = new URL(feedTransitions.path, url);
        asked.search = new URLSearchParams({ ...query, ...(cursor !== null && { cursor }) }).toString();
        return asked;
      };
      /** @returns whether there is more */
      const readPage = async (): Promise<boolean> => {
        const response = await fetch(address({ limit: String(24 + upTo(200)) }));
        const { transitions, next, hasMore } = feedTransitions.reply.parse(await response.json());
        got.push(...transitions.map(({ id }) => id));
        cursor = next;
        return hasMore;
      };
      /** Is cut off in the midst of what it gets, and knows its last event only. */
      const readTail = async (): Promise<void> => {
        const tail = await EventStream.open(address({}), {});
        const enough = upTo(150);
        await expect
          .poll(() => tail.events.length >= enough || !isWriting, { timeout: 20_000, interval: 5 })
          .toBe(true);
        const seen = tail.events.slice(0, enough).filter(({ event }) => event === 'transition');
        void tail.close();
        got.push(...seen.map(({ data }) => feedTransition.parse(data).id));
        cursor = seen.at(-1)?.id ?? cursor;
      };

      let isWriting = true;
      const writing = Promise.all([write(first, 1), write(second, 2)]).finally(() => (isWriting = false));
      while (isWriting) await (random() < 0.5 ? readPage() : readTail());
      await writing;
      while (await readPage());

      const all = [1, 2].flatMap((writer) =>
        Array.from({ length: BATCHES }, (_, batch) => told(writer, batch).map(idempotencyKey)).flat(),
      );
      expect(got.toSorted()).toEqual([...new Set(all)].toSorted());
    },
    PATIENT_MS,
  );
});
