import { badRequest } from './platform-error.ts';
import type { Query } from './query.ts';

const DEFAULT_PAGE_SIZE = 25;

interface CursorPageToCut<Item> {
  readonly items: readonly Item[];
  readonly path: string;
  readonly query: Query;
  readonly maxPageSize: number;
  readonly entity: (item: Item) => object;
}

/** A cursor names a place in the list, in a form that nobody should take apart. */
export const encodeCursor = (position: number): string => Buffer.from(`at:${position}`).toString('base64url');

/** @throws 400 for anything that is not one of our cursors */
export const decodeCursor = (cursor: string): number => {
  const [, digits] = /^at:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (digits === undefined) throw badRequest('The cursor is not valid.');
  return Number(digits);
};

/** The listing of teams and their members: `after`/`before` cursors inside `nextUri`/`previousUri`, no totals (API §4.5). */
export const cursorListing = <Item>({ items, path, query, maxPageSize, entity }: CursorPageToCut<Item>): object => {
  const pageSize = query.whole('pageSize', { fallback: DEFAULT_PAGE_SIZE, min: 1, max: maxPageSize });
  const after = query.text('after');
  const before = query.text('before');
  const from = before === null ? (after === null ? 0 : decodeCursor(after)) : decodeCursor(before) - pageSize;
  const start = Math.max(0, from);
  const end = start + pageSize;
  const uri = (place: Record<string, string>): string =>
    `${path}?${query.with({ after: null, before: null, ...place })}`;
  return {
    entities: items.slice(start, end).map(entity),
    selfUri: `${path}?${query.with({})}`,
    ...(end < items.length && { nextUri: uri({ after: encodeCursor(end) }) }),
    ...(start > 0 && { previousUri: uri({ before: encodeCursor(start) }) }),
  };
};
