import { z } from 'zod';
import { ACTIVITIES } from '@floorwatch/domain';
import { instant } from './time-range.ts';

const seconds = z.number().nonnegative();
/** From 0 to 1; null where there is nothing to divide by. */
const share = z.number().min(0).max(1).nullable();

/**
 * Time added up over one stretch. The six `…Seconds` add up to its length (or to `elapsedSeconds` while it goes on), exact to
 * the millisecond. Shares leave volatile windows and unknown time out.
 */
export const availabilityFigures = z.object({
  availableSeconds: seconds,
  notReadySeconds: seconds,
  onCallSeconds: seconds,
  wrapUpSeconds: seconds,
  offlineSeconds: seconds,
  unknownSeconds: seconds,
  /** The same, unfolded: seconds per activity. Those with none are left out. */
  activitySeconds: z.partialRecord(z.enum(ACTIVITIES), seconds),
  /** Sum of the six. */
  elapsedSeconds: seconds,
  stateTransitions: z.int().nonnegative(),
  /** Ready (On Queue and idle) of the time that was staffed: all known time but offline. */
  readyShare: share,
  /** Of the time that counts by the accessibility mapping, what counts as accessible. */
  accessibleShare: share,
  /** On a contact or in after-call work, of the time ready or at work. */
  occupancy: share,
  /** Some of it was left out of the shares because the agent flapped. */
  isVolatile: z.boolean(),
});

export type AvailabilityFigures = z.infer<typeof availabilityFigures>;

/** Figures of one interval of the chosen granularity. */
export const availabilityInterval = availabilityFigures.extend({
  windowStart: instant,
  windowEnd: instant,
});

export type AvailabilityInterval = z.infer<typeof availabilityInterval>;
