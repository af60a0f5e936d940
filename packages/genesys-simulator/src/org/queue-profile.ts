import type { Random } from '../time/random.ts';
import type { Named } from './named.ts';

/** Media of the conversation summary (API §6.2), in the platform's words. */
export const MEDIA_TYPES = ['call', 'callback', 'email', 'message', 'chat', 'socialExpression', 'video'] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

export interface QueueProfile extends Named {
  readonly divisionId: string;
  /** What arrives here, most of it the first. */
  readonly media: readonly [MediaType, ...MediaType[]];
  readonly dateCreated: string;
}

const TOPICS = [
  'Billing',
  'Support',
  'Sales',
  'Claims',
  'Returns',
  'Technik',
  'Reclamaciones',
  'VIP',
  'Retention',
  'Payments',
];
const VARIANTS = ['', ' Tier 2', ' Weekend', ' Partners', ' Campaign', ' Overflow'];

const MEDIA_MIXES: readonly QueueProfile['media'][] = [
  ['call', 'callback'],
  ['call'],
  ['chat', 'message'],
  ['message', 'socialExpression'],
  ['call', 'chat'],
  ['email'],
  ['call', 'video'],
];

/** About 20 queues for 500 agents, growing with the root of the size: bigger floors have bigger queues, too. */
const QUEUES_AT_500 = 20;
const FEWEST_QUEUES = 6;
const MOST_QUEUES = 120;

export const makeQueues = (random: Random, divisions: readonly Named[], agentCount: number): QueueProfile[] => {
  const wanted = Math.round(QUEUES_AT_500 * Math.sqrt(agentCount / 500));
  const count = Math.min(MOST_QUEUES, Math.max(FEWEST_QUEUES, wanted));
  return Array.from({ length: count }, (_, index) => {
    const topic = TOPICS[index % TOPICS.length] ?? 'Support';
    const variant = VARIANTS[Math.floor(index / TOPICS.length) % VARIANTS.length] ?? '';
    const round = Math.floor(index / (TOPICS.length * VARIANTS.length));
    return {
      id: random.uuid(),
      name: `${topic}${variant}${round === 0 ? '' : ` ${round + 1}`}`,
      divisionId: random.pick(divisions).id,
      media: MEDIA_MIXES[index % MEDIA_MIXES.length] ?? ['call'],
      dateCreated: '2024-03-01T09:00:00.000Z',
    };
  });
};
