import { ACTIVITIES, type Activity, type ActivityMs } from '@floorwatch/domain';

/** `afterCallWork` → `after_call_work_ms` */
export const activityColumn = (activity: Activity): string =>
  `${activity.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_ms`;

export const activityMsOf = (msOf: (activity: Activity) => number): ActivityMs =>
  Object.fromEntries(ACTIVITIES.map((activity) => [activity, msOf(activity)])) as Record<Activity, number>;
