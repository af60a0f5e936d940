import type { ApiCall } from './operation.ts';

/** Listings with more entries than this come as a file (API §10). */
const LARGEST_ANSWER = 500;

/** The listing itself, or the address of a file with it where it is large or the caller wants it so. */
export const answerOrDownload = (call: ApiCall, listing: { readonly entities: readonly object[] }): object => {
  const isLarge = listing.entities.length > LARGEST_ANSWER || call.query.flag('forceDownloadService') === true;
  return isLarge ? { entities: [], downloadUrl: call.platform.offerDownload(listing) } : listing;
};
