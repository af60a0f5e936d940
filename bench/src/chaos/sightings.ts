import type { Delta } from '@floorwatch/contracts';
import type { AgentRow, Since } from '@floorwatch/domain';
import { inOneSpelling } from './facts.ts';

export type DatedPart = 'presence' | 'routingStatus';

/** One transition as a browser was told of it. */
export interface Sighting {
  readonly userId: string;
  readonly part: DatedPart;
  /** Whether this is where the browser came in, and no news. */
  readonly isBaseline: boolean;
  readonly state: string;
  /** Platform time, ms. */
  readonly at: number;
  /** False where the platform left out since when. */
  readonly isExact: boolean;
  /** Which frame brought it. */
  readonly frame: FrameSpan;
}

/** How many changes a frame covers, and how many of them it does not show because a later one replaced them. */
export interface FrameSpan {
  readonly from: number;
  readonly to: number;
  readonly passedOver: number;
}

export const spanOf = ({ from, to, rows, removed }: Pick<Delta, 'from' | 'to' | 'rows' | 'removed'>): FrameSpan => ({
  from,
  to,
  passedOver: Math.max(0, to - from - rows.length - removed.length),
});

/** What is new in a row against the one that was held before; all of it is a baseline where there was none. */
export const sightingsIn = (before: AgentRow | null, after: AgentRow, frame: FrameSpan): Sighting[] => {
  const held = before === null ? new Map<DatedPart, Spell>() : spellsOf(before);
  return [...spellsOf(after)].flatMap(([part, { state, since }]) => {
    const was = held.get(part);
    const isSame =
      was !== undefined && was.state === state && was.since.at === since.at && was.since.exact === since.exact;
    if (isSame) return [];
    const { at, exact: isExact } = since;
    return [{ userId: String(after.profile.id), part, isBaseline: was === undefined, state, at, isExact, frame }];
  });
};

interface Spell {
  readonly state: string;
  readonly since: Since;
}

const spellsOf = ({ state: { presence, routing } }: AgentRow): Map<DatedPart, Spell> => {
  const spells = new Map<DatedPart, Spell>();
  if (presence !== null) spells.set('presence', { state: inOneSpelling(presence.system), since: presence.since });
  if (routing !== null) spells.set('routingStatus', { state: inOneSpelling(routing.state), since: routing.since });
  return spells;
};
