import {
  ACTIVITIES,
  agentId,
  presenceDefinitionId,
  queueId,
  WINDOW_MS,
  type Activity,
  type ActivityMs,
  type AgentId,
  type AvailabilityWindow,
  type FactValue,
  type Transition,
} from '@floorwatch/domain';

/** Midnight UTC. */
export const DAY_ONE = Date.parse('2026-08-15T00:00:00.000Z');

export const MINUTE = 60_000;

export const anAgent = (name: string): AgentId => agentId(`agent-${name}`);

/** One fact of each kind, with everything that text can hold. */
export const EVERY_KIND: readonly FactValue[] = [
  {
    kind: 'presence',
    presence: 'busy',
    definitionId: presenceDefinitionId('6a3af858-942f-489d-9700-5f9bcdcdae9b'),
    message: 'back at "10:30" {\\o/} – NULL, später\n☎',
  },
  { kind: 'presence', presence: 'onQueue', definitionId: null, message: null },
  { kind: 'routing', routing: 'notResponding' },
  { kind: 'work', work: 'afterCallWork' },
  { kind: 'outOfOffice', active: true },
  { kind: 'outOfOffice', active: false },
  { kind: 'queues', queueIds: [queueId('sales "a"'), queueId('support')] },
  { kind: 'queues', queueIds: [] },
];

export const aTransition = (parts: Partial<Transition> & Pick<Transition, 'at'>): Transition => ({
  agentId: anAgent('one'),
  fact: { kind: 'routing', routing: 'idle' },
  exact: true,
  ingestedAt: parts.at + 250,
  source: 'event',
  ...parts,
});

/** Five minutes of `ready` but for what is given. */
export const aWindow = (parts: {
  readonly agent: AgentId;
  readonly from: number;
  readonly ms?: Partial<Record<Activity, number>>;
  readonly isVolatile?: boolean;
}): AvailabilityWindow => {
  const given = parts.ms ?? { ready: WINDOW_MS };
  return {
    agentId: parts.agent,
    from: parts.from,
    ms: activities((activity) => given[activity] ?? 0),
    transitions: Object.keys(given).length - 1,
    isVolatile: parts.isVolatile ?? false,
  };
};

export const activities = (msOf: (activity: Activity) => number): ActivityMs =>
  Object.fromEntries(ACTIVITIES.map((activity) => [activity, msOf(activity)])) as Record<Activity, number>;
