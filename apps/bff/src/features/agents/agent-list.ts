import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { toDeltaBody, type AgentList } from '@floorwatch/contracts';
import type { Board, Clock } from '@floorwatch/domain';
import type { DirectoryNames } from '../../ingest/directory.ts';

const asBrotli = promisify(brotliCompress);
const asGzip = promisify(gzip);

export type Encoding = 'br' | 'gzip' | 'identity';

/** One rendering of the whole list, in every encoding a browser may ask for. */
export interface ListDocument {
  readonly etag: string;
  body(encoding: Encoding): Promise<Buffer>;
}

/**
 * How long a rendering is handed out, ms. It may lag: the live socket brings what came since. So a thousand browsers
 * that come back after a restart cost one rendering and one compression, not a thousand.
 */
const RENDERING_LIVES_MS = 2000;

/** Brotli's quality for a body that is made once and sent many times, but while somebody waits. */
const BROTLI_QUALITY = 4;

export interface AgentListOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly organisation: () => AgentList['organisation'];
  readonly names: () => DirectoryNames;
}

/** Renders `GET /api/agents`, at most once per position and moment. */
export class AgentListRenderer {
  readonly #options: AgentListOptions;
  #held: { readonly document: ListDocument; readonly names: DirectoryNames; readonly at: number } | null = null;

  constructor(options: AgentListOptions) {
    this.#options = options;
  }

  /** The list, or null before anything has been read from the platform. */
  current(): ListDocument | null {
    const { clock, names } = this.#options;
    if (names().revision === 0) return null;
    const held = this.#held;
    const fresh = held !== null && clock.now() - held.at < RENDERING_LIVES_MS && held.names === names();
    if (fresh) return held.document;
    const etag = this.#etag();
    if (held?.document.etag === etag) return held.document;
    const document = documentOf(etag, this.#render());
    this.#held = { document, names: names(), at: clock.now() };
    return document;
  }

  #etag(): string {
    const { board, names, organisation } = this.#options;
    const { narrowedFrom } = organisation();
    const suffix = narrowedFrom === null ? '' : `-of-${String(narrowedFrom)}`;
    return `"${board.epoch}-${String(board.version)}-${String(names().revision)}${suffix}"`;
  }

  #render(): Buffer {
    const { board, organisation, names } = this.#options;
    const { cards, rows } = toDeltaBody(board.changesSince(0));
    const { divisions, queues } = names();
    const list: AgentList = {
      epoch: board.epoch,
      version: board.version,
      organisation: organisation(),
      divisions: [...divisions],
      queues: [...queues],
      cards,
      rows,
    };
    return Buffer.from(JSON.stringify(list));
  }
}

const documentOf = (etag: string, plain: Buffer): ListDocument => {
  const made = new Map<Encoding, Promise<Buffer>>();
  const make = (encoding: Encoding): Promise<Buffer> => {
    switch (encoding) {
      case 'br':
        return asBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
      case 'gzip':
        return asGzip(plain);
      case 'identity':
        return Promise.resolve(plain);
    }
  };
  return {
    etag,
    body: (encoding) => {
      const body = made.get(encoding) ?? make(encoding);
      made.set(encoding, body);
      return body;
    },
  };
};
