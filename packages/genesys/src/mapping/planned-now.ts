import {
  ACTIVITY_CATEGORIES,
  presenceDefinitionId,
  type ActivityCategory,
  type PlannedNow,
  type PresenceDefinitionId,
} from '@floorwatch/domain';
import type { UserScheduleAdherence } from '../wire/workforce.ts';
import { toInstantMs } from './instant.ts';
import type { ActivityCodes } from './schedule.ts';

const BY_SPELLING: ReadonlyMap<string, ActivityCategory> = new Map(
  ACTIVITY_CATEGORIES.map((category) => [category.toUpperCase(), category]),
);

/** Reads `OnQueueWork`; null for a category we do not know. */
export const toActivityCategory = (spelling: string | null | undefined): ActivityCategory | null =>
  BY_SPELLING.get((spelling ?? '').toUpperCase()) ?? null;

/** What an agent is meant to do now; null where the platform names an activity we do not know. */
export const toPlannedNow = (wire: UserScheduleAdherence, codes: ActivityCodes): PlannedNow | null => {
  const scheduled = toActivityCategory(wire.scheduledActivityCategory);
  if (scheduled === null) return null;
  const [reminder] = wire.nextActivityReminders ?? [];
  const category = toActivityCategory(reminder?.activityCategory);
  const at = toInstantMs(reminder?.startDate);
  return {
    scheduled,
    next: category === null || at === null ? null : { category, at },
    categoryOf: categoriesOf(codes),
  };
};

const categoriesOf = (codes: ActivityCodes): Map<PresenceDefinitionId, ActivityCategory> => {
  const categories = new Map<PresenceDefinitionId, ActivityCategory>();
  for (const { category, secondaryPresences } of codes.values()) {
    const known = toActivityCategory(category);
    if (known !== null) for (const { id } of secondaryPresences ?? []) categories.set(presenceDefinitionId(id), known);
  }
  return categories;
};
