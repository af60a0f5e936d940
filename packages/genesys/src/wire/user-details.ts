import { z } from 'zod';

/** A stretch of one presence. Without `endTime` it is going on (API §9.1). */
export const userPresenceRecord = z.object({
  startTime: z.string(),
  endTime: z.string().nullish(),
  /** Spelled in capitals: `ON_QUEUE` (API §5.3). */
  systemPresence: z.string(),
  organizationPresenceId: z.string().nullish(),
});

/** A stretch of one routing status. Without `endTime` it is going on. */
export const routingStatusRecord = z.object({
  startTime: z.string(),
  endTime: z.string().nullish(),
  routingStatus: z.string(),
});

/** One user of the answer; the records are read one by one, so that a strange one does not take the others with it. */
export const userDetail = z.object({
  userId: z.string(),
  primaryPresence: z.array(z.unknown()).nullish(),
  routingStatus: z.array(z.unknown()).nullish(),
});

export type UserDetail = z.infer<typeof userDetail>;

/** Answer of `POST /api/v2/analytics/users/details/query` (API §9.1). `totalHits` is approximate, so it is not read. */
export const userDetailsQueryResponse = z.object({ userDetails: z.array(userDetail).nullish() });
