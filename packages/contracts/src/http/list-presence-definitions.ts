import { z } from 'zod';
import { SYSTEM_PRESENCES } from '@floorwatch/domain';

export const presenceDefinition = z.object({
  id: z.string(),
  /** The organisation's own word for it. */
  label: z.string(),
  system: z.enum(SYSTEM_PRESENCES),
  /** One of the platform's ten, as against an organisation's secondary presence. */
  isPrimary: z.boolean(),
  isActive: z.boolean(),
  /** Division it is limited to; null where every division may use it. */
  divisionId: z.string().nullable(),
});

export type PresenceDefinition = z.infer<typeof presenceDefinition>;

/** `GET /api/presence-definitions`: the names of primary and secondary presences, inactive ones too (history shows them). */
export const listPresenceDefinitions = {
  path: '/api/presence-definitions',
  reply: z.object({ definitions: z.array(presenceDefinition) }),
};
