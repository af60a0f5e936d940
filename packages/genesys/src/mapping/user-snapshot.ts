import { agentId, divisionId, type AgentObservation, type ProfileSighting } from '@floorwatch/domain';
import type { Oddities } from '../oddities.ts';
import { user, type User } from '../wire/user.ts';
import { toAllCounts } from './contact-counts.ts';
import { toPresence } from './presence.ts';
import { readLeniently } from './read-leniently.ts';
import { toRoutingStatus } from './routing-status.ts';

/** One user of a listing: who it is, and what was seen of them. */
export interface UserSnapshot {
  readonly profile: ProfileSighting;
  /** `kind` is `snapshot`, `observedAt` when the request was sent. */
  readonly observation: AgentObservation;
}

export interface SnapshotMoment {
  /** When the request was sent, our clock, ms: what the answer says may be that old. */
  readonly sentAt: number;
  /** The platform's clock at `sentAt`, ms. */
  readonly platformNow: number;
}

const SURFACE = 'users';

/** Reads one user. A part that does not fit is left out and noted; only a user without an id is dropped (null). */
export const toUserSnapshot = (raw: unknown, moment: SnapshotMoment, oddities: Oddities): UserSnapshot | null => {
  const parts = readLeniently(user, raw, { surface: SURFACE, oddities });
  if (!parts.id) return null;
  return { profile: toProfile(parts.id, parts), observation: toObservation(parts.id, parts, { ...moment, oddities }) };
};

/** Only what was told: the platform leaves fields out, of an agent whose name and team are known (API §4.1). */
const toProfile = (id: string, { name, division, title, department, team }: Partial<User>): ProfileSighting => ({
  id: agentId(id),
  ...(name && { name }),
  ...(division !== undefined && { divisionId: division && divisionId(division.id) }),
  ...(title !== undefined && { title: title || null }),
  ...(department !== undefined && { department: department || null }),
  ...(team !== undefined && { team: team?.name || null }),
});

const toObservation = (
  id: string,
  parts: Partial<User>,
  { sentAt, platformNow, oddities }: SnapshotMoment & { oddities: Oddities },
): AgentObservation => {
  const presence = parts.presence ? toPresence(parts.presence, platformNow) : null;
  if (parts.presence && presence === null) oddities.note(`${SURFACE}: systemPresence`);
  return {
    agentId: agentId(id),
    kind: 'snapshot',
    observedAt: sentAt,
    platformNow,
    ...(presence && { presence }),
    ...(parts.routingStatus && { routing: toRoutingStatus(parts.routingStatus, platformNow) }),
    ...(parts.conversationSummary && { contacts: toAllCounts(parts.conversationSummary) }),
    ...(parts.outOfOffice && { outOfOffice: { active: parts.outOfOffice.active, modifiedAt: null } }),
  };
};
