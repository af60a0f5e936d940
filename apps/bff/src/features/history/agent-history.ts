import { HISTORY_KINDS, type AgentHistory, type HistoryKind } from '@floorwatch/contracts';
import {
  activitySegments,
  covers,
  overlapOf,
  scopeKey,
  timesReach,
  volatileSpells,
  type AgentId,
  type Board,
  type Clock,
  type DivisionScope,
  type Interval,
  type RecordedPast,
  type VolatileSpell,
} from '@floorwatch/domain';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { ApiError } from '../../plugins/api-error.ts';
import type { AgentExtras, ScheduleLane } from './agent-extras.ts';
import { iso, type AskedRange } from './asked-range.ts';
import { cursorOf, cutPage, type PageCut, type WholeLanes } from './history-page.ts';
import { gapsOf, segmentsOf, type SegmentNames } from './history-segments.ts';
import type { PastReader } from './past-reader.ts';
import { PastSlices, type Slice } from './past-slices.ts';
import { ShortMemory } from './short-memory.ts';

/** How much of a longer time is read for a page at first: of a busy agent some thousand segments. */
const FIRST_SLICE_MS = 24 * 3_600_000;

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

/** What is told beside the past. */
interface Extras {
  readonly names: SegmentNames;
  readonly schedule: ScheduleLane | null;
}

interface ToldSlice extends WholeHistory {
  /** What begins before this instant, ms, is told to its end. */
  readonly openFrom: number;
}

type TellableSlice = Pick<Slice, 'reach' | 'upTo'> & {
  readonly past: RecordedPast & { readonly analyticsProblem: string | null };
};

type ToldPage = ReturnType<typeof cutPage> & Pick<WholeHistory, 'analyticsProblem' | 'scheduleProblem'>;

/** Whether nothing that happened is asked for, but only what is planned. */
export const isPlan = (kinds: readonly HistoryKind[] | null): boolean =>
  kinds?.every((kind) => kind === 'schedule') ?? false;

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
    const { endsAt, ...page } =
      (await this.#pageOfSlice(id, question, { at: at ?? from, limit })) ??
      (await this.#pageOfWhole(id, question, { at, limit }));
    return {
      agentId: id,
      from: iso(from),
      to: iso(to),
      ...page,
      retainedFrom: iso(retainedFrom),
      cursor: endsAt === null ? null : cursorOf({ at: endsAt, from, to, askedTo }),
    };
  }

  async readWhole(id: AgentId, question: HistoryQuestion): Promise<WholeHistory> {
    const { range, kinds } = question;
    const reach = timesReach(range);
    const [past, extras] = await Promise.all([
      isPlan(kinds) ? NOTHING : this.#options.past.readOne(id, reach),
      this.#readExtras(id, question),
    ]);
    return this.#tell({ past, reach, upTo: range.to }, question, extras);
  }

  /** The short way: only as much is read as is on the page. Null where there is none. */
  async #pageOfSlice(id: AgentId, question: HistoryQuestion, { at, limit }: PageCut): Promise<ToldPage | null> {
    const { range, kinds } = question;
    const slices = isPlan(kinds) ? null : await this.#openSlices(id, range);
    if (slices === null) return null;
    const extras = await this.#readExtras(id, question);
    for (let length = FIRST_SLICE_MS; ;) {
      const slice = await slices.read(at, Math.min(at + length, range.to));
      if (slice === null) return null;
      const told = this.#tell(slice, question, extras);
      const page = cutPage(told, { at, limit });
      if (slice.upTo === range.to || (page.endsAt !== null && page.endsAt <= told.openFrom))
        return { ...page, analyticsProblem: told.analyticsProblem, scheduleProblem: told.scheduleProblem };
      const isShort = page.endsAt === null;
      length *= Math.max(2, isShort ? (1.25 * (limit + 1)) / Math.max(1, page.segments.length) : 2);
    }
  }

  async #openSlices(id: AgentId, range: Interval): Promise<PastSlices | null> {
    try {
      return await PastSlices.open(this.#options.past, { id, range });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'store-unavailable') return null;
      throw error;
    }
  }

  /** The long way: all of it is put together, and remembered while pages are turned. */
  async #pageOfWhole(
    id: AgentId,
    question: HistoryQuestion,
    { at, limit }: { readonly limit: number; readonly at: number | null },
  ): Promise<ToldPage> {
    const { from, to, askedTo } = question.range;
    const key = JSON.stringify([id, from, to, askedTo, question.kinds, scopeKey(question.seen)]);
    const read = () => this.readWhole(id, question);
    const whole = await (at === null ? this.#whole.renew(key, read) : this.#whole.recall(key, read));
    const { analyticsProblem, scheduleProblem } = whole;
    return { ...cutPage(whole, { at: at ?? from, limit }), analyticsProblem, scheduleProblem };
  }

  async #readExtras(id: AgentId, { range, kinds, seen }: HistoryQuestion): Promise<Extras> {
    const { extras } = this.#options;
    const isAsked = (kind: HistoryKind): boolean => kinds?.includes(kind) ?? true;
    const [actorAt, schedule] = await Promise.all([
      isAsked('organisation') ? this.readActors(id, range, seen) : nobody,
      isAsked('schedule') ? extras.schedule(id, { from: range.from, to: range.askedTo }) : null,
    ]);
    const names = {
      labelOf: this.#labels(),
      actorAt,
    };
    return { names, schedule };
  }

  #tell({ past, reach, upTo }: TellableSlice, { range, kinds }: HistoryQuestion, extras: Extras): ToldSlice {
    const told = { from: range.from, to: upTo };
    const isEnd = upTo === range.to;
    const activities = activitySegments(past, reach);
    const lanes = segmentsOf(past, told, {
      kinds: new Set(kinds ?? HISTORY_KINDS),
      names: extras.names,
      reach,
      activities,
    });
    const planned = extras.schedule?.segments.filter(({ from }) => isEnd || from < upTo) ?? [];
    const spells = volatileSpells(activities);
    const goOn = [
      ...lanes.flatMap((lane) => lane.at(-1) ?? []),
      ...past.gaps.filter(({ from, to }) => from < upTo && upTo <= to),
      ...spells.filter(({ to }) => upTo < to),
    ];
    return {
      segments: [...lanes.flat(), ...planned].toSorted((a, b) => a.from - b.from),
      gaps: gapsOf(past, told),
      volatile: spellsOf(spells, told),
      analyticsProblem: past.analyticsProblem,
      scheduleProblem: extras.schedule?.problem ?? null,
      openFrom: isEnd ? Infinity : Math.min(...goOn.map(({ from }) => from)),
    };
  }

  /** Who set the presence that began at an instant (ms). */
  async readActors(id: AgentId, range: Interval, seen: DivisionScope): Promise<SegmentNames['actorAt']> {
    return this.#namedWithin(seen, await this.#options.extras.actors(id, range));
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

const NOTHING = { transitions: [], gaps: [], analyticsProblem: null };

const nobody: SegmentNames['actorAt'] = () => ({ by: 'unknown', name: null });

/** Spells of flapping, cut to the range. */
const spellsOf = (spells: readonly VolatileSpell[], range: Interval): AgentHistory['volatile'] =>
  spells.flatMap((spell) => {
    const part = overlapOf(spell, range);
    return part === null ? [] : [{ from: iso(part.from), to: iso(part.to), transitions: spell.transitions }];
  });
