/** What the schedule says to a presence somebody is about to set. `unknown`: nobody can tell, and what that means is a setting. */
export const VERDICTS = ['allow', 'warn', 'block', 'unknown'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** What an `unknown` verdict comes to (`SCHEDULE_UNKNOWN`), told on every screen that shows one. */
export const UNKNOWN_POLICIES = ['allow', 'warn', 'block'] as const;

export type UnknownPolicy = (typeof UNKNOWN_POLICIES)[number];

/** What the workforce management of the platform plans by (API §10.1). */
export const ACTIVITY_CATEGORIES = [
  'onQueueWork',
  'break',
  'meal',
  'meeting',
  'offQueueWork',
  'timeOff',
  'training',
  'unavailable',
  'unscheduled',
] as const;

export type ActivityCategory = (typeof ACTIVITY_CATEGORIES)[number];
