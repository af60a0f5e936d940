import {
  AVAILABILITY_FIGURES,
  type AgentAvailabilityLine,
  type AvailabilityFigure,
  type AvailabilityFigures,
  type AvailabilityList,
  type AvailabilityScope,
  type AvailabilitySortKey,
} from '@floorwatch/contracts';
import {
  medianOf,
  NO_TIME,
  scopeKey,
  type AccessibilityMapping,
  type AgentId,
  type AgentRow,
  type Board,
  type Clock,
  type Cut,
  type DivisionScope,
  type RecordingStore,
} from '@floorwatch/domain';
import { iso, readOldest, type AskedRange } from '../history/asked-range.ts';
import type { PastReader } from '../history/past-reader.ts';
import { ShortMemory } from '../history/short-memory.ts';
import { boundariesUpTo, calendarBoundaries } from './agent-availability.ts';
import { rowsInScope } from './availability-scope.ts';
import { sumOf, toFiguresReply, toIntervals } from './figures-reply.ts';
import { afterPosition, cursorOfLine, inOrder, type LinePosition } from './line-order.ts';
import { readTeamTimes } from './team-times.ts';

/** Teams whose figures are remembered while somebody turns their pages: each may be ten thousand agents. */
const TEAMS_REMEMBERED = 4;

export interface TeamAvailabilitiesOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly past: PastReader;
  readonly store: RecordingStore | null;
  readonly accessibility: AccessibilityMapping;
}

export interface TeamQuestion {
  readonly scope: AvailabilityScope;
  /** Where the asker may see: nobody else is in lines, totals or medians. */
  readonly seen: DivisionScope;
  readonly range: AskedRange;
  readonly sort: AvailabilitySortKey;
  readonly order: 'asc' | 'desc';
}

/** Everybody in the scope, in order, without intervals. */
export interface TeamFigures {
  readonly lines: readonly AgentAvailabilityLine[];
  readonly total: AvailabilityFigures;
}

/** The figures of one agent, for many. */
export class TeamAvailabilities {
  readonly #options: TeamAvailabilitiesOptions;
  /** The range of a later page is that of the first one to the millisecond, so it finds what the first one read. */
  readonly #teams: ShortMemory<TeamFigures>;

  constructor(options: TeamAvailabilitiesOptions) {
    this.#options = options;
    this.#teams = new ShortMemory(options.clock, TEAMS_REMEMBERED);
  }

  /**
   * One page.
   * @throws ApiError `store-unavailable`
   */
  async readPage(
    question: TeamQuestion,
    { limit, after, cut }: { limit: number; after: LinePosition | null; cut: PageCut },
  ): Promise<AvailabilityList> {
    const { range } = question;
    const { lines, total } = await this.readAll(question, { isLaterPage: after !== null });
    const rest = after === null ? lines : afterPosition(lines, after, question);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    const oldest = await readOldest(this.#options.store);
    return {
      from: iso(range.from),
      to: iso(range.to),
      zone: cut.zone,
      agents: lines.length,
      lines: await this.withIntervals(page, { range, cut }),
      total,
      median: mediansOf(lines),
      retainedFrom: iso(range.retainedFrom),
      recordedFrom: oldest === null ? null : iso(oldest),
      cursor: last === undefined || page.length === rest.length ? null : cursorOfLine(last, question),
    };
  }

  /**
   * @param isLaterPage goes on with what the first page read, where that is not long ago
   * @throws ApiError `store-unavailable`
   */
  async readAll({ scope, seen, range, ...order }: TeamQuestion, { isLaterPage = false } = {}): Promise<TeamFigures> {
    const key = JSON.stringify([scopeKey(seen), scope, range.from, range.to]);
    const read = () => this.#read({ scope, seen, range });
    const { lines, total } = await (isLaterPage ? this.#teams.recall(key, read) : this.#teams.renew(key, read));
    return { lines: inOrder(lines, order), total };
  }

  async #read({ scope, seen, range }: Pick<TeamQuestion, 'scope' | 'seen' | 'range'>): Promise<TeamFigures> {
    const { board, past, accessibility } = this.#options;
    const rows = rowsInScope(board, scope, seen);
    const ids = rows.map(({ profile }) => profile.id);
    const times = await readTeamTimes(past, ids, [range.from, range.to]);
    const sums = new Map(ids.map((id) => [id, times.get(id)?.[0] ?? NO_TIME]));
    const lineOf = ({ profile }: AgentRow): AgentAvailabilityLine => ({
      agentId: profile.id,
      name: profile.name,
      team: profile.team,
      divisionId: profile.divisionId,
      total: toFiguresReply(sums.get(profile.id) ?? NO_TIME, accessibility),
      intervals: [],
    });
    return { lines: rows.map(lineOf), total: toFiguresReply(sumOf(sums.values()), accessibility) };
  }

  /** The same lines, each cut into intervals where a granularity was asked for. */
  async withIntervals(
    lines: readonly AgentAvailabilityLine[],
    { range, cut }: { readonly range: AskedRange; readonly cut: PageCut },
  ): Promise<AgentAvailabilityLine[]> {
    const { granularity, zone } = cut;
    if (granularity === null) return [...lines];
    const whole: Cut = { granularity, zone };
    const ids = lines.map(({ agentId }) => agentId as AgentId);
    const times = await readTeamTimes(this.#options.past, ids, boundariesUpTo(range, whole));
    const ends = calendarBoundaries(range, whole);
    return lines.map((line) => ({
      ...line,
      intervals: toIntervals(times.get(line.agentId as AgentId) ?? [], ends, this.#options.accessibility),
    }));
  }
}

/** How lines are cut into intervals; not at all where the granularity is null. */
export interface PageCut {
  readonly zone: string;
  readonly granularity: Cut['granularity'] | null;
}

const mediansOf = (lines: readonly AgentAvailabilityLine[]): AvailabilityList['median'] => {
  const median = (figure: AvailabilityFigure): number | null =>
    medianOf(lines.map(({ total }) => total[figure]).filter((value) => value !== null));
  return Object.fromEntries(
    AVAILABILITY_FIGURES.map((figure) => [figure, median(figure)]),
  ) as AvailabilityList['median'];
};
