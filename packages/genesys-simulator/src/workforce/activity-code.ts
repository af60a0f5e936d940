import type { SystemPresence } from '../org/presence-definition.ts';

/** Categories of workforce management (API §10.1). */
export type ActivityCategory =
  | 'OnQueueWork'
  | 'Break'
  | 'Meal'
  | 'Meeting'
  | 'OffQueueWork'
  | 'TimeOff'
  | 'Training'
  | 'Unavailable'
  | 'Unscheduled';

export interface ActivityCode {
  readonly id: string;
  readonly name: string;
  readonly category: Exclude<ActivityCategory, 'Unscheduled'>;
  readonly isDefault: boolean;
  readonly lengthInMinutes: number;
  readonly isPaid: boolean;
  readonly isWork: boolean;
  /** Presence definitions that count as this activity. */
  readonly secondaryPresenceIds: readonly string[];
}

const code = (
  id: string,
  name: string,
  parts: Partial<ActivityCode> & Pick<ActivityCode, 'category'>,
): ActivityCode => ({
  id,
  name,
  isDefault: true,
  lengthInMinutes: 60,
  isPaid: true,
  isWork: false,
  secondaryPresenceIds: [],
  ...parts,
});

/** The default codes have small whole numbers for ids; the organisation's own has a UUID (API §10.2). */
export const ACTIVITY_CODES: readonly ActivityCode[] = [
  code('0', 'On Queue', { category: 'OnQueueWork', isWork: true }),
  code('1', 'Break', { category: 'Break', lengthInMinutes: 15 }),
  code('2', 'Meal', { category: 'Meal', lengthInMinutes: 30, isPaid: false }),
  code('3', 'Meeting', { category: 'Meeting', isWork: true }),
  code('4', 'Off Queue Work', { category: 'OffQueueWork', isWork: true }),
  code('5', 'Time Off', { category: 'TimeOff', lengthInMinutes: 480 }),
  code('6', 'Training', { category: 'Training', isWork: true }),
  code('7', 'Unavailable', { category: 'Unavailable', isPaid: false }),
  code('8a7d1c52-6f2e-4a19-9b57-2f0c6d3e1a01', 'Team huddle', {
    category: 'Meeting',
    isDefault: false,
    lengthInMinutes: 15,
    isWork: true,
    secondaryPresenceIds: ['0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a02'],
  }),
];

/** What a presence counts as when nothing more exact is mapped to it. */
export const CATEGORY_OF_PRESENCE: Readonly<Record<SystemPresence, ActivityCategory>> = {
  Available: 'OffQueueWork',
  Away: 'Unavailable',
  Break: 'Break',
  Busy: 'OffQueueWork',
  Idle: 'Unavailable',
  Meal: 'Meal',
  Meeting: 'Meeting',
  Offline: 'Unavailable',
  'On Queue': 'OnQueueWork',
  Training: 'Training',
};

export const findActivityCode = (id: string): ActivityCode | null =>
  ACTIVITY_CODES.find((one) => one.id === id) ?? null;
