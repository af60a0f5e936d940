import type {
  AvailabilityWindow,
  Clock,
  FactKind,
  RecordedStream,
  StreamCursor,
  StreamedTransition,
  StreamedWindow,
  StreamName,
  StreamPage,
  StreamQuestion,
} from '@floorwatch/domain';
import type { Database } from '../engine/database.ts';
import { AgentRefs } from '../recording/agent-refs.ts';
import { Arrivals } from './arrivals.ts';
import { StreamLog } from './stream-log.ts';
import { readPage, type NamedEntry } from './stream-reader.ts';
import { tellTransitions, type Pasts } from './tell-transitions.ts';

/** Where the windows of places in the stream come from. */
interface Versions {
  readWindowVersions(places: readonly NamedEntry[]): Promise<Map<number, AvailabilityWindow>>;
}

interface StreamOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly recording: Pasts & Versions;
}

/** The recording in the order in which it was written. Everything fails with `StoreUnavailable` while the database is away. */
export class SqlRecordedStream implements RecordedStream {
  readonly #database: Database;
  readonly #recording: Pasts & Versions;
  readonly #agents: AgentRefs;
  readonly #arrivals: Arrivals;

  constructor({ database, clock, recording }: StreamOptions) {
    this.#database = database;
    this.#recording = recording;
    this.#agents = new AgentRefs(database.db);
    this.#arrivals = new Arrivals({ clock, head: (stream) => this.head(stream) });
    database.onBack(() => {
      this.#agents.forget();
    });
  }

  /** @throws CursorTooOld, CursorUnknown */
  readTransitions(
    question: StreamQuestion & { readonly kinds?: readonly FactKind[] },
  ): Promise<StreamPage<StreamedTransition>> {
    return this.#read('transitions', question, (entries, cursorAt) =>
      tellTransitions(entries, { pasts: this.#recording, cursorAt }),
    );
  }

  /** @throws CursorTooOld, CursorUnknown */
  readWindows(question: StreamQuestion): Promise<StreamPage<StreamedWindow>> {
    return this.#read('windows', question, async (entries, cursorAt) => {
      const versions = await this.#recording.readWindowVersions(entries);
      return entries.flatMap(({ seq }) => {
        const window = versions.get(seq);
        if (window === undefined) return [];
        const id = `${window.agentId}:window:${new Date(window.from).toISOString()}`;
        return { ...window, id, version: seq, cursor: cursorAt(seq) };
      });
    });
  }

  head(stream: StreamName): Promise<StreamCursor> {
    return this.#database.use((db) => new StreamLog(db, stream).head());
  }

  /**
   * Calls back when there may be more to read, at once for what this process wrote, within a second for what others did;
   * until the returned function is called. Listen first, then read.
   */
  onArrival(stream: StreamName, listener: () => void): () => void {
    return this.#arrivals.listen(stream, listener);
  }

  /** What this process wrote can be read now. */
  noteArrival(stream: StreamName): void {
    this.#arrivals.note(stream);
  }

  close(): void {
    this.#arrivals.close();
  }

  #read<Told>(
    stream: StreamName,
    question: StreamQuestion,
    tell: (entries: readonly NamedEntry[], cursorAt: (seq: number) => StreamCursor) => Promise<Told[]>,
  ): Promise<StreamPage<Told>> {
    return this.#database.use((db) =>
      readPage({ log: new StreamLog(db, stream), agents: this.#agents, question, tell }),
    );
  }
}
