import { CALM_AFTER_CYCLES, VOLATILE_ABOVE, VOLATILE_WINDOW_MS } from '../quality/volatility.ts';
import type { Interval } from './interval.ts';
import type { ActivitySegment } from './segment.ts';

/** How long an agent stays volatile after the limit was last passed, ms. */
const SPELL_TAIL_MS = CALM_AFTER_CYCLES * VOLATILE_WINDOW_MS;

/** How far back an instant's volatility can come from, ms: the last passing of the limit, and the changes that led to it. */
export const VOLATILE_LOOK_BACK_MS = SPELL_TAIL_MS + VOLATILE_WINDOW_MS;

/** A stretch in which an agent flapped: from the change that passed the limit until two quiet minutes have gone by. */
export interface VolatileSpell extends Interval {
  /** Changes of activity in it. */
  readonly transitions: number;
}

/** Instants at which one known activity became another: coming to be known, or unknown, is no change. */
export const activityChanges = (segments: readonly ActivitySegment[]): number[] =>
  segments.flatMap(({ from, value }, index) => {
    const before = segments[index - 1]?.value ?? 'unknown';
    return before !== 'unknown' && value !== 'unknown' && before !== value ? [from] : [];
  });

/**
 * When the agent flapped, by the rule that flags agents on the wall (`quality/volatility.ts`). The last spell may end after
 * the last segment.
 * @param segments one lane, oldest first
 */
export const volatileSpells = (segments: readonly ActivitySegment[]): VolatileSpell[] => {
  const changes = activityChanges(segments);
  const spells: { from: number; to: number }[] = [];
  for (const [index, at] of changes.entries()) {
    const oldest = changes[index - VOLATILE_ABOVE];
    if (oldest === undefined || at - oldest >= VOLATILE_WINDOW_MS) continue;
    const last = spells.at(-1);
    if (last !== undefined && at < last.to) last.to = at + SPELL_TAIL_MS;
    else spells.push({ from: at, to: at + SPELL_TAIL_MS });
  }
  return spells.map(({ from, to }) => ({
    from,
    to,
    transitions: changes.filter((at) => at >= from && at < to).length,
  }));
};
