/** Topics of one user that the simulator publishes (API §8.7), spelled as the platform spells them. */
export const USER_TOPICS = ['activity', 'presence', 'routingStatus', 'conversationsummary', 'outofoffice'] as const;

export type UserTopic = (typeof USER_TOPICS)[number];

export const userTopicName = (userId: string, topic: UserTopic): string => `v2.users.${userId}.${topic}`;

export const queueUsersTopicName = (queueId: string): string => `v2.routing.queues.${queueId}.users`;

/** Delivered to every channel without a subscription; subscribing to them is allowed (API §8.5). */
const UNASKED_TOPIC = /^(?:v2[.]system[.].+|v2[.]subscription[.]updated|channel[.]metadata)$/;
const USER_TOPIC = /^v2[.]users[.]([^.?]+)[.]([A-Za-z]+)$/;
const COMBINED_USER_TOPIC = /^v2[.]users[.]([^.?]+)[?](.+)$/;
const QUEUE_TOPIC = /^v2[.]routing[.]queues[.]([^.?]+)[.]users$/;

/** Longest topic id, suffixes included (API §8.2). */
const LONGEST_TOPIC_ID = 199;

/** What a subscription to a topic id comes to. */
export type TopicVerdict =
  | { readonly kind: 'permitted'; readonly topicNames: readonly string[] }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'unauthorized' };

interface KnownEntities {
  hasUser(id: string): boolean;
  hasQueue(id: string): boolean;
}

/** Judges one topic id. A combined one (`…?presence&routingStatus`) stands for several topics (API §8.3). */
export const judgeTopic = (topicId: string, known: KnownEntities): TopicVerdict => {
  if (topicId.length > LONGEST_TOPIC_ID) return { kind: 'invalid' };
  if (UNASKED_TOPIC.test(topicId)) return { kind: 'permitted', topicNames: [] };
  const [, queueId] = QUEUE_TOPIC.exec(topicId) ?? [];
  if (queueId !== undefined)
    return known.hasQueue(queueId) ? { kind: 'permitted', topicNames: [topicId] } : { kind: 'unauthorized' };
  const [, userId, suffixes] = USER_TOPIC.exec(topicId) ?? COMBINED_USER_TOPIC.exec(topicId) ?? [];
  if (userId === undefined || suffixes === undefined) return { kind: 'invalid' };
  const wanted = suffixes.split('&');
  const topics = USER_TOPICS.filter((topic) => wanted.includes(topic));
  if (topics.length !== new Set(wanted).size) return { kind: 'invalid' };
  if (!known.hasUser(userId)) return { kind: 'unauthorized' };
  return { kind: 'permitted', topicNames: topics.map((topic) => userTopicName(userId, topic)) };
};
