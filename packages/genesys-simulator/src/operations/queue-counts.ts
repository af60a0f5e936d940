import type { Contact } from '../floor/contact.ts';
import type { World } from '../server/world.ts';
import { mediaTypeOf } from './agent-session.ts';

const PHASES: Readonly<Record<ConversationMetric, Contact['phase']>> = {
  oWaiting: 'waiting',
  oInteracting: 'active',
  oAlerting: 'alerting',
};

export const CONVERSATION_METRICS = ['oWaiting', 'oInteracting', 'oAlerting'] as const;

export type ConversationMetric = (typeof CONVERSATION_METRICS)[number];

export const isConversationMetric = (metric: string): metric is ConversationMetric => metric in PHASES;

/** Conversations of a queue where they are at this instant, counted by medium; media without any are left out. */
export const countConversations = (world: World, queueId: string, metrics: readonly ConversationMetric[]) => {
  const held = world.membersOf(queueId).flatMap(({ id }) => world.engine.contactsOf(id));
  const contacts = [...held.filter((one) => one.queueId === queueId), ...world.engine.waitingIn(queueId)];
  return [...new Set(contacts.map(mediaTypeOf))].map((mediaType) => ({
    mediaType,
    counts: metrics.map((metric) => ({
      metric,
      stats: {
        count: contacts.filter((one) => mediaTypeOf(one) === mediaType && one.phase === PHASES[metric]).length,
      },
    })),
  }));
};
