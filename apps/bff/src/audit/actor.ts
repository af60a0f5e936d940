import type { AuditActor, Viewer } from '@floorwatch/domain';

/** Who looks, as the audit tells of people; without sign-in nobody is known. */
export const actorOf = ({ userId, name }: Viewer): AuditActor =>
  userId === '' ? { kind: 'anonymous', id: null, name: null } : { kind: 'person', id: userId, name };
