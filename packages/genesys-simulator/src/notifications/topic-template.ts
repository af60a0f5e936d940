import { MEDIA_WORDS } from './conversation-bodies.ts';

/** What the `{id}` of a topic stands for. */
export type TopicEntity = 'user' | 'queue' | 'managementUnit' | 'team';

/** A kind of topic that the simulator publishes (API §8.7), with what it takes to follow one (API §8.8). */
export interface TopicTemplate {
  readonly id: string;
  readonly entity: TopicEntity;
  /** One of these is enough; none asks for nothing but seeing the user. */
  readonly permissions: readonly string[];
  /** Only the person it is about may follow it: a service cannot. */
  readonly requiresCurrentUser: boolean;
  readonly description: string;
}

const topic = (
  id: string,
  entity: TopicEntity,
  parts: Partial<TopicTemplate> & { description: string },
): TopicTemplate => ({
  id,
  entity,
  permissions: [],
  requiresCurrentUser: false,
  ...parts,
});

const ADHERENCE = ['wfm:agentSchedule:view', 'wfm:agentAdherence:notify', 'wfm:realtimeAdherence:view'];
const SCHEDULES = ['wfm:publishedSchedule:view', 'wfm:schedule:view'];
const OBSERVATIONS = ['analytics:queueObservation:view'];
const AUDITS = ['audits:audit:view'];
/** That they ask for conversation permissions is known, which ones is not (API §8.8). */
const CONVERSATIONS = ['conversation:communication:view'];

export const TOPIC_TEMPLATES: readonly TopicTemplate[] = [
  topic('v2.users.{id}.activity', 'user', {
    description: 'Routing status, presence, out of office and queues of a user',
  }),
  topic('v2.users.{id}.presence', 'user', { description: 'Presence of a user' }),
  topic('v2.users.{id}.routingStatus', 'user', { description: 'Routing status of a user' }),
  topic('v2.users.{id}.conversationsummary', 'user', { description: 'Counts of the conversations of a user' }),
  topic('v2.users.{id}.outofoffice', 'user', { description: 'Whether a user is out of office' }),
  topic('v2.users.{id}.station', 'user', { description: 'Phone of a user' }),
  topic('v2.users.{id}.tokens', 'user', { description: 'Sign-ins of a user' }),
  topic('v2.users.{id}.integrationpresence', 'user', {
    description: 'Presence of a user in a system beside Genesys Cloud',
  }),
  topic('v2.users.{id}.conversations', 'user', {
    permissions: CONVERSATIONS,
    description: 'Conversations of a user',
  }),
  ...Object.values(MEDIA_WORDS).map(({ topic: medium }) =>
    topic(`v2.users.{id}.conversations.${medium}`, 'user', {
      permissions: CONVERSATIONS,
      description: `Conversations of a user: ${medium}`,
    }),
  ),
  topic('v2.analytics.users.{id}.aggregates', 'user', {
    permissions: ['analytics:userAggregate:view'],
    description: 'What a user did in the last half hour, summed up',
  }),
  topic('v2.users.{id}.workforcemanagement.adherence', 'user', {
    permissions: ADHERENCE,
    description: 'Adherence of an agent',
  }),
  topic('v2.users.{id}.workforcemanagement.schedules', 'user', {
    permissions: SCHEDULES,
    description: 'Changes in the schedule of an agent',
  }),
  topic('v2.users.{id}.workforcemanagement.agentschedules.managementunit.search.complete', 'user', {
    requiresCurrentUser: true,
    description: 'End of a search of schedules that the user started',
  }),
  topic('v2.audits.entitytype.UserPresence.entityid.{id}', 'user', {
    permissions: AUDITS,
    description: 'Who changed the presence of a user',
  }),
  topic('v2.routing.queues.{id}.users', 'queue', { description: 'Members who join and leave a queue' }),
  topic('v2.analytics.queues.{id}.observations', 'queue', {
    permissions: OBSERVATIONS,
    description: 'Conversations and users of a queue, counted',
  }),
  topic('v2.workforcemanagement.managementunits.{id}.adherence', 'managementUnit', {
    permissions: ['wfm:realtimeAdherence:view'],
    description: 'Adherence of the agents of a management unit',
  }),
  topic('v2.workforcemanagement.managementunits.{id}.agentschedules.changed', 'managementUnit', {
    permissions: SCHEDULES,
    description: 'Changes in the schedules of a management unit',
  }),
  topic('v2.workforcemanagement.teams.{id}.adherence', 'team', {
    permissions: ['wfm:realtimeAdherence:view'],
    description: 'Adherence of the agents of a team',
  }),
];

const PATTERNS = TOPIC_TEMPLATES.map((template) => ({
  template,
  pattern: new RegExp(`^${template.id.replaceAll('.', '[.]').replace('{id}', '([^.?]+)')}$`),
}));

/** The template of a topic name, with the id in it; null for names of topics that do not exist here. */
export const matchTopic = (topicName: string): { readonly template: TopicTemplate; readonly id: string } | null => {
  for (const { template, pattern } of PATTERNS) {
    const [, id] = pattern.exec(topicName) ?? [];
    if (id !== undefined) return { template, id };
  }
  return null;
};
