import { z } from 'zod';
import type { Contact } from '../floor/contact.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { notFound } from '../server/platform-error.ts';
import { mediaTypeOf, partIdOf, segmentTypeOf } from './agent-session.ts';
import { analyticsFilter, passes } from './analytics-filter.ts';
import { isoOf, readInterval } from './interval.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';

/** Conversations that agents have in hand: what a stuck status is checked against (API §11). Ended ones are not kept. */

const VIEW = 'analytics:conversationDetail:view';
const MAX_DAYS = 31;
const MAX_PAGE = 100;

interface OpenConversation {
  readonly user: UserProfile;
  readonly contact: Contact;
}

const openConversations = ({ world, access }: ApiCall): OpenConversation[] =>
  world.organisation.agents
    .filter((user) => access.holdsIn(VIEW, user.division.id))
    .flatMap((user) => world.engine.contactsOf(user.id).map((contact) => ({ user, contact })));

/** Nothing of it is closed: neither the conversation nor its last segment has an end. */
const conversationEntity = ({ user, contact }: OpenConversation): object => {
  const { id, queueId, alertedAt, phaseAt } = contact;
  const mediaType = mediaTypeOf(contact);
  const queue = queueId === null ? {} : { queueId };
  const answeredAt = contact.phase === 'acw' ? null : phaseAt;
  return {
    conversationId: id,
    conversationStart: isoOf(alertedAt),
    originatingDirection: 'inbound',
    divisionIds: [user.division.id],
    participants: [
      {
        participantId: partIdOf(id, 'customer'),
        purpose: 'customer',
        sessions: [
          {
            sessionId: partIdOf(id, 'customer session'),
            mediaType,
            direction: 'inbound',
            segments: [{ segmentType: 'interact', segmentStart: isoOf(alertedAt) }],
          },
        ],
      },
      {
        participantId: partIdOf(id, 'agent'),
        purpose: 'agent',
        userId: user.id,
        teamId: user.team.id,
        sessions: [
          {
            sessionId: partIdOf(id, 'session'),
            mediaType,
            direction: 'inbound',
            segments: [
              ...(contact.phase === 'alerting'
                ? []
                : [
                    {
                      segmentType: answeredAt === null ? 'interact' : 'alert',
                      segmentStart: isoOf(alertedAt),
                      segmentEnd: isoOf(phaseAt),
                      ...queue,
                    },
                  ]),
              { segmentType: segmentTypeOf(contact), segmentStart: isoOf(phaseAt), ...queue },
            ],
          },
        ],
      },
    ],
  };
};

const conversationDimensions = ({ user, contact }: OpenConversation, dimension: string): string[] | undefined => {
  switch (dimension) {
    case 'conversationId':
      return [contact.id];
    case 'conversationEnd':
      return [];
    case 'conversationStart':
      return [isoOf(contact.alertedAt)];
    case 'divisionId':
      return [user.division.id];
    case 'originatingDirection':
      return ['inbound'];
    default:
      return undefined;
  }
};

const segmentDimensions = ({ user, contact }: OpenConversation, dimension: string): string[] | undefined => {
  switch (dimension) {
    case 'userId':
      return [user.id];
    case 'purpose':
      return ['agent', 'customer'];
    case 'queueId':
      return contact.queueId === null ? [] : [contact.queueId];
    case 'mediaType':
      return [mediaTypeOf(contact)];
    case 'segmentType':
      return [segmentTypeOf(contact)];
    case 'segmentEnd':
      return [];
    default:
      return undefined;
  }
};

const conversationQuery = z.object({
  interval: z.string(),
  order: z.enum(['asc', 'desc', 'unordered']).default('asc'),
  conversationFilters: z.array(analyticsFilter).default([]),
  segmentFilters: z.array(analyticsFilter).default([]),
  paging: z
    .object({ pageSize: z.int().min(1).max(MAX_PAGE), pageNumber: z.int().min(1) })
    .default({ pageSize: 25, pageNumber: 1 }),
});

const DAY_MS = 24 * 3_600_000;

/** The interval selects by the day a conversation started on (API §11). */
const queryConversations = (call: ApiCall): object => {
  const query = readBody(conversationQuery, call.body);
  const { from, to } = readInterval(query.interval, MAX_DAYS);
  const firstDay = Math.floor(from / DAY_MS) * DAY_MS;
  const found = openConversations(call)
    .filter(({ contact }) => contact.alertedAt >= firstDay && contact.alertedAt < to)
    .filter((one) => query.conversationFilters.every((filter) => passes(one, filter, conversationDimensions)))
    .filter((one) => query.segmentFilters.every((filter) => passes(one, filter, segmentDimensions)))
    .toSorted((a, b) => (a.contact.alertedAt - b.contact.alertedAt) * (query.order === 'desc' ? -1 : 1));
  const { pageSize, pageNumber } = query.paging;
  const page = found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  return { conversations: page.map(conversationEntity), aggregations: [], totalHits: found.length };
};

const getConversation = (call: ApiCall): object => {
  const found = openConversations(call).find(({ contact }) => contact.id === call.param('conversationId'));
  if (found === undefined) throw notFound();
  return conversationEntity(found);
};

const permissions = anyOf(VIEW, 'analytics:agentConversationDetail:view');

export const conversationOperations: readonly Operation[] = [
  {
    id: 'postAnalyticsConversationsDetailsQuery',
    method: 'POST',
    path: '/api/v2/analytics/conversations/details/query',
    permissions,
    run: queryConversations,
  },
  {
    id: 'getAnalyticsConversationDetails',
    method: 'GET',
    path: '/api/v2/analytics/conversations/{conversationId}/details',
    permissions,
    run: getConversation,
  },
];
