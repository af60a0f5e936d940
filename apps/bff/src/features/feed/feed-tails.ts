import { Readable } from 'node:stream';
import type { ErrorBody } from '@floorwatch/contracts';
import type { ApiKey, Clock, StreamCursor, StreamName } from '@floorwatch/domain';
import type { FastifyBaseLogger } from 'fastify';
import type { KeyCheck } from '../../api-keys/key-check.ts';
import { ApiError } from '../../plugins/api-error.ts';
import { errorAnswerTo } from '../../plugins/errors.ts';
import { Bell } from './bell.ts';
import type { FeedEntry, FeedPage, FeedReader } from './feed-reader.ts';

/** So that both ends and what is between them know that the line is alive. */
export const TAIL_HEARTBEAT_MS = 10_000;
/** How soon a key that was revoked closes its tails. */
const KEY_CHECKED_MS = TAIL_HEARTBEAT_MS;
/** After the end was reached; what comes meanwhile is read together. */
const PAUSE_MS = 500;
/** A reader that takes nothing for so long is let go: it knows where it stood. */
export const TAIL_STALLED_MS = 60_000;
/** How long a reader waits before it comes back, ms. */
const RETRY_MS = 3000;
const PAGE = 250;
const MAX_TAILS = 64;
const MAX_TAILS_OF_KEY = 8;

export interface FeedTailsOptions {
  readonly reader: FeedReader;
  readonly keys: KeyCheck;
  readonly clock: Clock;
}

interface Tail {
  readonly key: ApiKey;
  readonly end: AbortController;
}

export interface TailQuestion {
  readonly key: ApiKey;
  readonly stream: StreamName;
  readonly after: StreamCursor | null;
  readonly correlationId: string;
  readonly log: FastifyBaseLogger;
  readonly read: (after: StreamCursor | null, limit: number) => Promise<FeedPage<FeedEntry>>;
}

/** Feeds that go on for ever, as server-sent events. A reader that is slow is read for slowly, and for nobody else. */
export class FeedTails {
  readonly #options: FeedTailsOptions;
  readonly #tails = new Set<Tail>();

  constructor(options: FeedTailsOptions) {
    this.#options = options;
  }

  get open(): number {
    return this.#tails.size;
  }

  /**
   * The first page is read before anything is sent: whoever cannot be served gets an answer that says why.
   * @throws ApiError 429 where there are too many
   */
  async begin(question: TailQuestion): Promise<Readable> {
    const { key } = question;
    const ofKey = [...this.#tails].filter((tail) => tail.key.id === key.id).length;
    if (ofKey >= MAX_TAILS_OF_KEY || this.#tails.size >= MAX_TAILS)
      throw new ApiError(429, 'rate-limited', {
        message: `Too many tails are open, ${String(ofKey)} of this key: close one`,
        retryAfterMs: RETRY_MS,
      });
    const tail: Tail = { key, end: new AbortController() };
    this.#tails.add(tail);
    try {
      const first = await question.read(question.after, PAGE);
      const text = Readable.from(this.#frames(question, first, tail.end), { objectMode: false, highWaterMark: 1 });
      text.once('close', () => {
        tail.end.abort();
        this.#tails.delete(tail);
      });
      tail.end.signal.addEventListener('abort', () => text.destroy(), { once: true });
      return text;
    } catch (error) {
      this.#tails.delete(tail);
      throw error;
    }
  }

  /** Ends them all; their readers come back to whoever is there then. */
  stop(): void {
    for (const { end } of this.#tails) end.abort();
  }

  async *#frames(question: TailQuestion, first: FeedPage<FeedEntry>, end: AbortController): AsyncGenerator<string> {
    const { clock, reader } = this.#options;
    const bell = new Bell(clock);
    const stop = reader.onArrival(question.stream, () => {
      bell.ring();
    });
    const send = (text: string): AsyncGenerator<string> => untilTaken(text, { clock, end });
    try {
      yield* send(`retry: ${String(RETRY_MS)}\n\n`);
      let checkedAt = clock.now();
      for (let page = first; ; page = await question.read(page.next, PAGE)) {
        yield* send(page.entries.length > 0 ? eventsOf(question.stream, page.entries) : heartbeatOf(page.next));
        if (!page.hasMore) {
          await clock.sleep(PAUSE_MS, end.signal);
          await bell.wait(TAIL_HEARTBEAT_MS, end.signal);
        }
        if (clock.now() - checkedAt >= KEY_CHECKED_MS) {
          await this.#insist(question.key);
          checkedAt = clock.now();
        }
      }
    } catch (error) {
      if (!end.signal.aborted) yield failureOf(error, question);
    } finally {
      stop();
    }
  }

  async #insist({ id }: ApiKey): Promise<void> {
    if (!(await this.#options.keys.isStillValid(id)))
      throw new ApiError(401, 'key-refused', 'This API key is not valid any more');
  }
}

/** Hands the text on, and gives up where nobody takes it for too long. */
async function* untilTaken(
  text: string,
  { clock, end }: { readonly clock: Clock; readonly end: AbortController },
): AsyncGenerator<string> {
  const forget = clock.after(TAIL_STALLED_MS, () => {
    end.abort();
  });
  try {
    yield text;
  } finally {
    forget();
  }
}

const EVENT: Readonly<Record<StreamName, string>> = { transitions: 'transition', windows: 'window' };

const eventsOf = (stream: StreamName, entries: readonly FeedEntry[]): string =>
  entries.map((entry) => `id: ${entry.cursor}\nevent: ${EVENT[stream]}\ndata: ${JSON.stringify(entry)}\n\n`).join('');

/** Moves the reader's place on over what was not for it. */
const heartbeatOf = (cursor: StreamCursor): string => `id: ${cursor}\n: alive\n\n`;

/** Why the tail ends. The reader comes back on its own, from where it stood. */
const failureOf = (error: unknown, { correlationId, log }: TailQuestion): string => {
  const { status, ...rest } = errorAnswerTo(error);
  if (status >= 500)
    log.warn({ event: 'feed-tail-ended', code: rest.code, err: error }, 'a tail of the feed has ended');
  const body: ErrorBody = { ...rest, correlationId };
  return `event: failed\ndata: ${JSON.stringify(body)}\n\n`;
};
