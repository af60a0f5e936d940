import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { toDeltaBody, type AgentList } from '@floorwatch/contracts';
import { covers, scopeKey, type Board, type Clock, type DivisionScope } from '@floorwatch/domain';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { cutTo, namesWithin } from '../../scopes/names-within.ts';
import { scopeEpoch } from '../../scopes/scope-epoch.ts';

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

/** Scopes whose rendering is kept: at 10,000 agents one is some megabytes. The one not asked for longest goes first. */
const SCOPES_KEPT = 8;

interface Held {
  readonly document: ListDocument;
  readonly names: DirectoryNames;
  readonly at: number;
}

export interface AgentListOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly organisation: () => AgentList['organisation'];
  readonly names: () => DirectoryNames;
}

/** Renders `GET /api/agents`, at most once per position, moment and scope. */
export class AgentListRenderer {
  readonly #options: AgentListOptions;
  readonly #held = new Map<string, Held>();

  constructor(options: AgentListOptions) {
    this.#options = options;
  }

  /** The list of those who may be seen, or null before anything has been read from the platform. */
  current(seen: DivisionScope): ListDocument | null {
    const { clock, names } = this.#options;
    if (names().revision === 0) return null;
    const key = scopeKey(seen);
    const held = this.#held.get(key);
    const fresh = held !== undefined && clock.now() - held.at < RENDERING_LIVES_MS && held.names === names();
    const etag = fresh ? held.document.etag : this.#etag(seen);
    if (held?.document.etag === etag) return this.#keep(key, held).document;
    return this.#keep(key, { document: documentOf(etag, this.#render(seen)), names: names(), at: clock.now() })
      .document;
  }

  #keep(key: string, held: Held): Held {
    this.#held.delete(key);
    this.#held.set(key, held);
    const [oldest] = this.#held.keys();
    if (this.#held.size > SCOPES_KEPT && oldest !== undefined) this.#held.delete(oldest);
    return held;
  }

  #etag(seen: DivisionScope): string {
    const { board, names, organisation } = this.#options;
    const { narrowedFrom } = organisation();
    const suffix = narrowedFrom === null || seen !== 'all' ? '' : `-of-${String(narrowedFrom)}`;
    return `"${scopeEpoch(board.epoch, seen)}-${String(board.version)}-${String(names().revision)}${suffix}"`;
  }

  #render(seen: DivisionScope): Buffer {
    const { board, organisation, names } = this.#options;
    const patch = board.changesSince(0);
    const rowsSeen = patch.rows.filter(({ profile }) => covers(seen, profile.divisionId));
    const { cards, rows } = toDeltaBody({ ...patch, rows: rowsSeen });
    const { divisions, queues } = namesWithin(names(), board, seen);
    const { narrowedFrom, ...who } = organisation();
    const list: AgentList = {
      epoch: scopeEpoch(board.epoch, seen),
      version: board.version,
      organisation: { ...who, narrowedFrom: seen === 'all' ? narrowedFrom : null },
      cutTo: cutTo(names(), seen),
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
