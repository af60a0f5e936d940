import type { Interval, Transition } from '@floorwatch/domain';
import { inOneSpelling } from '../chaos/facts.ts';
import { presenceWord, type Lane, type TrueLanes } from './true-lanes.ts';

/** Lanes whose every turn carries the platform's own instant. */
export const DATED_LANES = ['presence', 'routing'] as const satisfies readonly Lane[];

export interface TransitionVerdict {
  /** Changes of presence and routing status that truly happened. */
  readonly happened: number;
  /** How many of them were recorded, by how Floorwatch came to know. */
  readonly recorded: Readonly<Record<Transition['source'], number>>;
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  readonly invented: readonly string[];
}

export interface TransitionEvidence {
  readonly userId: string;
  readonly lanes: TrueLanes;
  readonly transitions: readonly Transition[];
  /** What happened after its beginning, up to and with its end. */
  readonly range: Interval;
}

/** Holds what was recorded of one agent's presence and routing status against what truly happened. */
export const judgeTransitions = ({ userId, lanes, transitions, range }: TransitionEvidence): TransitionVerdict => {
  const isInRange = ({ at }: { readonly at: number }): boolean => at > range.from && at <= range.to;
  const verdict = { happened: 0, recorded: { event: 0, snapshot: 0, analytics: 0 } };
  const missing: string[] = [];
  const doubled: string[] = [];
  const invented: string[] = [];
  for (const lane of DATED_LANES) {
    const truth = new Map(lanes[lane].filter(isInRange).map(({ at, value }) => [at, value]));
    const told = new Map<number, string>();
    for (const transition of transitions.filter(({ fact }) => fact.kind === lane).filter(isInRange)) {
      const value = wordOf(transition);
      const name = `${userId} ${lane} ${value} at ${new Date(transition.at).toISOString()} (${transition.source})`;
      if (told.has(transition.at)) doubled.push(name);
      else if (truth.get(transition.at) !== value) invented.push(name);
      else verdict.recorded[transition.source] += 1;
      told.set(transition.at, value);
    }
    verdict.happened += truth.size;
    for (const [at, value] of truth)
      if (!told.has(at)) missing.push(`${userId} ${lane} ${value} at ${new Date(at).toISOString()}`);
  }
  return { ...verdict, missing, doubled, invented };
};

const wordOf = ({ fact }: Transition): string => {
  if (fact.kind === 'presence') return presenceWord(fact.presence, fact.definitionId);
  return fact.kind === 'routing' ? inOneSpelling(fact.routing) : '';
};

/** The verdicts of all agents in one. */
export const addVerdicts = (verdicts: readonly TransitionVerdict[]): TransitionVerdict => ({
  happened: verdicts.reduce((sum, { happened }) => sum + happened, 0),
  recorded: {
    event: verdicts.reduce((sum, { recorded }) => sum + recorded.event, 0),
    snapshot: verdicts.reduce((sum, { recorded }) => sum + recorded.snapshot, 0),
    analytics: verdicts.reduce((sum, { recorded }) => sum + recorded.analytics, 0),
  },
  missing: verdicts.flatMap(({ missing }) => missing),
  doubled: verdicts.flatMap(({ doubled }) => doubled),
  invented: verdicts.flatMap(({ invented }) => invented),
});
