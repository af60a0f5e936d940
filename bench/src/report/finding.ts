/** One row of the table: something measured, held against its goal. */
export interface Finding {
  readonly what: string;
  readonly measured: string;
  /** What the same thing cost the peer, in the same run; null where there is none. */
  readonly peer: string | null;
  /** Ours to the peer's, or the peer's to ours where the goal is "at least so many times less"; null without a peer. */
  readonly ratio: string | null;
  readonly goal: string;
  readonly verdict: 'met' | 'missed' | 'for information';
}

/** What one benchmark found, and what a reader must know to believe it. */
export interface BenchReport {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** A number that must not be above (or below) another; a number that could not be measured misses every goal. */
export interface Goal {
  readonly value: number;
  readonly limit: number;
  readonly bound: 'at most' | 'at least';
}

export const isMet = ({ value, limit, bound }: Goal): boolean =>
  bound === 'at most' ? value <= limit : value >= limit;

interface Judged {
  readonly what: string;
  readonly goal: Goal;
  readonly unit: string;
  /** How many digits after the point are worth telling. */
  readonly digits?: number;
  /** The peer's number, for comparison only. */
  readonly peer?: number;
}

/** A finding whose goal is about the measured number itself. */
export const judge = ({ what, goal, unit, digits = 0, peer }: Judged): Finding => ({
  what,
  measured: quantity(goal.value, unit, digits),
  peer: peer === undefined ? null : quantity(peer, unit, digits),
  ratio: peer === undefined ? null : quantity(goal.value / peer, '×', 2),
  goal: `${SIGN[goal.bound]} ${quantity(goal.limit, unit, digits)}`,
  verdict: isMet(goal) ? 'met' : 'missed',
});

interface Compared {
  readonly what: string;
  readonly measured: string;
  readonly peer: string;
  readonly goal: Goal;
  readonly digits?: number;
}

/** A finding whose goal is about the ratio to the peer. */
export const compare = ({ what, measured, peer, goal, digits = 2 }: Compared): Finding => ({
  what,
  measured,
  peer,
  ratio: quantity(goal.value, '×', digits),
  goal: `${SIGN[goal.bound]} ${quantity(goal.limit, '×', digits)}`,
  verdict: isMet(goal) ? 'met' : 'missed',
});

/** Something worth knowing that no goal was set for. */
export const inform = (what: string, measured: string): Finding => ({
  what,
  measured,
  peer: null,
  ratio: null,
  goal: '–',
  verdict: 'for information',
});

const SIGN = { 'at most': '≤', 'at least': '≥' } as const;

/** A number with its unit; `not measured` for NaN. */
export const quantity = (value: number, unit: string, digits = 0): string =>
  Number.isNaN(value) ? 'not measured' : `${value.toFixed(digits)} ${unit}`;
