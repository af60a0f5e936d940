import { z } from 'zod';

/** What every frame carries: the time on both clocks, and how far the data can be trusted. */
export const frameClock = {
  /** The BFF's clock, ms. The age of data is counted on it, so a wrong browser clock changes nothing. */
  now: z.number(),
  /** The platform's clock as the BFF knows it, ms. Time in activity is counted on it. */
  platformNow: z.number(),
};
