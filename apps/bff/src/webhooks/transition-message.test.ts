import { agentTransitionMessage, webhookFilter, type WebhookFilter } from '@floorwatch/contracts';
import {
  ACCESSIBILITY,
  agentId,
  divisionId,
  presenceDefinitionId,
  queueId,
  type AgentProfile,
  type StreamedTransition,
} from '@floorwatch/domain';
import { describe, expect, it } from 'vitest';
import { isWanted, messageIdOf, transitionMessage } from './transition-message.ts';

const ANN: AgentProfile = {
  id: agentId('ann'),
  name: 'Ann Example',
  divisionId: divisionId('north'),
  title: null,
  department: null,
  team: 'Blue',
};

const AT = Date.parse('2026-08-15T08:00:00.000Z');

const onQueue = {
  kind: 'presence',
  presence: 'onQueue',
  definitionId: presenceDefinitionId('e0'),
  message: null,
} as const;
const onBreak = {
  kind: 'presence',
  presence: 'break',
  definitionId: presenceDefinitionId('b2'),
  message: 'back 10:30',
} as const;
const idle = { kind: 'routing', routing: 'idle' } as const;
const inSales = { kind: 'queues', queueIds: [queueId('sales')] } as const;

/** Ann takes a break. */
const TRANSITION: StreamedTransition = {
  agentId: ANN.id,
  fact: onBreak,
  at: AT,
  exact: true,
  ingestedAt: AT + 140,
  source: 'event',
  cursor: 't1',
  id: 'ann:presence:2026-08-15T08:00:00.000Z',
  previous: onQueue,
  activityBefore: 'ready',
  activityAfter: 'break',
  before: { presence: onQueue, routing: idle, work: null, queues: inSales },
  after: { presence: onBreak, routing: idle, work: null, queues: inSales },
};

const messageOf = (withNames: boolean, profile: AgentProfile | null = ANN) =>
  transitionMessage(TRANSITION, { profile, accessibility: ACCESSIBILITY, withNames });

describe('The message of a transition', () => {
  it('tells the whole state before and after, with ids alone', () => {
    const message = messageOf(false);
    expect(agentTransitionMessage.parse(message)).toEqual(message);
    expect(message).toEqual({
      type: 'agent.transition',
      timestamp: '2026-08-15T08:00:00.000Z',
      data: {
        id: 'ann:presence:2026-08-15T08:00:00.000Z',
        kind: 'presence',
        agent: { id: 'ann', divisionId: 'north', team: 'Blue' },
        previous: {
          presence: { system: 'onQueue', definitionId: 'e0' },
          routing: 'idle',
          work: null,
          queueIds: ['sales'],
          activity: 'ready',
          accessibility: 'accessible',
        },
        current: {
          presence: { system: 'break', definitionId: 'b2' },
          routing: 'idle',
          work: null,
          queueIds: ['sales'],
          activity: 'break',
          accessibility: 'inaccessible',
        },
        isExact: true,
        occurredAt: '2026-08-15T08:00:00.000Z',
        ingestedAt: '2026-08-15T08:00:00.140Z',
        source: 'event',
      },
    });
    expect(JSON.stringify(message)).not.toMatch(/Example|10:30/);
  });

  it('has the name and the own words where they are asked for', () => {
    expect(messageOf(true).data).toMatchObject({
      agent: { name: 'Ann Example' },
      current: { presence: { message: 'back 10:30' } },
    });
    expect(messageOf(true, null).data.agent).toEqual({ id: 'ann', name: null, divisionId: null, team: null });
  });

  it('is named by the transition, without the full stop that separates what is signed', () => {
    expect(messageIdOf(TRANSITION.id)).toBe(messageIdOf(TRANSITION.id));
    expect(messageIdOf(TRANSITION.id)).toMatch(/^msg_[0-9a-f]{32}$/);
    expect(messageIdOf(TRANSITION.id)).not.toBe(messageIdOf(`${TRANSITION.id}1`));
  });
});

describe('A filter', () => {
  const wants = (filter: Partial<WebhookFilter>, profile: AgentProfile | null = ANN): boolean =>
    isWanted(webhookFilter.parse(filter), TRANSITION, profile);

  it.each<[Partial<WebhookFilter>, boolean]>([
    [{}, true],
    [{ kinds: ['presence', 'work'] }, true],
    [{ kinds: ['routing'] }, false],
    [{ divisions: ['south', 'north'] }, true],
    [{ divisions: ['south'] }, false],
    [{ teams: ['Blue'] }, true],
    [{ teams: ['Red'] }, false],
    [{ queues: ['sales'] }, true],
    [{ queues: ['support'] }, false],
    [{ activities: ['ready'] }, true],
    [{ activities: ['break'] }, true],
    [{ activities: ['meal'] }, false],
    [{ kinds: ['presence'], divisions: ['south'] }, false],
  ])('%j lets it through: %s', (filter, isThrough) => {
    expect(wants(filter)).toBe(isThrough);
  });

  it('of a division or team lets nothing through of somebody who has left', () => {
    expect(wants({}, null)).toBe(true);
    expect(wants({ divisions: ['north'] }, null)).toBe(false);
    expect(wants({ teams: ['Blue'] }, null)).toBe(false);
  });
});
