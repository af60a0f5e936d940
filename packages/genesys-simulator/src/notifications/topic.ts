import type { MediaType } from '../org/queue-profile.ts';
import { MEDIA_WORDS } from './conversation-bodies.ts';
import { matchTopic, type TopicTemplate } from './topic-template.ts';

/** Topics of one user, spelled as the platform spells them (API §8.7). */
type UserTopic =
  | 'activity'
  | 'presence'
  | 'routingStatus'
  | 'conversationsummary'
  | 'outofoffice'
  | 'station'
  | 'integrationpresence'
  | 'tokens'
  | 'workforcemanagement.adherence'
  | 'workforcemanagement.schedules'
  | 'workforcemanagement.agentschedules.managementunit.search.complete';

export const userTopicName = (userId: string, topic: UserTopic): string => `v2.users.${userId}.${topic}`;

/** All media where no medium is named. */
export const conversationsTopicName = (userId: string, medium: MediaType | null): string =>
  `v2.users.${userId}.conversations${medium === null ? '' : `.${MEDIA_WORDS[medium].topic}`}`;

export const userAggregatesTopicName = (userId: string): string => `v2.analytics.users.${userId}.aggregates`;

export const queueUsersTopicName = (queueId: string): string => `v2.routing.queues.${queueId}.users`;

export const queueObservationsTopicName = (queueId: string): string => `v2.analytics.queues.${queueId}.observations`;

export const presenceAuditTopicName = (userId: string): string =>
  `v2.audits.entitytype.UserPresence.entityid.${userId}`;

export const unitAdherenceTopicName = (unitId: string): string =>
  `v2.workforcemanagement.managementunits.${unitId}.adherence`;

export const unitSchedulesTopicName = (unitId: string): string =>
  `v2.workforcemanagement.managementunits.${unitId}.agentschedules.changed`;

export const teamAdherenceTopicName = (teamId: string): string => `v2.workforcemanagement.teams.${teamId}.adherence`;

/** Delivered to every channel without a subscription; subscribing to them is allowed (API §8.5). */
const UNASKED_TOPIC = /^(?:v2[.]system[.].+|v2[.]subscription[.]updated|channel[.]metadata)$/;
const COMBINED_TOPIC = /^(?<prefix>[^?]+)[?](?<suffixes>[^?]+)$/;

/** Longest topic id, suffixes included (API §8.2). */
const LONGEST_TOPIC_ID = 199;

/** What a subscription to a topic id comes to. */
export type TopicVerdict =
  | { readonly kind: 'permitted'; readonly topicNames: readonly string[] }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'unauthorized'; readonly missingPermissions?: readonly string[] };

/** Whether the caller may follow a topic about something. */
export interface TopicGate {
  /** Permissions of which one is missing; none for a topic that may be followed; null for an id that says nothing to the caller. */
  missingFor(template: TopicTemplate, id: string): readonly string[] | null;
}

/** Judges one topic id. A combined one (`…?presence&routingStatus`) stands for several topics (API §8.3). */
export const judgeTopic = (topicId: string, gate: TopicGate): TopicVerdict => {
  if (topicId.length > LONGEST_TOPIC_ID) return { kind: 'invalid' };
  if (UNASKED_TOPIC.test(topicId)) return { kind: 'permitted', topicNames: [] };
  const topicNames = namesIn(topicId);
  const matches = topicNames.map(matchTopic);
  if (new Set(topicNames).size < topicNames.length || matches.includes(null)) return { kind: 'invalid' };
  const missing = new Set<string>();
  for (const match of matches) {
    const permissions = match === null ? null : gate.missingFor(match.template, match.id);
    if (permissions === null) return { kind: 'unauthorized' };
    for (const permission of permissions) missing.add(permission);
  }
  return missing.size > 0
    ? { kind: 'unauthorized', missingPermissions: [...missing] }
    : { kind: 'permitted', topicNames };
};

const namesIn = (topicId: string): string[] => {
  const { prefix, suffixes } = COMBINED_TOPIC.exec(topicId)?.groups ?? {};
  if (prefix === undefined || suffixes === undefined) return [topicId];
  return suffixes.split('&').map((suffix) => `${prefix}.${suffix}`);
};
