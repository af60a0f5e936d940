import type {
  Activity,
  Discrepancy,
  FlagKind,
  MetricState,
  RoutingState,
  SetterKind,
  SystemPresence,
} from '@floorwatch/domain';

/** What an agent is doing, in the viewer's words. */
export const ACTIVITY_WORD: Readonly<Record<Activity, string>> = {
  notResponding: 'Not responding',
  ready: 'Ready',
  interacting: 'Interacting',
  afterCallWork: 'After-call work',
  communicating: 'Communicating',
  available: 'Available',
  busy: 'Busy',
  break: 'Break',
  meal: 'Meal',
  meeting: 'Meeting',
  training: 'Training',
  away: 'Away',
  idle: 'Idle',
  offline: 'Offline',
  unknown: 'Unknown',
};

/** What each activity means, for tooltips and the key to the wall. */
export const ACTIVITY_MEANING: Readonly<Record<Activity, string>> = {
  notResponding: 'Did not answer a contact that was offered',
  ready: 'On queue and idle: can take a contact now',
  interacting: 'Handling a contact from a queue',
  afterCallWork: 'Finishing the work after a contact',
  communicating: 'On a call that did not come from a queue',
  available: 'Present, but not on queue: takes no contacts',
  busy: 'Busy, not on queue',
  break: 'On a break',
  meal: 'At a meal',
  meeting: 'In a meeting',
  training: 'In training',
  away: 'Away from the desk',
  idle: 'The client has seen no input for a while',
  offline: 'Logged out',
  unknown: 'Presence or routing status has not been seen yet',
};

export const PRESENCE_WORD: Readonly<Record<SystemPresence, string>> = {
  available: 'Available',
  away: 'Away',
  break: 'Break',
  busy: 'Busy',
  idle: 'Idle',
  meal: 'Meal',
  meeting: 'Meeting',
  offline: 'Offline',
  onQueue: 'On queue',
  training: 'Training',
};

export const ROUTING_WORD: Readonly<Record<RoutingState, string>> = {
  communicating: 'Communicating',
  idle: 'Idle',
  interacting: 'Interacting',
  notResponding: 'Not responding',
  offQueue: 'Off queue',
};

/** Who set a presence, after "set by". */
const SETTER_WORD: Readonly<Record<Exclude<SetterKind, 'unknown'>, string>> = {
  agent: 'the agent',
  supervisor: 'a supervisor',
  automation: 'an automation',
  system: 'the system',
};

/** Who set a presence, with the name where there is one; that nobody says is told too, for it is better than a guess. */
export const setterWords = (by: SetterKind, name: string | null): string => {
  if (by === 'unknown') return 'Not known';
  return name === null ? SETTER_WORD[by] : `${name} (${by})`;
};

/** The same as a sentence. */
export const setByWords = (by: SetterKind, name: string | null): string =>
  by === 'unknown' ? 'Not known who set it' : `Set by ${setterWords(by, name)}`;

/** A contradiction between presence and routing status: short for the badge, long for the tooltip. */
export const DISCREPANCY_WORDS: Readonly<Record<Discrepancy, { readonly short: string; readonly long: string }>> = {
  'on-queue-but-off-queue': {
    short: 'Not routed',
    long: 'Presence says on queue, routing says off queue: no contacts will come',
  },
  'off-queue-but-idle': {
    short: 'Still routed',
    long: 'Presence is off queue, routing still waits for contacts',
  },
  'offline-but-working': {
    short: 'Offline, on contact',
    long: 'Presence is offline, routing still sees work',
  },
  finishing: {
    short: 'Finishing',
    long: 'Off queue already, finishing the last contact',
  },
};

/** Why the BFF asks to read a row with care: the word for it, and what it means. */
export const FLAG_WORDS: Readonly<Record<FlagKind, { readonly short: string; readonly long: string }>> = {
  stuck: { short: 'Stuck', long: 'Routing says interacting, and nobody knows a contact' },
  unlisted: { short: 'Not listed', long: 'Missing from a list that is not believed: the last state is kept' },
  volatile: { short: 'Volatile', long: 'Changes too often to count: left out of figures until it calms down' },
};

/** A change of presence that is under way: never the new presence itself, which the live event tells. */
export const UNDER_WAY_WORDS = {
  pending: {
    short: 'Change pending',
    long: 'A change of the presence is on its way; the tile changes once it is seen',
  },
  waiting: {
    short: 'Change waits',
    long: 'A change of the presence waits for the end of the contact, or for its turn',
  },
  held: { short: 'Held', long: 'The presence is set again if it drifts to idle or away' },
} as const;

/** The six states that figures add up. */
export const METRIC_WORD: Readonly<Record<MetricState, string>> = {
  available: 'Ready',
  onCall: 'On contact',
  wrapUp: 'After-call work',
  notReady: 'Not ready',
  offline: 'Offline',
  unknown: 'Not known',
};

/** What each of them takes together. */
export const METRIC_MEANING: Readonly<Record<MetricState, string>> = {
  available: 'On queue and idle: could take a contact',
  onCall: 'Handling a contact, or on a call that did not come from a queue',
  wrapUp: 'Finishing the work after a contact',
  notReady: 'Present, but not ready: available off queue, break, meal, meeting, training, away, not responding',
  offline: 'Logged out',
  unknown: 'Not recorded and not told by Genesys Cloud: counts as nothing',
};

/** What figures of the past cannot tell apart; said wherever after-call work is added up (API §9.1: no such status). */
export const AFTER_CALL_WORK_NOTE =
  'The history of Genesys Cloud does not tell after-call work: where Floorwatch did not listen itself, it is counted as on contact.';
