import type { SystemPresence } from '../agent/presence.ts';
import type { ActivityCategory } from '../schedule/verdict.ts';

/**
 * What the schedule says somebody should do about an agent.
 *
 * - `break-due`: a break or meal has begun by plan, the agent is not in it · `back-due`: it is over by plan, the agent is still in it
 * - `starts-soon`: training or a meeting begins within five minutes
 */
export const SUGGESTION_KINDS = ['break-due', 'back-due', 'starts-soon'] as const;

export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

/** Before training and meetings this long, ms. */
export const SOON_MS = 5 * 60_000;

/** What is looked at: the plan, and what the agent does. */
export interface PlannedAgainstDone {
  /** What is planned now; null where nobody knows. */
  readonly scheduled: ActivityCategory | null;
  /** What comes next by plan. */
  readonly next: { readonly category: ActivityCategory; readonly at: number } | null;
  readonly presence: SystemPresence | null;
}

export interface SuggestedChange {
  readonly kind: SuggestionKind;
  /** What the plan wants. */
  readonly category: ActivityCategory;
  /** The presence that fits it. */
  readonly system: SystemPresence;
  /** When it is to begin by plan, of `starts-soon`; null of what has begun. */
  readonly at: number | null;
}

const PRESENCE_OF: Readonly<Partial<Record<ActivityCategory, SystemPresence>>> = {
  onQueueWork: 'onQueue',
  offQueueWork: 'available',
  break: 'break',
  meal: 'meal',
  training: 'training',
  meeting: 'meeting',
};

const isRest = (word: string | null): boolean => word === 'break' || word === 'meal';

/** What to suggest for an agent at an instant; null for nothing. Whoever is offline, or not seen, is left in peace. */
export const suggestionOf = (
  { scheduled, next, presence }: PlannedAgainstDone,
  now: number,
): SuggestedChange | null => {
  if (presence === null || presence === 'offline') return null;
  if (scheduled !== null && isRest(scheduled) && presence !== scheduled) return suggest('break-due', scheduled, null);
  if (scheduled !== null && !isRest(scheduled) && isRest(presence)) {
    const back = suggest('back-due', scheduled, null);
    if (back !== null) return back;
  }
  if (next === null || (next.category !== 'training' && next.category !== 'meeting')) return null;
  const isSoon = next.at > now && next.at - now <= SOON_MS;
  return isSoon && presence !== next.category ? suggest('starts-soon', next.category, next.at) : null;
};

const suggest = (kind: SuggestionKind, category: ActivityCategory, at: number | null): SuggestedChange | null => {
  const system = PRESENCE_OF[category];
  return system === undefined ? null : { kind, category, system, at };
};
