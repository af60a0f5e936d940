import type { SystemPresence } from '../org/presence-definition.ts';
import type { Random } from '../time/random.ts';

/** What an agent means to do from an instant on. Instants are model time, ms. */
export interface PlannedPresence {
  readonly startsAt: number;
  readonly presence: SystemPresence;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHIFT_HOURS = [4, 6, 8, 8, 8, 9];
/**
 * Share of the time that an agent is logged in. The pauses between shifts are cut to fit, so that the floor is as busy
 * at any hour of the day: a demonstration at midnight looks like one at noon.
 */
const LOGGED_IN_SHARE = 0.73;

interface Interruption {
  readonly presence: SystemPresence;
  readonly offset: number;
  readonly length: number;
}

interface ShiftToPlan {
  readonly startsAt: number;
  readonly lengthMs: number;
  /** Works on other things than contacts. */
  readonly isOffPhones: boolean;
  readonly random: Random;
}

/** How long a shift and the pause after it last; drawn first, so that a floor can open in the middle of shifts. */
export const drawShiftLengths = (random: Random): { shiftMs: number; pauseMs: number } => {
  const shiftMs = random.pick(SHIFT_HOURS) * HOUR;
  const pauseMs = ((shiftMs * (1 - LOGGED_IN_SHARE)) / LOGGED_IN_SHARE) * random.between(0.7, 1.3);
  return { shiftMs, pauseMs };
};

/** Lays a shift: log in, get ready, work with breaks, meals, meetings and whatever else comes up, log out. */
export const planShift = ({ startsAt, lengthMs, isOffPhones, random }: ShiftToPlan): PlannedPresence[] => {
  const work: SystemPresence = isOffPhones ? random.pick(['Available', 'Busy', 'Available']) : 'On Queue';
  const steps: PlannedPresence[] = [
    { startsAt, presence: 'Available' },
    { startsAt: startsAt + random.between(20_000, 150_000), presence: work },
  ];
  let freeFrom = startsAt + 5 * MINUTE;
  for (const { presence, offset, length } of drawInterruptions(random, lengthMs)) {
    const from = startsAt + offset;
    if (from < freeFrom || offset + length > lengthMs - 5 * MINUTE) continue;
    freeFrom = from + length + 5 * MINUTE;
    steps.push({ startsAt: from, presence }, { startsAt: from + length, presence: work });
  }
  steps.push({ startsAt: startsAt + lengthMs, presence: 'Offline' });
  return steps;
};

const drawInterruptions = (random: Random, lengthMs: number): Interruption[] => {
  const at = (fraction: number): number => lengthMs * (fraction + random.between(-0.06, 0.06));
  const minutes = (low: number, high: number): number => random.between(low, high) * MINUTE;
  const anywhere = (presence: SystemPresence, low: number, high: number): Interruption => ({
    presence,
    offset: random.between(0.03, 0.95) * lengthMs,
    length: minutes(low, high),
  });
  const isFullShift = lengthMs >= 6 * HOUR;
  const drawn: Interruption[] = [
    { presence: 'Break', offset: at(0.25), length: minutes(10, 17) },
    ...(isFullShift ? [{ presence: 'Meal', offset: at(0.5), length: minutes(28, 45) } as const] : []),
    ...(isFullShift ? [{ presence: 'Break', offset: at(0.75), length: minutes(10, 17) } as const] : []),
    ...(random.chance(0.4) ? [anywhere('Meeting', 20, 60)] : []),
    ...(random.chance(0.22) ? [anywhere('Training', 40, 90)] : []),
    ...Array.from({ length: random.whole(0, 2) }, () => anywhere('Busy', 4, 14)),
    ...Array.from({ length: random.whole(0, 2) }, () => anywhere('Away', 2, 10)),
    ...(random.chance(0.6) ? [anywhere('Available', 4, 12)] : []),
    ...(random.chance(0.5) ? [anywhere('Idle', 3, 9)] : []),
  ];
  return drawn.toSorted((a, b) => a.offset - b.offset);
};
