import {
  MEDIA_TYPES,
  presenceDefinitionId,
  type AgentId,
  type AgentObservation,
  type ContactCount,
  type ContactCounts,
  type MediaType,
} from '@floorwatch/domain';
import type { AgentStatus, AgentStatusSession } from '../wire/agent-status.ts';
import { routingStatusValue } from '../wire/routing-status.ts';
import { toSince } from './instant.ts';
import { toSystemPresence } from './presence.ts';
import { toRoutingStatus } from './routing-status.ts';
import type { SnapshotMoment } from './user-snapshot.ts';

const MEDIUM: Readonly<Record<string, MediaType>> = {
  voice: 'call',
  callback: 'callback',
  chat: 'chat',
  email: 'email',
  message: 'message',
  video: 'video',
};

/** Segments in which the agent has nothing in hand, or not yet. */
const NO_WORK: ReadonlySet<string> = new Set(['alert', 'delay', 'ivr', 'scheduled', 'system', 'unknown']);

/** Reads what the analytics service says of one agent. A value it does not know ("UNKNOWN") says nothing. */
export const toStatusObservation = (
  agentId: AgentId,
  wire: AgentStatus,
  { sentAt, platformNow }: SnapshotMoment,
): AgentObservation => {
  const system = toSystemPresence(wire.systemPresence ?? '');
  const routing = routingStatusValue.safeParse(wire.routingStatus);
  const { organizationPresenceId: definition, presenceDate, routingStatusDate, sessions } = wire;
  return {
    agentId,
    kind: 'snapshot',
    observedAt: sentAt,
    platformNow,
    ...(system !== null && {
      presence: {
        system,
        definitionId: definition ? presenceDefinitionId(definition) : null,
        message: null,
        since: toSince(presenceDate, platformNow),
      },
    }),
    ...(routing.success && {
      routing: toRoutingStatus({ status: routing.data, startTime: routingStatusDate }, platformNow),
    }),
    ...(sessions && { contacts: toCounts(sessions) }),
  };
};

const toCounts = (sessions: readonly AgentStatusSession[]): ContactCounts => {
  const counts = Object.fromEntries(MEDIA_TYPES.map((medium) => [medium, { active: 0, afterCallWork: 0 }])) as Record<
    MediaType,
    { -readonly [Part in keyof ContactCount]: number }
  >;
  for (const { segmentType, mediaType } of sessions) {
    const medium = MEDIUM[mediaType ?? ''];
    if (medium === undefined || !segmentType || NO_WORK.has(segmentType)) continue;
    counts[medium][segmentType === 'wrapup' ? 'afterCallWork' : 'active'] += 1;
  }
  return counts;
};
