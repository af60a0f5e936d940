import type { Activity } from '@floorwatch/domain';

export interface ActivityGroup {
  readonly id: 'attention' | 'ready' | 'working' | 'offQueue' | 'offline';
  readonly label: string;
  readonly activities: readonly Activity[];
}

/** The activities in the order of attention, as the totals show them. Every activity is in exactly one group. */
export const ACTIVITY_GROUPS: readonly ActivityGroup[] = [
  { id: 'attention', label: 'Attention', activities: ['notResponding'] },
  { id: 'ready', label: 'Ready', activities: ['ready'] },
  { id: 'working', label: 'Working', activities: ['interacting', 'afterCallWork', 'communicating'] },
  {
    id: 'offQueue',
    label: 'Off queue',
    activities: ['available', 'busy', 'break', 'meal', 'meeting', 'training', 'away', 'idle'],
  },
  { id: 'offline', label: 'Not here', activities: ['offline', 'unknown'] },
];
