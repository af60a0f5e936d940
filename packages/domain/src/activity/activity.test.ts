import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UNSEEN, type AgentState } from '../agent/agent.ts';
import { SYSTEM_PRESENCES, type SystemPresence } from '../agent/presence.ts';
import { ROUTING_STATES, type RoutingState } from '../agent/routing-status.ts';
import { activityOf, activitySince, discrepancySince, readActivity, type Reading } from './activity.ts';

/** The columns of the table. After-call work only makes a difference while routing says INTERACTING. */
const COLUMNS = ['idle', 'offQueue', 'interacting', 'interacting + ACW', 'communicating', 'notResponding'] as const;

const QUEUE_BUT_NOT_ROUTED = 'available (on-queue-but-off-queue)';
const INTERACTING = 'interacting (finishing)';
const WRAPPING_UP = 'afterCallWork (finishing)';
const COMMUNICATING = 'communicating (finishing)';
const NOT_RESPONDING = 'notResponding (finishing)';

/** Every reading, written out by hand: this is the specification, the function follows it. */
const TABLE: Readonly<Record<SystemPresence, readonly string[]>> = {
  onQueue: ['ready', QUEUE_BUT_NOT_ROUTED, 'interacting', 'afterCallWork', 'communicating', 'notResponding'],
  available: ['available (off-queue-but-idle)', 'available', INTERACTING, WRAPPING_UP, COMMUNICATING, NOT_RESPONDING],
  busy: ['busy (off-queue-but-idle)', 'busy', INTERACTING, WRAPPING_UP, COMMUNICATING, NOT_RESPONDING],
  break: ['break (off-queue-but-idle)', 'break', INTERACTING, WRAPPING_UP, COMMUNICATING, NOT_RESPONDING],
  meal: ['meal (off-queue-but-idle)', 'meal', INTERACTING, WRAPPING_UP, COMMUNICATING, NOT_RESPONDING],
  meeting: ['meeting (off-queue-but-idle)', 'meeting', INTERACTING, WRAPPING_UP, COMMUNICATING, NOT_RESPONDING],
  training: ['training (off-queue-but-idle)', 'training', INTERACTING, WRAPPING_UP, COMMUNICATING, NOT_RESPONDING],
  away: ['away (off-queue-but-idle)', 'away', INTERACTING, WRAPPING_UP, COMMUNICATING, NOT_RESPONDING],
  idle: ['idle (off-queue-but-idle)', 'idle', INTERACTING, WRAPPING_UP, COMMUNICATING, NOT_RESPONDING],
  offline: [
    'offline (off-queue-but-idle)',
    'offline',
    'interacting (offline-but-working)',
    'afterCallWork (offline-but-working)',
    'communicating (offline-but-working)',
    'notResponding (offline-but-working)',
  ],
};

const inWords = ({ activity, discrepancy }: Reading): string =>
  discrepancy === null ? activity : `${activity} (${discrepancy})`;

const columnOf = (routing: RoutingState, inAfterCallWork: boolean): (typeof COLUMNS)[number] =>
  routing === 'interacting' && inAfterCallWork ? 'interacting + ACW' : routing;

const EVERY_PAIR = SYSTEM_PRESENCES.flatMap((presence) =>
  ROUTING_STATES.flatMap((routing) => [false, true].map((acw) => ({ presence, routing, acw }))),
);

describe('the truth table', () => {
  it('has all 10 × 5 × 2 pairs', () => {
    expect(EVERY_PAIR).toHaveLength(100);
  });

  it.each(EVERY_PAIR)('reads $presence × $routing, after-call work $acw', ({ presence, routing, acw }) => {
    const expected = TABLE[presence][COLUMNS.indexOf(columnOf(routing, acw))];
    expect(inWords(readActivity(presence, routing, acw))).toBe(expected);
  });

  it('is the table in docs/activity-table.md', () => {
    const text = readFileSync(new URL('../../../../docs/activity-table.md', import.meta.url), 'utf8');
    const rows = text
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.slice(1, -1).split('|'))
      .map((cells) => cells.map((cell) => cell.replaceAll('`', '').trim()));
    expect(rows).toEqual(Object.entries(TABLE).map(([presence, readings]) => [presence, ...readings]));
  });
});

