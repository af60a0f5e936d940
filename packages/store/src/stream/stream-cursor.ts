import type { StreamCursor, StreamName } from '@floorwatch/domain';
import { StoreError } from '../store-error.ts';

/** What follows this place is not kept any more: whoever reads on from `oldest` has missed something. */
export class CursorTooOld extends StoreError {
  override readonly name = 'CursorTooOld';
  override readonly retryable = false;
  /** Just before the oldest entry that is kept. */
  readonly oldest: StreamCursor;

  constructor(oldest: StreamCursor) {
    super(`what follows this cursor is not kept any more; the oldest cursor is ${oldest}`);
    this.oldest = oldest;
  }
}

/** No place of this stream: mistyped, of another stream, or of a database that is not there any more. */
export class CursorUnknown extends StoreError {
  override readonly name = 'CursorUnknown';
  override readonly retryable = false;
}

const INITIAL: Readonly<Record<StreamName, string>> = { transitions: 't', windows: 'w' };

const CURSOR = /^([tw])([0-9a-f]{12})-([0-9a-z]{1,11})$/;

/** A place in a stream of one database's life. */
export interface Place {
  readonly stream: StreamName;
  /** Another in each database that was ever set up. */
  readonly lineage: string;
  /** The number of the entry before it; 0 before all. */
  readonly seq: number;
}

export const cursorOf = ({ stream, lineage, seq }: Place): StreamCursor =>
  `${INITIAL[stream]}${lineage}-${seq.toString(36)}`;

/** @throws CursorUnknown where it is no cursor of this stream */
export const placeOf = (cursor: StreamCursor, stream: StreamName): Place => {
  const [, initial, lineage, digits] = CURSOR.exec(cursor) ?? [];
  const seq = Number.parseInt(digits ?? '', 36);
  if (initial !== INITIAL[stream] || lineage === undefined || !Number.isSafeInteger(seq))
    throw new CursorUnknown(`this is no cursor of the stream of ${stream}: leave it out to begin at the oldest entry`);
  return { stream, lineage, seq };
};
