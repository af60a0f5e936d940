import { z } from 'zod';
import { frameClock } from './frame-clock.ts';
import { upstreamHealth } from './upstream-health.ts';

/** First frame on a socket: which board this is. The browser answers with `subscribe`. */
export const hello = z.object({
  type: z.literal('hello'),
  protocol: z.int(),
  epoch: z.string(),
  version: z.int().nonnegative(),
  ...frameClock,
  upstream: upstreamHealth,
  /** The browser hears a frame at least this often, ms. */
  heartbeatMs: z.int().positive(),
  /** Release of the BFF: a page of another release may want to reload itself. */
  release: z.string(),
});

export type Hello = z.infer<typeof hello>;