/** Instants that are told apart at a glance. */
const PRESENCE_AT = 1000;
const ROUTING_AT = 2000;
const CONTACTS_AT = 3000;

const exactly = (at: number) => ({ at, exact: true });
const atLatest = (at: number) => ({ at, exact: false });

const agentWith = (system: SystemPresence, routing: RoutingState, more: Partial<AgentState> = {}): AgentState => ({
  presence: { system, definitionId: null, message: null, since: exactly(PRESENCE_AT) },
  routing: { state: routing, since: exactly(ROUTING_AT) },
  contacts: null,
  outOfOffice: null,
  ...more,
});

const wrappingUp = { active: 0, afterCallWork: 1, since: exactly(CONTACTS_AT) };

const sinceOf = (state: AgentState) => activitySince(state, activityOf(state).activity);

describe('an agent of whom a part has not been seen', () => {
  const complete = agentWith('onQueue', 'idle');

  it.each([
    ['nothing', UNSEEN],
    ['only the presence', { ...complete, routing: null }],
    ['only the routing status', { ...complete, presence: null }],
    ['only offline', { ...agentWith('offline', 'offQueue'), routing: null }],
  ])('is unknown, never guessed, with %s seen', (_, state) => {
    expect(activityOf(state)).toEqual({ activity: 'unknown', discrepancy: null });
    expect(sinceOf(state)).toBeNull();
    expect(discrepancySince(state)).toBeNull();
  });

  it('is not in after-call work until the contacts have been seen', () => {
    expect(activityOf(agentWith('onQueue', 'interacting')).activity).toBe('interacting');
    expect(activityOf(agentWith('onQueue', 'interacting', { contacts: wrappingUp })).activity).toBe('afterCallWork');
  });

  it('is interacting, not wrapping up, while another contact is active', () => {
    const contacts = { active: 1, afterCallWork: 2, since: exactly(CONTACTS_AT) };
    expect(activityOf(agentWith('onQueue', 'interacting', { contacts })).activity).toBe('interacting');
  });
});

describe('the time in an activity', () => {
  it('counts readiness from the later of the two facts, whichever came last', () => {
    const state = agentWith('onQueue', 'idle');
    expect(sinceOf(state)).toEqual(exactly(ROUTING_AT));
    const lateOnQueue = { system: 'onQueue', definitionId: null, message: null, since: exactly(9000) } as const;
    expect(sinceOf({ ...state, presence: lateOnQueue })).toEqual(exactly(9000));
  });

  it.each(['interacting', 'communicating', 'notResponding'] as const)(
    'counts %s from the routing status',
    (routing) => {
      expect(sinceOf(agentWith('break', routing))).toEqual(exactly(ROUTING_AT));
    },
  );

  it('counts after-call work from the end of the last active contact', () => {
    expect(sinceOf(agentWith('onQueue', 'interacting', { contacts: wrappingUp }))).toEqual(exactly(CONTACTS_AT));
  });

  it.each(['break', 'meal', 'available', 'offline'] as const)('counts %s from the presence', (presence) => {
    expect(sinceOf(agentWith(presence, 'offQueue'))).toEqual(exactly(PRESENCE_AT));
  });

  it('counts present-but-not-routed from the later fact: before, the agent was ready or away', () => {
    expect(sinceOf(agentWith('onQueue', 'offQueue'))).toEqual(exactly(ROUTING_AT));
  });

  it('says "at the latest" when the fact that decides was not seen to begin', () => {
    const routing = { state: 'idle', since: atLatest(5000) } as const;
    expect(sinceOf(agentWith('onQueue', 'idle', { routing }))).toEqual(atLatest(5000));
  });

  it('is exact when one of two facts with the same instant is', () => {
    const presence = { system: 'onQueue', definitionId: null, message: null, since: atLatest(ROUTING_AT) } as const;
    expect(sinceOf(agentWith('onQueue', 'idle', { presence }))).toEqual(exactly(ROUTING_AT));
    const routing = { state: 'idle', since: atLatest(PRESENCE_AT) } as const;
    expect(sinceOf(agentWith('onQueue', 'idle', { routing }))).toEqual(exactly(PRESENCE_AT));
  });

  it('counts a contradiction from the later of the two facts', () => {
    expect(discrepancySince(agentWith('offline', 'interacting'))).toEqual(exactly(ROUTING_AT));
  });
});
