import { z } from 'zod';
import { frameClock } from './frame-clock.ts';
import { upstreamHealth } from './upstream-health.ts';

/** Nothing changed, and the connection is alive. */
export const heartbeat = z.object({
  type: z.literal('heartbeat'),
  version: z.int().nonnegative(),
  ...frameClock,
  upstream: upstreamHealth,
});

export type Heartbeat = z.infer<typeof heartbeat>;
