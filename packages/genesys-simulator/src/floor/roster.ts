import type { Organisation } from '../org/organisation.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { Random } from '../time/random.ts';
import { choosePresence, makePresenceMenu, type PresenceChange, type PresenceMenu } from './presence-menu.ts';
import { drawShiftLengths, planShift, type PlannedPresence } from './shift-plan.ts';

/** What an agent turns to at an instant (model time, ms), and as which presence it shows. */
export interface ShiftStep extends PlannedPresence {
  readonly change: PresenceChange;
}

/** One shift of one agent, from log-in to log-out, with the pause after it. */
export interface Shift {
  /** 0 is the one the floor opened in; earlier ones are negative. */
  readonly number: number;
  readonly startsAt: number;
  /** Log-out. */
  readonly endsAt: number;
  readonly steps: readonly ShiftStep[];
  readonly nextShiftAt: number;
}

/** Nobody can ask for more history than this (31 days), so that shifts before it are of no interest. */
const HORIZON_MS = 40 * 24 * 3_600_000;

/**
 * Who works when: every shift of every agent, past and future, follows from the seed and the instant the floor opened.
 * Nothing is kept but the instants at which shifts begin, and only of agents somebody asked about.
 */
export class Roster {
  readonly openedAt: number;
  readonly #seed: string;
  readonly #menus = new Map<string, PresenceMenu>();
  readonly #definitions: Organisation['presenceDefinitions'];
  readonly #starts = new Map<string, { readonly past: number[]; readonly future: number[] }>();

  constructor(organisation: Organisation, openedAt: number) {
    this.openedAt = openedAt;
    this.#seed = organisation.seed;
    this.#definitions = organisation.presenceDefinitions;
  }

  /** Before this instant nothing is known. */
  get horizon(): number {
    return this.openedAt - HORIZON_MS;
  }

  shift(profile: UserProfile, number: number): Shift {
    const random = this.#randomOf(profile, number);
    const { shiftMs, pauseMs } = drawShiftLengths(random);
    const startsAt = this.#startOf(profile, number);
    const menu = this.#menuOf(profile);
    const steps = planShift({ startsAt, lengthMs: shiftMs, isOffPhones: profile.isOffPhones, random }).map((step) => ({
      ...step,
      change: choosePresence(menu, step.presence, random),
    }));
    return { number, startsAt, endsAt: startsAt + shiftMs, steps, nextShiftAt: startsAt + shiftMs + pauseMs };
  }

  /** The shift that an instant lies in, or in the pause after it. */
  shiftAt(profile: UserProfile, instant: number): Shift {
    let number = 0;
    while (this.#startOf(profile, number) > instant) number -= 1;
    while (this.#startOf(profile, number + 1) <= instant) number += 1;
    return this.shift(profile, number);
  }

  /** Shifts that touch an interval, with their pauses, oldest first. */
  shiftsBetween(profile: UserProfile, from: number, to: number): Shift[] {
    const shifts = [this.shiftAt(profile, Math.max(from, this.horizon))];
    for (let last = shifts[0]; last !== undefined && last.nextShiftAt < to;) {
      last = this.shift(profile, last.number + 1);
      shifts.push(last);
    }
    return shifts;
  }

  #randomOf({ id }: UserProfile, number: number): Random {
    return new Random(`${this.#seed}/shift/${id}/${number}`);
  }

  #menuOf({ division }: UserProfile): PresenceMenu {
    const known = this.#menus.get(division.id) ?? makePresenceMenu(this.#definitions, division.id);
    this.#menus.set(division.id, known);
    return known;
  }

  /** The floor opens anywhere in the middle of shift 0; the others follow each other from there. */
  #startOf(profile: UserProfile, number: number): number {
    const starts = this.#startsOf(profile);
    if (number < 0) {
      for (let known = starts.past.length; known < -number; known += 1)
        starts.past.push((starts.past.at(-1) ?? starts.future[0] ?? 0) - this.#cycleMs(profile, -known - 1));
      return starts.past[-number - 1] ?? 0;
    }
    for (let known = starts.future.length; known <= number; known += 1)
      starts.future.push((starts.future.at(-1) ?? 0) + this.#cycleMs(profile, known - 1));
    return starts.future[number] ?? 0;
  }

  #startsOf(profile: UserProfile): { readonly past: number[]; readonly future: number[] } {
    const known = this.#starts.get(profile.id);
    if (known !== undefined) return known;
    const share = new Random(`${this.#seed}/roster/${profile.id}`).next();
    const starts = { past: [], future: [this.openedAt - share * this.#cycleMs(profile, 0)] };
    this.#starts.set(profile.id, starts);
    return starts;
  }

  /** From one log-in to the next. */
  #cycleMs(profile: UserProfile, number: number): number {
    const { shiftMs, pauseMs } = drawShiftLengths(this.#randomOf(profile, number));
    return shiftMs + pauseMs;
  }
}
