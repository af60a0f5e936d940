import type { ScenarioEngine } from '../floor/scenario-engine.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { ACTIVITY_CODES, CATEGORY_OF_PRESENCE, type ActivityCategory } from './activity-code.ts';
import type { Activity, PublishedSchedule } from './published-schedule.ts';

export type AdherenceState = 'InAdherence' | 'OutOfAdherence' | 'Unscheduled';

/** What an agent should be doing, and does. Instants in ms. */
export interface Adherence {
  readonly scheduled: Activity | null;
  readonly next: Activity | null;
  readonly actualCategory: ActivityCategory;
  readonly state: AdherenceState;
  readonly impact: 'Positive' | 'Negative' | 'Neutral' | 'Unknown';
  readonly changedAt: number;
  /** When the plan says something else, whatever the agent does; null when nothing is planned any more. */
  readonly holdsUntil: number | null;
}

interface AdherenceDeps {
  readonly engine: ScenarioEngine;
  readonly schedule: PublishedSchedule;
}

/** Compares plan and presence, as real-time adherence does (API §10.1). */
export const judgeAdherence = ({ engine, schedule }: AdherenceDeps, profile: UserProfile, now: number): Adherence => {
  const { presence } = engine.stateOf(profile.id);
  const { current, next } = schedule.at(profile, now);
  const mapped = ACTIVITY_CODES.find(({ secondaryPresenceIds }) =>
    secondaryPresenceIds.includes(presence.definitionId),
  );
  const actualCategory = mapped?.category ?? CATEGORY_OF_PRESENCE[presence.systemPresence];
  const state = stateOf(current, actualCategory);
  return {
    scheduled: current,
    next,
    actualCategory,
    state,
    impact: impactOf(state, current, actualCategory),
    changedAt: Math.max(presence.modifiedAt, current?.startsAt ?? 0),
    holdsUntil: current?.endsAt ?? next?.startsAt ?? null,
  };
};

const stateOf = (scheduled: Activity | null, actual: ActivityCategory): AdherenceState => {
  if (scheduled === null) return 'Unscheduled';
  return scheduled.category === actual ? 'InAdherence' : 'OutOfAdherence';
};

/** More hands on queue than planned is good, fewer is bad. */
const impactOf = (state: AdherenceState, scheduled: Activity | null, actual: ActivityCategory): Adherence['impact'] => {
  if (state !== 'OutOfAdherence') return state === 'InAdherence' ? 'Neutral' : 'Unknown';
  if (actual === 'OnQueueWork') return 'Positive';
  return scheduled?.category === 'OnQueueWork' ? 'Negative' : 'Neutral';
};
