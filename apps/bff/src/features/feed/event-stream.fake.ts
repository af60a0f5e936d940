/** One event of a stream, or a block that only moves the reader on. */
export interface ServerSentEvent {
  readonly id: string | null;
  readonly event: string | null;
  readonly data: unknown;
}

/** As much of an event source as a test needs: what came, and where the reader stands. */
export class EventStream {
  readonly status: number;
  readonly events: ServerSentEvent[] = [];
  /** What the reader would send as `Last-Event-ID`. */
  lastId: string | null = null;
  readonly ended: Promise<void>;
  readonly #abort: AbortController;

  private constructor(response: Response, abort: AbortController) {
    this.status = response.status;
    this.#abort = abort;
    this.ended = this.#read(response).catch(() => undefined);
  }

  static async open(url: string | URL, headers: Readonly<Record<string, string>>): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream', ...headers },
      signal: abort.signal,
    });
    return new EventStream(response, abort);
  }

  close(): Promise<void> {
    this.#abort.abort();
    return this.ended;
  }

  async #read(response: Response): Promise<void> {
    let text = '';
    for await (const part of (response.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream())) {
      const blocks = (text + part).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
      }),
    );
    const id = fields.get('id') ?? null;
    if (id !== null) this.lastId = id;
    const data = fields.get('data');
    this.events.push({ id, event: fields.get('event') ?? null, data: data === undefined ? null : JSON.parse(data) });
  }
}
