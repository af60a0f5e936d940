import type { PresenceDefinitionId } from '../agent/ids.ts';
import type { SystemPresence } from '../agent/presence.ts';
import { CATEGORY_OF_SYSTEM, type PlannedNow } from './planned-now.ts';
import type { ActivityCategory, UnknownPolicy, Verdict } from './verdict.ts';

/** A presence somebody is about to set, and what is planned; a sentence where nobody can tell what is. */
export interface ChangeToJudge {
  readonly wanted: { readonly definitionId: PresenceDefinitionId; readonly system: SystemPresence };
  readonly planned: PlannedNow | string;
  /** The platform's clock, ms. */
  readonly platformNow: number;
  /** What `unknown` comes to. */
  readonly unknownPolicy: UnknownPolicy;
}

/** What the schedule says to a change, with the reason in one sentence. */
export interface ScheduleVerdict {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly scheduled: ActivityCategory | null;
  readonly next: PlannedNow['next'];
  /** What it comes to: `unknown` is translated by the setting. */
  readonly effective: Exclude<Verdict, 'unknown'>;
  /** The setting, where the verdict is `unknown`; null otherwise. */
  readonly unknownPolicy: UnknownPolicy | null;
}

/** Whoever changes to what begins so soon only is a little early, ms. */
const EARLY_MS = 5 * 60_000;

/** Rest and absence that work may not take away without a word. */
const PROTECTED: ReadonlySet<ActivityCategory> = new Set(['break', 'meal', 'timeOff', 'unavailable']);

const WORDS: Readonly<Record<ActivityCategory, string>> = {
  onQueueWork: 'queue work',
  break: 'a break',
  meal: 'a meal',
  meeting: 'a meeting',
  offQueueWork: 'work off the queue',
  timeOff: 'time off',
  training: 'training',
  unavailable: 'absence',
  unscheduled: 'nothing',
};

/**
 * Judges a change by what is planned. Pure, and the whole rule:
 *
 * - nobody can tell what is planned → `unknown`
 * - it is what is planned, or begins within five minutes → `allow`
 * - On Queue while a break, a meal, time off or absence is planned → `block`: rest is protected
 * - work while rest is planned, leaving planned work, or work that is not planned → `warn`
 * - rest and absence while nothing is planned → `allow`
 */
export const judgeChange = ({ wanted, planned, platformNow, unknownPolicy }: ChangeToJudge): ScheduleVerdict => {
  if (typeof planned === 'string')
    return {
      verdict: 'unknown',
      reason: planned,
      scheduled: null,
      next: null,
      effective: unknownPolicy,
      unknownPolicy,
    };
  const { scheduled, next, categoryOf } = planned;
  const category = categoryOf.get(wanted.definitionId) ?? CATEGORY_OF_SYSTEM[wanted.system];
  const isEarly = next !== null && next.category === category && next.at - platformNow <= EARLY_MS;
  const verdict = scheduled === category || isEarly ? 'allow' : verdictAgainst(scheduled, category);
  const reason = reasonOf({ verdict, category, planned, platformNow });
  return { verdict, reason, scheduled, next, effective: verdict, unknownPolicy: null };
};

/** For something else than what is planned. */
const verdictAgainst = (scheduled: ActivityCategory, category: ActivityCategory): 'allow' | 'warn' | 'block' => {
  if (scheduled === 'unscheduled') return PROTECTED.has(category) ? 'allow' : 'warn';
  return PROTECTED.has(scheduled) && category === 'onQueueWork' ? 'block' : 'warn';
};

interface ToReason {
  readonly verdict: 'allow' | 'warn' | 'block';
  readonly category: ActivityCategory;
  readonly planned: PlannedNow;
  readonly platformNow: number;
}

const reasonOf = ({ verdict, category, planned: { scheduled, next }, platformNow }: ToReason): string => {
  const what = scheduled === 'unscheduled' ? 'Nothing is planned now' : `Planned now: ${WORDS[scheduled]}`;
  const then = next === null ? '' : `, then ${WORDS[next.category]} ${inMinutes(next.at - platformNow)}`;
  if (verdict === 'block') return `${what}${then}. Nobody is put on queue in protected time.`;
  return verdict === 'allow' ? `${what}${then}.` : `${what}${then}. This counts as ${WORDS[category]}.`;
};

const inMinutes = (ms: number): string => {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 1) return 'in less than a minute';
  if (minutes < 90) return `in ${String(minutes)} min`;
  return `in ${String(Math.round(minutes / 60))} h`;
};
