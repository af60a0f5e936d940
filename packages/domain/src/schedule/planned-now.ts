import type { PresenceDefinitionId } from '../agent/ids.ts';
import type { SystemPresence } from '../agent/presence.ts';
import type { ActivityCategory } from './verdict.ts';

/** What an agent is meant to do now, as workforce management has it (API §10.1). */
export interface PlannedNow {
  readonly scheduled: ActivityCategory;
  /** What comes next, with the platform's instant, ms; null where nothing does. */
  readonly next: { readonly category: ActivityCategory; readonly at: number } | null;
  /** What the organisation's own presences count as, where its activity codes say so (API §10.2). */
  readonly categoryOf: ReadonlyMap<PresenceDefinitionId, ActivityCategory>;
}

/** What a presence counts as where no activity code names it. */
export const CATEGORY_OF_SYSTEM: Readonly<Record<SystemPresence, ActivityCategory>> = {
  available: 'offQueueWork',
  away: 'unavailable',
  break: 'break',
  busy: 'offQueueWork',
  idle: 'unavailable',
  meal: 'meal',
  meeting: 'meeting',
  offline: 'unavailable',
  onQueue: 'onQueueWork',
  training: 'training',
};
