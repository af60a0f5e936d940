import type { FeedTransition, FeedWindow } from '@floorwatch/contracts';
import {
  covers,
  type AgentId,
  type ApiKey,
  type Board,
  type RecordedStream,
  type StreamCursor,
  type StreamName,
} from '@floorwatch/domain';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { ApiError } from '../../plugins/api-error.ts';
import { tellTransition, tellWindow, type FeedWords } from './tell-feed.ts';

/** Pages read at a time, of all readers together, and how many may wait: the store has other work too. */
const READS_AT_ONCE = 2;
const READS_WAITING = 200;

/** How soon somebody may ask again who was one too many, ms. */
const AGAIN_MS = 5000;

export interface FeedReaderOptions extends FeedWords {
  readonly board: Board;
  /** Null where nothing is recorded. */
  readonly stream: RecordedStream | null;
  /** Before, nobody knows in which division an agent is. */
  readonly isBoardComplete: () => boolean;
}

export interface FeedPage<Entry> {
  readonly entries: readonly Entry[];
  readonly next: StreamCursor;
  readonly hasMore: boolean;
}

export type FeedEntry = FeedTransition | FeedWindow;

export interface FeedPlace {
  /** Null for the oldest that is kept; `now` for the end. */
  readonly after: StreamCursor | null;
  readonly limit: number;
}

/** Reads the recorded streams for the holders of keys, each in the divisions of the key. */
export class FeedReader {
  readonly #options: FeedReaderOptions;
  readonly #gate = bulkhead(READS_AT_ONCE, READS_WAITING);

  constructor(options: FeedReaderOptions) {
    this.#options = options;
  }

  transitions(key: ApiKey, place: FeedPlace): Promise<FeedPage<FeedTransition>> {
    return this.#read({ key, ...place, name: 'transitions' }, async (stream, question) => {
      const { entries, ...rest } = await stream.readTransitions(question);
      return { entries: entries.map((entry) => tellTransition(entry, this.#options)), ...rest };
    });
  }

  windows(key: ApiKey, place: FeedPlace): Promise<FeedPage<FeedWindow>> {
    return this.#read({ key, ...place, name: 'windows' }, async (stream, question) => {
      const { entries, ...rest } = await stream.readWindows(question);
      return { entries: entries.map((entry) => tellWindow(entry, this.#options)), ...rest };
    });
  }

  /** Calls back when there may be more to read, until the returned function is called. */
  onArrival(stream: StreamName, listener: () => void): () => void {
    return this.#stream.onArrival(stream, listener);
  }

  async #read<Entry>(
    { key, after, limit, name }: FeedPlace & { readonly key: ApiKey; readonly name: StreamName },
    read: (stream: RecordedStream, question: Parameters<RecordedStream['readWindows']>[0]) => Promise<FeedPage<Entry>>,
  ): Promise<FeedPage<Entry>> {
    const stream = this.#stream;
    const isWanted = this.#wantedBy(key);
    try {
      return await this.#gate.execute(async () => {
        const place = after === 'now' ? await stream.head(name) : after;
        return read(stream, { after: place, limit, ...(isWanted && { isWanted }) });
      });
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      throw new ApiError(429, 'rate-limited', { message: 'Too many read the feed at once', retryAfterMs: AGAIN_MS });
    }
  }

  get #stream(): RecordedStream {
    const { stream } = this.#options;
    if (stream === null)
      throw new ApiError(503, 'store-unavailable', 'This Floorwatch does not record: set RECORDING=on to have a feed');
    return stream;
  }

  /** Null where everybody is. @throws ApiError 503 `not-ready` while it is not known who is in which division */
  #wantedBy({ divisions }: ApiKey): ((id: AgentId) => boolean) | null {
    if (divisions === 'all') return null;
    const { board, isBoardComplete } = this.#options;
    if (!isBoardComplete())
      throw new ApiError(503, 'not-ready', 'The agents have not been read yet: their divisions are not known');
    return (id) => covers(divisions, board.rowOf(id)?.profile.divisionId ?? null);
  }
}
