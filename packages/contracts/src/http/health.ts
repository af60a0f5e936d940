import { z } from 'zod';
import { upstreamHealth } from '../live/upstream-health.ts';

/** `GET /healthz`: the process is alive (200), or is draining and wants no new visitors (503). */
export const liveness = {
  path: '/healthz',
  reply: z.object({
    status: z.enum(['ok', 'draining']),
    release: z.string(),
    uptimeSeconds: z.number(),
    /** `down`: nothing can be written now; nothing is lost, and the wall goes on. `off`: nothing is recorded. */
    recording: z.enum(['up', 'down', 'off']),
  }),
};

/**
 * `GET /readyz`: 200 once the board is complete, 503 before. Anybody may ask, so it says which hop is broken and neither why nor
 * how many agents there are: that is told to those who are signed in (`GET /api/floor-health`), and in the log.
 */
export const readiness = {
  path: '/readyz',
  reply: z.object({ ready: z.boolean(), upstream: upstreamHealth.pick({ state: true, hop: true }) }),
};
