import { actorOf } from '../audit/actor.ts';
import { signedOut, type Visit } from '../plugins/access.ts';
import type { Asker } from './change-order.ts';

/**
 * Somebody who is signed in, as one who asks for changes: now (`request.visit`) or later (`Session`).
 * @throws ApiError 401 where nobody signs in
 */
export const askerOf = ({ viewer, hand }: Pick<Visit, 'viewer' | 'hand'>): Asker => {
  if (hand === null) throw signedOut();
  return { actor: actorOf(viewer), viewer, hand };
};
