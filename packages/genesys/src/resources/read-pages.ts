import type { ApiAnswer } from '../http/api-client.ts';
import type { EntityListing } from '../wire/entity-listing.ts';

/** Pages asked for at once, as many as sweeps may have in flight: a start with 100 pages then takes a quarter of the time. */
const LOOK_AHEAD = 4;

type Page = ApiAnswer<EntityListing>;

/**
 * Every page of a listing in order. Where the listing says how many pages there are, some are fetched ahead;
 * where it does not, `nextUri` says whether there is one more (API §4.5).
 * @param atOnce pages under way at once; with 1 a page is asked for when it is wanted, for a reader who keeps a pace
 */
export async function* readPages(
  fetchPage: (pageNumber: number) => Promise<Page>,
  atOnce = LOOK_AHEAD,
): AsyncGenerator<Page> {
  const first = await fetchPage(1);
  yield first;
  const { pageCount } = first.body;
  if (typeof pageCount === 'number') yield* fetchAhead(fetchPage, { pageCount, atOnce });
  else yield* followNext(fetchPage, first);
}

async function* followNext(fetchPage: (pageNumber: number) => Promise<Page>, first: Page): AsyncGenerator<Page> {
  let page = first;
  for (let pageNumber = 2; hasNext(page); pageNumber += 1) {
    page = await fetchPage(pageNumber);
    yield page;
  }
}

/** An empty page ends it too: a platform that always names a next page must not keep us for ever. */
const hasNext = ({ body }: Page): boolean => Boolean(body.nextUri) && (body.entities?.length ?? 0) > 0;

async function* fetchAhead(
  fetchPage: (pageNumber: number) => Promise<Page>,
  { pageCount, atOnce }: { readonly pageCount: number; readonly atOnce: number },
): AsyncGenerator<Page> {
  const ahead: Promise<Page>[] = [];
  let next = 2;
  while (next <= pageCount || ahead.length > 0) {
    while (next <= pageCount && ahead.length < atOnce) {
      const page = fetchPage(next++);
      page.catch(() => undefined); // it may fail before its turn; whoever awaits it then still sees the failure
      ahead.push(page);
    }
    const page = await ahead.shift();
    if (page) yield page;
  }
}
