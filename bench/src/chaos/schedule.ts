import type { FaultName, FaultWish } from '@floorwatch/genesys-simulator/client';
import { Dice } from './dice.ts';
import { ALL_ACTS, HARMLESS_ACTS, REPERTOIRE } from './repertoire.ts';

/** One fault within a phase; times count from the phase's start, ms. */
export interface Strike {
  readonly name: FaultName;
  readonly wish: FaultWish<FaultName>;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A stretch of trouble, at the end of which everything is quiet and must be true. */
export interface Phase {
  readonly index: number;
  /** A calm phase has only faults that lose no event, so that every transition must come through. */
  readonly isCalm: boolean;
  /** How many agents change in a second, about. */
  readonly eventsPerSecond: number;
  readonly strikes: readonly Strike[];
}

export const PHASE_MS = 4000;

/** How long a quiet point takes, about: only for how many phases fit into the time that is asked for. */
const QUIET_MS = 4000;

const LONGEST_CALM = 3;
const LONGEST_STORM = 6;

/** The phases of a run: the same for the same seed and length. */
export const drawSchedule = (seed: number, minutes: number): Phase[] => {
  const dice = new Dice(seed);
  const phases = Math.max(2, Math.round((minutes * 60_000) / (PHASE_MS + QUIET_MS)));
  return Array.from({ length: phases }, (_, index) => drawPhase(dice, index));
};

const drawPhase = (dice: Dice, index: number): Phase => {
  const isCalm = index % 2 === 0;
  const names = isCalm ? HARMLESS_ACTS : ALL_ACTS;
  const wanted = dice.whole(1, isCalm ? LONGEST_CALM : LONGEST_STORM);
  const chosen = new Set(Array.from({ length: wanted }, () => dice.pick(names)));
  return {
    index,
    isCalm,
    eventsPerSecond: dice.pick([20, 100, 300]),
    strikes: [...chosen].map((name) => drawStrike(dice, name)),
  };
};

const drawStrike = (dice: Dice, name: FaultName): Strike => {
  const fromMs = dice.whole(0, PHASE_MS / 2);
  return { name, wish: REPERTOIRE[name].wish(dice), fromMs, untilMs: dice.whole(fromMs + 200, PHASE_MS) };
};

/** The schedule as a person reads it. */
export const describePhase = ({ index, isCalm, eventsPerSecond, strikes }: Phase): string[] => [
  `phase ${String(index + 1)}, ${isCalm ? 'calm' : 'storm'}, ${String(eventsPerSecond)} changes/s`,
  ...strikes.map(
    ({ name, wish, fromMs, untilMs }) =>
      `  ${String(fromMs).padStart(4)} to ${String(untilMs).padStart(4)} ms  ${name} ${JSON.stringify(wish)}`,
  ),
];
