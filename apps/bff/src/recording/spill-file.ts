import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readSpillEntry, type SpillEntry } from './spill-entry.ts';

/** Who has which contact when is nobody's business but the one's who runs this. */
const OWNER_ONLY = 0o600;

const CHUNK_BYTES = 64 * 1024;

const NEWLINE = 0x0a;

export interface SpillStatus {
  readonly entries: number;
  readonly bytes: number;
  /** Lines that could not be read: torn by a crash, or damaged. */
  readonly damaged: number;
}

/**
 * Keeps on disk what the store cannot take, a line for each entry. What `append` has returned from outlives the process
 * and the machine; what it has not is cut off when the file is opened again.
 */
export class SpillFile {
  readonly #path: string;
  #entries = 0;
  /** Length of what is whole; anything after it is a line that a crash or a full disk has torn. */
  #bytes = 0;
  #damaged = 0;
  /** What an earlier run has left. */
  #inherited = 0;
  #inheritedAliveAt: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  status(): SpillStatus {
    return { entries: this.#entries, bytes: this.#bytes, damaged: this.#damaged };
  }

  /** Up to when the earlier run had written everything, as the file says; null where there is nothing of it. */
  get inheritedAliveAt(): number | null {
    return this.#inheritedAliveAt;
  }

  /** Takes over what an earlier run has left. */
  async open(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const file = await open(this.#path, 'a+', OWNER_ONLY);
    try {
      const { size } = await file.stat();
      let endsAt = 0;
      for await (const lines of this.#lines(file, () => size)) {
        this.#entries += lines.entries.length;
        this.#inheritedAliveAt =
          lines.entries.findLast((entry) => 'aliveAt' in entry)?.aliveAt ?? this.#inheritedAliveAt;
        ({ endsAt } = lines);
      }
      this.#bytes = endsAt;
      this.#inherited = endsAt;
      if (endsAt < size) this.#damaged += 1; // a torn line, which the next append cuts off
    } finally {
      await file.close();
    }
  }

  /** @throws Error where the disk takes no more; the file is as it was before */
  async append(entries: readonly SpillEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const text = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    const file = await open(this.#path, 'a', OWNER_ONLY);
    try {
      await file.truncate(this.#bytes); // of an append that failed, what was written is torn
      await file.appendFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    this.#bytes += text.length;
    this.#entries += entries.length;
  }

  /** Everything, oldest first, in batches. What is appended meanwhile is among it. */
  batches(size: number): AsyncGenerator<readonly SpillEntry[]> {
    return this.#batches(size, () => this.#bytes);
  }

  /** What an earlier run has left; it stays in the file. */
  inheritedBatches(size: number): AsyncGenerator<readonly SpillEntry[]> {
    return this.#batches(size, () => Math.min(this.#inherited, this.#bytes));
  }

  async *#batches(size: number, upTo: () => number): AsyncGenerator<readonly SpillEntry[]> {
    if (upTo() === 0) return;
    const file = await open(this.#path, 'r');
    try {
      let batch: SpillEntry[] = [];
      for await (const { entries } of this.#lines(file, upTo)) {
        batch.push(...entries);
        while (batch.length >= size) {
          yield batch.slice(0, size);
          batch = batch.slice(size);
        }
      }
      if (batch.length > 0) yield batch;
    } finally {
      await file.close();
    }
  }

  /** Forgets everything: it is in the store. */
  async clear(): Promise<void> {
    await rm(this.#path, { force: true });
    this.#bytes = 0;
    this.#inherited = 0;
    this.#entries = 0;
  }

  /** Whole lines, a chunk of the file at a time, and where they end. */
  async *#lines(file: FileHandle, upTo: () => number): AsyncGenerator<{ entries: SpillEntry[]; endsAt: number }> {
    let rest = Buffer.alloc(0);
    let at = 0;
    while (at < upTo()) {
      const length = Math.min(CHUNK_BYTES, upTo() - at);
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      const known = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const end = known.lastIndexOf(NEWLINE) + 1;
      rest = known.subarray(end);
      yield { entries: this.#parse(known.toString('utf8', 0, end)), endsAt: at - rest.length };
    }
  }

  #parse(text: string): SpillEntry[] {
    return text.split('\n').flatMap((line) => {
      if (line === '') return [];
      const entry = readSpillEntry(line);
      if (entry === null) this.#damaged += 1;
      return entry ?? [];
    });
  }
}
