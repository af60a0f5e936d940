import { z } from 'zod';

/** `expand=outOfOffice`, and the body of `v2.users.{id}.outofoffice`. It carries no instant of the change. */
export const outOfOffice = z.object({
  active: z.boolean(),
});

export type OutOfOffice = z.infer<typeof outOfOffice>;
