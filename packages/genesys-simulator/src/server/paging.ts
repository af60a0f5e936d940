import { badRequest } from './platform-error.ts';
import type { Query } from './query.ts';

const DEFAULT_PAGE_SIZE = 25;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly pageNumber: number;
  readonly pageSize: number;
  readonly total: number;
  readonly pageCount: number;
}

interface PageToCut<Item> {
  readonly items: readonly Item[];
  readonly query: Query;
  readonly maxPageSize: number;
}

/** Cuts one page out of a list. A page past the end is empty (API §3.2). */
export const cutPage = <Item>({ items, query, maxPageSize }: PageToCut<Item>): Page<Item> => {
  const pageSize = query.whole('pageSize', { fallback: DEFAULT_PAGE_SIZE, min: 1, max: maxPageSize });
  const pageNumber = query.whole('pageNumber', { fallback: 1, min: 1, max: 1_000_000 });
  const from = (pageNumber - 1) * pageSize;
  const pageCount = Math.ceil(items.length / pageSize);
  return { items: items.slice(from, from + pageSize), pageNumber, pageSize, total: items.length, pageCount };
};

interface ListingToMake<Item> {
  readonly page: Page<Item>;
  readonly path: string;
  readonly query: Query;
  readonly entity: (item: Item) => object;
}

/** The listing of queue members: no totals, the next page is there while `nextUri` is (API §4.5). */
export const listingWithoutTotals = <Item>({ page, path, query, entity }: ListingToMake<Item>): object => {
  const { pageNumber, pageCount, pageSize } = page;
  const uri = (number: number): string => `${path}?${query.forPage(number)}`;
  return {
    entities: page.items.map(entity),
    pageSize,
    pageNumber,
    firstUri: uri(1),
    selfUri: uri(pageNumber),
    ...(pageNumber < pageCount && { nextUri: uri(pageNumber + 1) }),
    ...(pageNumber > 1 && { previousUri: uri(pageNumber - 1) }),
  };
};

/** The usual listing: with totals and the address of the last page (API §4.1). */
export const listing = <Item>(parts: ListingToMake<Item>): object => {
  const { page, path, query } = parts;
  const { total, pageCount } = page;
  const lastUri = `${path}?${query.forPage(Math.max(1, pageCount))}`;
  return { ...listingWithoutTotals(parts), total, pageCount, lastUri };
};

/** Routing answers a page past the end with an error instead of an empty page (API §3.2). */
export const rejectPagePastEnd = (page: Page<unknown>): void => {
  if (page.pageNumber > Math.max(1, page.pageCount))
    throw badRequest('Invalid page number specified.', 'invalid.page.number');
};
