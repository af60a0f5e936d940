import { z } from 'zod';
import { conversationSummary } from './conversation-summary.ts';
import { outOfOffice } from './out-of-office.ts';
import { routingStatus } from './routing-status.ts';
import { userPresence } from './user-presence.ts';

/** What we read of a user, with the expands of the wall-board (API §4.1, §4.2). */
export const user = z.object({
  id: z.string(),
  name: z.string().nullish(),
  division: z.object({ id: z.string() }).nullish(),
  title: z.string().nullish(),
  department: z.string().nullish(),
  team: z.object({ name: z.string() }).nullish(),
  presence: userPresence.nullish(),
  routingStatus: routingStatus.nullish(),
  conversationSummary: conversationSummary.nullish(),
  outOfOffice: outOfOffice.nullish(),
});

export type User = z.infer<typeof user>;
