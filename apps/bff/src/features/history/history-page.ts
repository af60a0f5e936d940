import type { AgentHistory } from '@floorwatch/contracts';
import { z } from 'zod';
import { ApiError } from '../../plugins/api-error.ts';
import type { UntoldSegment } from './history-segments.ts';

/** Where a page ends, and the ends of the range as they stood when the first page was made. Instants in ms. */
export interface HistoryPosition {
  /** What begins here or later comes next. */
  readonly at: number;
  readonly from: number;
  /** At most the "now" of the first page: what happens while somebody turns pages belongs to another question. */
  readonly to: number;
  readonly askedTo: number;
}

/** Everything that is told of a range, uncut; segments by start. */
export interface WholeLanes extends Pick<AgentHistory, 'gaps' | 'volatile'> {
  readonly segments: readonly UntoldSegment[];
}

export interface PageCut {
  /** Where the page begins, ms. */
  readonly at: number;
  readonly limit: number;
}

type Page = Pick<AgentHistory, 'segments' | 'gaps' | 'volatile'> & { readonly endsAt: number | null };

/**
 * A page: everything that begins from `at` on, cut before the instant at which the limit is passed. What has begun before
 * `at` was in an earlier page, so a change that is recorded meanwhile is neither told twice nor pushes another one out.
 */
export const cutPage = ({ segments, gaps, volatile }: WholeLanes, { at, limit }: PageCut): Page => {
  const rest = segments.filter(({ from }) => from >= at);
  const endsAt = endOfPage(rest, limit);
  const isHere = (from: number): boolean => from >= at && (endsAt === null || from < endsAt);
  return {
    segments: rest.filter(({ from }) => isHere(from)).map(({ tell }) => tell()),
    gaps: gaps.filter(({ from }) => isHere(Date.parse(from))),
    volatile: volatile.filter(({ from }) => isHere(Date.parse(from))),
    endsAt,
  };
};

/** The start of the first segment that finds no room; of those that begin together all are on one page. */
const endOfPage = (segments: readonly UntoldSegment[], limit: number): number | null => {
  const first = segments[0];
  const over = segments[limit];
  if (first === undefined || over === undefined) return null;
  return over.from !== first.from ? over.from : (segments.find(({ from }) => from !== first.from)?.from ?? null);
};

const position = z.object({ at: z.number(), from: z.number(), to: z.number(), askedTo: z.number() });

/** An opaque text for a position. */
export const cursorOf = (at: HistoryPosition): string => encodeCursor(at);

/** @throws ApiError 400 for a text that is none of ours */
export const readHistoryCursor = (cursor: string): HistoryPosition => decodeCursor(cursor, position);

export const encodeCursor = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @throws ApiError 400 for a text that is none of ours */
export const decodeCursor = <Value>(cursor: string, schema: z.ZodType<Value>): Value => {
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new ApiError(
    400,
    'invalid-request',
    'cursor is none that this API gave for this question: leave it out to begin with the first page',
  );
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
