import type { CHANGE_EFFECTS, CHANGE_OBSTACLES, PresenceThere, VerdictView } from '@floorwatch/contracts';
import type { ActivityCategory, ChangeState, SetterKind, UnknownPolicy } from '@floorwatch/domain';
import { formatClockTime } from '../../lib/clock-time.ts';

type Effect = (typeof CHANGE_EFFECTS)[number];
export type Obstacle = (typeof CHANGE_OBSTACLES)[number];

/** What will happen besides. */
export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  'joins-queue': 'Joins the queue: contacts will be offered.',
  'leaves-queue': 'Leaves the queue: no more contacts are offered.',
  'finishes-contact-first': 'The contact in hand goes on; queue work ends after it.',
  'no-effect-while-offline': 'Is offline: Genesys Cloud logs nobody in, so most likely nothing will be seen.',
  'nothing-changes': 'Is there already: nothing changes.',
};

/** Why it cannot be done, and the way out. */
export const OBSTACLE_WORDS: Readonly<Record<Obstacle, string>> = {
  'definition-unknown': 'This presence does not exist any more. Choose another one.',
  'definition-inactive': 'This presence was switched off in Genesys Cloud. Choose another one.',
  'definition-of-other-division': 'This presence belongs to another division. Choose another one.',
  'agent-offline': 'The agent is offline and must log in before going on queue.',
  'on-queue-in-bulk': 'Genesys Cloud does not put several people on queue at once. Do it one by one.',
  'not-allowed-here': 'You may not change presences in the agent’s division.',
  'schedule-blocks': 'The schedule says no.',
  'agent-gone': 'The agent is not on the floor any more.',
};

/** What the schedule’s word comes to. */
export const VERDICT_WORDS: Readonly<Record<VerdictView['effective'], string>> = {
  allow: 'The schedule has nothing against it',
  warn: 'Against the schedule',
  block: 'Blocked by the schedule',
};

const POLICY_WORDS: Readonly<Record<UnknownPolicy, string>> = {
  allow: 'then it is allowed',
  warn: 'then it is allowed with a warning',
  block: 'then it is blocked',
};

/** Told wherever the schedule is silent: it is a setting, and whoever decides must know it. */
export const unknownPolicyWords = (policy: UnknownPolicy): string =>
  `Nobody knows what the schedule says; ${POLICY_WORDS[policy]} (the setting SCHEDULE_UNKNOWN=${policy}).`;

export const CATEGORY_WORDS: Readonly<Record<ActivityCategory, string>> = {
  onQueueWork: 'on-queue work',
  break: 'a break',
  meal: 'a meal',
  meeting: 'a meeting',
  offQueueWork: 'off-queue work',
  timeOff: 'time off',
  training: 'training',
  unavailable: 'unavailable',
  unscheduled: 'nothing planned',
};

const SETTER_WORDS: Readonly<Record<SetterKind, string>> = {
  agent: 'by the agent',
  supervisor: 'by a supervisor',
  automation: 'by an automation',
  system: 'by the system',
  unknown: 'nobody knows by whom',
};

/** `by Mia Lang`, `by the agent`, `nobody knows by whom` */
export const setterWords = ({ setBy }: PresenceThere): string =>
  setBy.name === null || setBy.kind === 'agent' ? SETTER_WORDS[setBy.kind] : `by ${setBy.name}`;

/** `Break since 14:02:10 CEST, by the agent` */
export const thereWords = (there: PresenceThere | null): string =>
  there === null
    ? 'no presence known'
    : `${there.label} since ${there.since.exact ? '' : 'at least '}${formatClockTime(Date.parse(there.since.at))}, ${setterWords(there)}`;

/** Short, for lists and tables. */
export const STATE_WORDS: Readonly<Record<ChangeState, string>> = {
  waiting: 'Waits',
  requested: 'On its way',
  accepted: 'Accepted, not seen yet',
  confirmed: 'Confirmed',
  'not-confirmed': 'Not confirmed',
  refused: 'Refused',
  failed: 'Failed',
  cancelled: 'Taken back',
};

const SETTLED: ReadonlySet<ChangeState> = new Set(['confirmed', 'not-confirmed', 'refused', 'failed', 'cancelled']);

/** Nothing more will happen to it. */
export const isSettled = (state: ChangeState): boolean => SETTLED.has(state);
