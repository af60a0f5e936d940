import { z } from 'zod';

const reference = z.object({ id: z.string() });

/** Answer of `GET /api/v2/workforcemanagement/agents/{agentId}/managementunit` (API §10.4). */
export const agentManagementUnit = z.object({ managementUnit: reference, businessUnit: reference });

/** What an activity code means (API §10.2). */
export const activityCode = z.object({
  id: z.string(),
  name: z.string().nullish(),
  /** `OnQueueWork`, `Break`, …; new ones may come, so it stays a string. */
  category: z.string().nullish(),
  /** Presence definitions that count as this activity. */
  secondaryPresences: z.array(reference).nullish(),
});

export type ActivityCode = z.infer<typeof activityCode>;

/** Lists of workforce management may come as a file instead (API §10). */
export const activityCodeListing = z.object({
  entities: z.array(activityCode).nullish(),
  downloadUrl: z.string().nullish(),
});

export const scheduleActivity = z.object({
  startDate: z.string(),
  lengthMinutes: z.number().nonnegative(),
  activityCodeId: z.string(),
  paid: z.boolean().nullish(),
});

export type ScheduleActivity = z.infer<typeof scheduleActivity>;

/** A whole day off, in the zone of the business unit. */
export const fullDayTimeOffMarker = z.object({
  businessUnitDate: z.string(),
  activityCodeId: z.string().nullish(),
  paid: z.boolean().nullish(),
});

export type FullDayTimeOffMarker = z.infer<typeof fullDayTimeOffMarker>;

export const agentSchedule = z.object({
  user: reference.nullish(),
  shifts: z.array(z.object({ activities: z.array(scheduleActivity).nullish() })).nullish(),
  fullDayTimeOffMarkers: z.array(fullDayTimeOffMarker).nullish(),
});

export const scheduleSearchResult = z.object({
  businessUnitTimeZone: z.string().nullish(),
  agentSchedules: z.array(agentSchedule).nullish(),
});

export type ScheduleSearchResult = z.infer<typeof scheduleSearchResult>;

/** Answer of `POST …/managementunits/{managementUnitId}/agentschedules/search` (API §10.3). */
export const scheduleSearchResponse = z.object({
  /** `Processing`, `Complete`, `Canceled`, `Error`. */
  status: z.string().nullish(),
  result: scheduleSearchResult.nullish(),
  downloadUrl: z.string().nullish(),
});

/** One agent in the answer of `GET /api/v2/workforcemanagement/adherence` (API §10.1). */
export const userScheduleAdherence = z.object({
  user: reference.nullish(),
  id: z.string().nullish(),
  businessUnit: reference.nullish(),
  /** `OnQueueWork`, `Break`, …, `Unscheduled`; new ones may come, so it stays a string. */
  scheduledActivityCategory: z.string().nullish(),
  nextActivityReminders: z.array(z.object({ activityCategory: z.string().nullish(), startDate: z.string() })).nullish(),
});

export type UserScheduleAdherence = z.infer<typeof userScheduleAdherence>;
