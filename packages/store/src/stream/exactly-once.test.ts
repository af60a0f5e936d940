import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  agentId,
  idempotencyKey,
  seededRandom,
  type RecordedStream,
  type StreamCursor,
  type StreamedTransition,
} from '@floorwatch/domain';
import { afterAll, expect, it } from 'vitest';
import { DAY_ONE } from '../recording/recording.fake.ts';
import type { Store } from '../store.ts';
import { onBothEngines, type Place } from '../testing/engines.fake.ts';

const WRITER = fileURLToPath(new URL('../testing/writer-process.fake.ts', import.meta.url));
/** Batches a writer has acknowledged when it is killed, at most. */
const BATCHES = 25;
const PATIENT_MS = 120_000;

const children = new Set<ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** A process that writes from an instant on, until it is killed; what it wrote when, it says itself. */
class Writer {
  acknowledged: number;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterableIterator<string>;

  constructor({ databaseUrl, dataDir }: Place, first: number) {
    this.acknowledged = first;
    const place = databaseUrl ?? dataDir ?? '';
    const child = spawn(process.execPath, [WRITER, place, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.add(child);
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  async write(batches: number): Promise<void> {
    for (let batch = 0; batch < batches; batch += 1) {
      const { value } = (await this.#lines.next()) as { value: string | undefined };
      if (value !== 'open') this.acknowledged = Number(value);
    }
  }

  /** In the midst of whatever it does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    for await (const line of this.#lines) this.acknowledged = Number(line);
    await once(this.#child, 'close').catch(() => undefined);
    children.delete(this.#child);
  }
}

/** Reads a page now and then, and knows nothing but its cursor when it comes back. */
class Reader {
  readonly told: StreamedTransition[] = [];
  #cursor: StreamCursor | null = null;

  async read({ stream }: { readonly stream: RecordedStream }, limit: number): Promise<boolean> {
    const { entries, next, hasMore } = await stream.readTransitions({ after: this.#cursor, limit });
    this.told.push(...entries);
    this.#cursor = next;
    return hasMore;
  }

  async readOn(store: Store): Promise<void> {
    while (await this.read(store, 700));
  }
}

const expectExactlyOnce = async ({ told }: Reader, store: Store, acknowledged: number): Promise<void> => {
  const agentIds = Array.from({ length: 7 }, (_, index) => agentId(`agent-${String(index)}`));
  const recorded = await store.recording.readTransitions({ agentIds, from: 0, to: DAY_ONE * 2 });
  const all = [...recorded.values()].flat().map(idempotencyKey).toSorted();
  expect(told.map(({ id }) => id).toSorted()).toEqual(all);
  expect(all.length).toBeGreaterThanOrEqual(acknowledged - DAY_ONE);
  // One after the other, without a hole: what was rolled back took no number with it.
  const numbers = told.map(({ cursor }) => Number.parseInt(cursor.split('-')[1] ?? '', 36));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
};

onBothEngines('A reader of the stream', (bench) => {
  it(
    'gets every transition exactly once, though writers are killed, repeat themselves and tell the same',
    async () => {
      const place = await bench.place();
      const random = seededRandom('exactly once');
      const upTo = (most: number): number => 1 + Math.floor(random() * most);
      const reader = new Reader();
      let acknowledged = DAY_ONE;
      // A data directory has one owner at a time; a server takes two, and the reader meanwhile.
      const several = bench.engine === 'postgresql';
      const open = several ? await bench.open(place) : null;
      for (let round = 0; round < (several ? 6 : 3); round += 1) {
        const writers = Array.from(
          { length: several ? 2 : 1 },
          (_, index) => new Writer(place, Math.max(DAY_ONE, acknowledged - (index + upTo(3)) * 50)),
        );
        const writing = Promise.all(writers.map((writer) => writer.write(upTo(BATCHES))));
        let isWriting = true;
        const written = writing.finally(() => {
          isWriting = false;
        });
        // Each page to its end: one still on its way beside the next would be told twice, and by the reader's own fault.
        while (isWriting && open !== null) await reader.read(open, upTo(300));
        await written;
        for (const writer of writers) await writer.kill();
        acknowledged = Math.max(acknowledged, ...writers.map((writer) => writer.acknowledged));
        if (open !== null) continue;
        const store = await bench.open(place);
        for (let pages = upTo(4); pages > 0; pages -= 1) await reader.read(store, upTo(300));
        await store.close();
      }
      const store = open ?? (await bench.open(place));
      await reader.readOn(store);
      await expectExactlyOnce(reader, store, acknowledged);
    },
    PATIENT_MS,
  );
});
