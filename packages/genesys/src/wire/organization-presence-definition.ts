import { z } from 'zod';

/** One of the ten primary presences or an organisation's secondary one (API §5.4). `type` is missing at times. */
export const organizationPresenceDefinition = z.object({
  id: z.string(),
  name: z.string().nullish(),
  type: z.string().nullish(),
  languageLabels: z.record(z.string(), z.string()).nullish(),
  systemPresence: z.string(),
  divisionId: z.string().nullish(),
  deactivated: z.boolean().nullish(),
});

export type OrganizationPresenceDefinition = z.infer<typeof organizationPresenceDefinition>;
