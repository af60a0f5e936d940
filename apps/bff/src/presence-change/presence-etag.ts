import { createHash } from 'node:crypto';
import type { Presence } from '@floorwatch/domain';

/**
 * The version of a presence: over definition, message and the platform's instant. The routing status is another fact: that a contact
 * came in must not keep anybody from changing the presence. A presence without an instant has none of it in its version.
 */
export const presenceEtag = ({ system, definitionId, message, since }: Presence): string => {
  const text = JSON.stringify([definitionId ?? system, message ?? '', since.exact ? since.at : null]);
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
};
