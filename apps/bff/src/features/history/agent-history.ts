import { HISTORY_KINDS, type AgentHistory, type HistoryKind } from '@floorwatch/contracts';
import {
  activitySegments,
  covers,
  overlapOf,
  scopeKey,
  timesReach,
  volatileSpells,
  type ActivitySegment,
  type AgentId,
  type Board,
  type Clock,
  type DivisionScope,
  type Interval,
} from '@floorwatch/domain';
import type { DirectoryNames } from '../../ingest/directory.ts';
import type { AgentExtras } from './agent-extras.ts';
import { iso, type AskedRange } from './asked-range.ts';
import { cursorOf, cutPage, type WholeLanes } from './history-page.ts';
import { gapsOf, segmentsOf, type SegmentNames } from './history-segments.ts';
import type { PastReader } from './past-reader.ts';
import { ShortMemory } from './short-memory.ts';

/** Histories that are remembered while somebody turns their pages: a month of a busy agent is some ten megabytes. */
const HISTORIES_REMEMBERED = 8;

export interface AgentHistoriesOptions {
  readonly board: Board;
  readonly past: PastReader;
  readonly extras: AgentExtras;
  readonly clock: Clock;
  readonly names: () => DirectoryNames;
}

/** Everything that is told of a range. */
export type WholeHistory = WholeLanes & Pick<AgentHistory, 'analyticsProblem' | 'scheduleProblem'>;

export interface HistoryQuestion {
  readonly range: AskedRange;
  /** Null for all of them. */
  readonly kinds: readonly HistoryKind[] | null;
  /** Where the asker may see: others who did something are not named. */
  readonly seen: DivisionScope;
}

/** What happened to one agent, lane by lane. */
export class AgentHistories {
  readonly #options: AgentHistoriesOptions;
  /** The range of a later page is that of the first one to the millisecond, so it finds what the first one put together. */
  readonly #whole: ShortMemory<WholeHistory>;

  constructor(options: AgentHistoriesOptions) {
    this.#options = options;
    this.#whole = new ShortMemory(options.clock, HISTORIES_REMEMBERED);
  }

  /**
   * One page of it.
   * @param at where the page begins, ms; null for the first one
   */
  async readPage(
    id: AgentId,
    question: HistoryQuestion,
    { limit, at }: { readonly limit: number; readonly at: number | null },
  ): Promise<AgentHistory> {
    const { from, to, askedTo, retainedFrom } = question.range;
    const key = JSON.stringify([id, from, to, askedTo, question.kinds, scopeKey(question.seen)]);
    const read = () => this.readWhole(id, question);
    const whole = await (at === null ? this.#whole.renew(key, read) : this.#whole.recall(key, read));
    const { endsAt, ...page } = cutPage(whole, { at: at ?? from, limit });
    return {
      agentId: id,
      from: iso(from),
      to: iso(to),
      ...page,
      analyticsProblem: whole.analyticsProblem,
      scheduleProblem: whole.scheduleProblem,
      retainedFrom: iso(retainedFrom),
      cursor: endsAt === null ? null : cursorOf({ at: endsAt, from, to, askedTo }),
    };
  }

  async readWhole(id: AgentId, { range, kinds: asked, seen }: HistoryQuestion): Promise<WholeHistory> {
    const kinds = new Set(asked ?? HISTORY_KINDS);
    const { past: reader, extras } = this.#options;
    const [past, actorAt, schedule] = await Promise.all([
      reader.readOne(id, timesReach(range)),
      kinds.has('organisation') ? extras.actors(id, range) : null,
      kinds.has('schedule') ? extras.schedule(id, { from: range.from, to: range.askedTo }) : null,
    ]);
    const names: SegmentNames = {
      labelOf: this.#labels(),
      actorAt: actorAt === null ? nobody : this.#namedWithin(seen, actorAt),
    };
    const activities = activitySegments(past, timesReach(range));
    const told = segmentsOf(past, range, { kinds, names, activities });
    return {
      segments: [...told, ...(schedule?.segments ?? [])].toSorted((a, b) => a.from - b.from),
      gaps: gapsOf(past, range),
      volatile: spellsOf(activities, range),
      analyticsProblem: past.analyticsProblem,
      scheduleProblem: schedule?.problem ?? null,
    };
  }

  /** Tells the names of those only who may be seen; what they are to the agent is told in any case. */
  #namedWithin(seen: DivisionScope, actorAt: SegmentNames['actorAt']): SegmentNames['actorAt'] {
    if (seen === 'all') return actorAt;
    const known = new Set<string>();
    for (const { profile } of this.#options.board.rows()) if (covers(seen, profile.divisionId)) known.add(profile.name);
    return (at) => {
      const actor = actorAt(at);
      return actor.name === null || known.has(actor.name) ? actor : { ...actor, name: null };
    };
  }

  #labels(): SegmentNames['labelOf'] {
    const labels = new Map<string, string>(
      this.#options.names().presenceDefinitions.map(({ id, label }) => [id, label]),
    );
    return (id) => labels.get(id) ?? null;
  }
}

const nobody: SegmentNames['actorAt'] = () => ({ by: 'unknown', name: null });

/** Spells of flapping, cut to the range. */
const spellsOf = (segments: readonly ActivitySegment[], range: Interval): AgentHistory['volatile'] =>
  volatileSpells(segments).flatMap((spell) => {
    const part = overlapOf(spell, range);
    return part === null ? [] : [{ from: iso(part.from), to: iso(part.to), transitions: spell.transitions }];
  });
