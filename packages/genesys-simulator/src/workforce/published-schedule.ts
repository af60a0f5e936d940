import type { Roster, Shift } from '../floor/roster.ts';
import type { SystemPresence } from '../org/presence-definition.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { Random } from '../time/random.ts';
import { findActivityCode, type ActivityCategory } from './activity-code.ts';

/** An entry of a schedule. Instants in ms, on the minute. */
export interface Activity {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly codeId: string;
  readonly category: ActivityCategory;
}

export interface PublishedShift {
  readonly id: string;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Without gaps, from the first to the last minute. */
  readonly activities: readonly Activity[];
}

/** What changed in somebody's plan. Instants in ms. */
export interface ScheduleChange {
  readonly userId: string;
  readonly from: number;
  readonly to: number;
  /** Beginnings of the shifts that were edited. */
  readonly shiftStarts: readonly number[];
}

/** Planners plan in steps of this; people keep to it roughly, which is what adherence is about. */
const GRID_MS = 5 * 60_000;

/** Presences that are planned; whatever else agents do, nobody planned. */
const CODE_OF_PRESENCE: Partial<Record<SystemPresence, string>> = {
  Break: '1',
  Meal: '2',
  Meeting: '3',
  Training: '6',
};
const ON_QUEUE = '0';
const OFF_QUEUE = '4';

const onGrid = (instant: number): number => Math.round(instant / GRID_MS) * GRID_MS;

/** The published schedules: what the roster means agents to do, rounded the way planners do. */
export class PublishedSchedule {
  readonly #roster: Roster;
  readonly #edits = new Map<string, Activity[]>();
  readonly #listeners: ((change: ScheduleChange) => void)[] = [];

  constructor(roster: Roster) {
    this.#roster = roster;
  }

  /** Shifts that touch an interval, oldest first. */
  shiftsBetween(profile: UserProfile, { from, to }: { readonly from: number; readonly to: number }): PublishedShift[] {
    return this.#roster
      .shiftsBetween(profile, from - GRID_MS, to + GRID_MS)
      .map((shift) => this.#publish(profile, shift))
      .filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from);
  }

  /** What is planned at an instant, and what comes next; null for nothing. */
  at(profile: UserProfile, instant: number): { readonly current: Activity | null; readonly next: Activity | null } {
    const shift = this.#roster.shiftAt(profile, instant + GRID_MS);
    const published = [shift.number - 1, shift.number, shift.number + 1]
      .map((number) => this.#publish(profile, this.#roster.shift(profile, number)))
      .flatMap(({ activities }) => activities);
    return {
      current: published.find(({ startsAt, endsAt }) => startsAt <= instant && instant < endsAt) ?? null,
      next: published.find(({ startsAt }) => startsAt > instant) ?? null,
    };
  }

  /** Called whenever somebody's plan is changed. */
  listen(listener: (change: ScheduleChange) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Puts something into a shift of one agent, over what was planned there.
   * @returns false when the agent has no shift that it fits into
   */
  insert(profile: UserProfile, activity: Activity): boolean {
    const { startsAt: from, endsAt: to } = activity;
    const shift = this.shiftsBetween(profile, { from, to }).find((one) => one.startsAt <= from && one.endsAt >= to);
    if (shift === undefined) return false;
    this.#edits.set(profile.id, [...(this.#edits.get(profile.id) ?? []), activity]);
    const change = { userId: profile.id, from, to, shiftStarts: [shift.startsAt] };
    for (const listener of this.#listeners) listener(change);
    return true;
  }

  #publish(profile: UserProfile, { number, startsAt, endsAt, steps }: Shift): PublishedShift {
    const work = profile.isOffPhones ? OFF_QUEUE : ON_QUEUE;
    const shift = { startsAt: onGrid(startsAt), endsAt: onGrid(endsAt) };
    const planned = steps.slice(0, -1).map((step) => ({
      startsAt: Math.max(shift.startsAt, onGrid(step.startsAt)),
      codeId: CODE_OF_PRESENCE[step.presence] ?? work,
    }));
    const starts = planned.filter(({ codeId }, index) => codeId !== planned[index - 1]?.codeId);
    const activities = starts.map(({ startsAt: from, codeId }, index): Activity => {
      const category = findActivityCode(codeId)?.category ?? 'Unavailable';
      return { startsAt: from, endsAt: starts[index + 1]?.startsAt ?? shift.endsAt, codeId, category };
    });
    const edits = (this.#edits.get(profile.id) ?? []).filter(
      (edit) => edit.startsAt >= shift.startsAt && edit.endsAt <= shift.endsAt,
    );
    return {
      ...shift,
      id: new Random(`${profile.id}/shift/${number}`).uuid(),
      activities: edits.reduce(insertInto, activities).filter((one) => one.endsAt > one.startsAt),
    };
  }
}

/** What lies under the inserted activity gives way to it. */
const insertInto = (activities: readonly Activity[], edit: Activity): Activity[] =>
  [
    ...activities.flatMap((one) => [
      { ...one, endsAt: Math.min(one.endsAt, edit.startsAt) },
      { ...one, startsAt: Math.max(one.startsAt, edit.endsAt) },
    ]),
    edit,
  ]
    .filter(({ startsAt, endsAt }) => endsAt > startsAt)
    .toSorted((a, b) => a.startsAt - b.startsAt);
