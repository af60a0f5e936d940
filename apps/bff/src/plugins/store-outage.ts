import { StoreUnavailable } from '@floorwatch/store';

/**
 * Lets an outage of the store pass, for those who can do without it for a while.
 * @throws any other error: it is a fault of ours, and must not look like an outage
 */
export const passOutage = (error: unknown): void => {
  if (!(error instanceof StoreUnavailable)) throw error;
};
