import type { Clock, RecordedStream, StreamCursor, StreamedTransition, StreamPage } from '@floorwatch/domain';

/** Entries of one look at the stream. */
export const PAGE = 250;

/** Pages that are remembered: webhooks that keep up all stand at the same place. */
const REMEMBERED = 4;

/** How long a page is good for, ms: it may have grown since. */
const GOOD_FOR_MS = 400;

type Page = StreamPage<StreamedTransition>;

/** The stream, read once for all webhooks that stand at the same place. */
export class SharedStream {
  readonly #stream: Pick<RecordedStream, 'readTransitions'>;
  readonly #clock: Clock;
  readonly #pages = new Map<StreamCursor, { readonly at: number; readonly page: Promise<Page> }>();

  constructor(stream: Pick<RecordedStream, 'readTransitions'>, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
  }

  /** What follows, at most `PAGE`. @throws as the stream */
  pageAfter(after: StreamCursor): Promise<Page> {
    const known = this.#pages.get(after);
    if (known !== undefined && this.#clock.now() - known.at < GOOD_FOR_MS) return known.page;
    const page = this.#stream.readTransitions({ after, limit: PAGE });
    page.catch(() => this.#pages.delete(after));
    this.#pages.delete(after);
    this.#pages.set(after, { at: this.#clock.now(), page });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > REMEMBERED && oldest !== undefined) this.#pages.delete(oldest);
    return page;
  }
}
