import type { LaneSegment } from './lane.ts';

/**
 * Puts pieces of one lane together, oldest first. What was cut apart only because it was asked for or told in pieces is
 * one segment again: it touches the one before and says the same.
 */
export const joinSegments = (pieces: readonly LaneSegment[]): LaneSegment[] => {
  const joined: LaneSegment[] = [];
  for (const piece of pieces.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && last.to >= piece.from && last.key === piece.key)
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, piece.to), isOngoing: piece.isOngoing };
    else joined.push(piece);
  }
  return joined;
};

/** The part of a lane that lies in an interval. What began before it no longer begins exactly. */
export const cutSegments = (
  segments: readonly LaneSegment[],
  { from, to }: { readonly from: number; readonly to: number },
): LaneSegment[] =>
  segments
    .filter((segment) => segment.to > from && segment.from < to)
    .map((segment) =>
      segment.from >= from && segment.to <= to
        ? segment
        : {
            ...segment,
            from: Math.max(segment.from, from),
            to: Math.min(segment.to, to),
            startsExactly: segment.startsExactly && segment.from >= from,
            isOngoing: segment.isOngoing && segment.to <= to,
          },
    );
