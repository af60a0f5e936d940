import { ACTIVITIES, type Activity } from '../activity/activity.ts';

export type ActivityCounts = Readonly<Record<Activity, number>>;

/** How many agents are in each activity, kept by adding and taking away; never recounted. */
export class ActivityTally {
  readonly #counts = Object.fromEntries(ACTIVITIES.map((activity) => [activity, 0])) as Record<Activity, number>;

  /** The live counts: read now or copy, they go on changing. */
  get counts(): ActivityCounts {
    return this.#counts;
  }

  add(activity: Activity): void {
    this.#counts[activity] += 1;
  }

  remove(activity: Activity): void {
    this.#counts[activity] -= 1;
  }
}
