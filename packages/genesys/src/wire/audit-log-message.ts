import { z } from 'zod';

/** Somebody did something (API §12.1). */
export const auditLogMessage = z.object({
  /** Who did it; absent where it was a client on its own. The name comes with `expand=user`. */
  user: z.object({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
  client: z.object({ id: z.string().nullish() }).nullish(),
  /** What it was done to: for a presence, the user whose it is. */
  entity: z.object({ id: z.string().nullish() }).nullish(),
  /** `USER`, `SYSTEM`, `GENESYS_INTERNAL`. */
  level: z.string().nullish(),
  eventDate: z.string(),
  /** `SUCCESS`, `FAILURE`, `WARNING`. */
  status: z.string().nullish(),
});

export type AuditLogMessage = z.infer<typeof auditLogMessage>;

/** Answer of `POST /api/v2/audits/query/realtime`; entities are read one by one. */
export const auditResults = z.object({ entities: z.array(z.unknown()).nullish(), pageCount: z.int().nullish() });
