import type { PresenceOrder } from '@floorwatch/domain';
import type { Visit } from '../plugins/access.ts';
import { askerOf } from './asker-of.ts';
import type { Asker } from './change-order.ts';

/**
 * Finds somebody who has left work to do, wherever they are signed in, with the rights they have now (`Sessions.ofPerson`);
 * null where nowhere any more. Throws where that cannot be found out now.
 */
export type FindPerson = (userId: string) => Promise<Pick<Visit, 'viewer' | 'hand'> | null>;

/**
 * Whose rights an order is carried out with: those its owner has by now.
 * @returns why it cannot go on, in one sentence, where the owner has gone or may not any more
 */
export const ownerOf = async ({ owner }: Pick<PresenceOrder, 'owner'>, find: FindPerson): Promise<Asker | string> => {
  const person = await find(owner.userId);
  if (person === null) return `${owner.name} is not signed in any more`;
  if (!person.viewer.rights.has('change-presence')) return `${owner.name} may not change presences any more`;
  return askerOf(person);
};
