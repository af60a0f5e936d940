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
import { afterPosition, cursorOfLine, inOrder, type LineOrder, type LinePosition } from './line-order.ts';
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
    const { range, scope, seen } = question;
    const rows = rowsInScope(this.#options.board, scope, seen);
    const isOnePage = after === null && rows.length <= limit;
    const { lines, total } = isOnePage
      ? ordered(await this.#addUp(rows, { range, cut }), question) // intervals and totals in one reading
      : await this.readAll(question, { isLaterPage: after !== null });
    const rest = after === null ? lines : afterPosition(lines, after, question);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    const oldest = await readOldest(this.#options.store);
    return {
      from: iso(range.from),
      to: iso(range.to),
      zone: cut.zone,
      agents: lines.length,
      lines: isOnePage ? page : await this.withIntervals(page, { range, cut }),
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
    const read = () => this.#addUp(rowsInScope(this.#options.board, scope, seen), { range, cut: UNCUT });
    return ordered(await (isLaterPage ? this.#teams.recall(key, read) : this.#teams.renew(key, read)), order);
  }

  async #addUp(rows: readonly AgentRow[], { range, cut }: CutRange): Promise<TeamFigures> {
    const { past, accessibility } = this.#options;
    const { boundaries, ends } = bucketsOf(range, cut);
    const ids = rows.map(({ profile }) => profile.id);
    const times = await readTeamTimes(past, ids, boundaries);
    const sums = new Map(ids.map((id) => [id, sumOf(times.get(id) ?? [])]));
    const lineOf = ({ profile }: AgentRow): AgentAvailabilityLine => ({
      agentId: profile.id,
      name: profile.name,
      team: profile.team,
      divisionId: profile.divisionId,
      total: toFiguresReply(sums.get(profile.id) ?? NO_TIME, accessibility),
      intervals: cut.granularity === null ? [] : toIntervals(times.get(profile.id) ?? [], ends, accessibility),
    });
    return { lines: rows.map(lineOf), total: toFiguresReply(sumOf(sums.values()), accessibility) };
  }

  /** The same lines, each cut into intervals where a granularity was asked for. */
  async withIntervals(
    lines: readonly AgentAvailabilityLine[],
    { range, cut }: CutRange,
  ): Promise<AgentAvailabilityLine[]> {
    if (cut.granularity === null) return [...lines];
    const { boundaries, ends } = bucketsOf(range, cut);
    const ids = lines.map(({ agentId }) => agentId as AgentId);
    const times = await readTeamTimes(this.#options.past, ids, boundaries);
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

interface CutRange {
  readonly range: AskedRange;
  readonly cut: PageCut;
}

const UNCUT: PageCut = { zone: 'UTC', granularity: null };

/** Between which time is added up, as far as it has gone by, and the same with the ends that the calendar gives them. */
const bucketsOf = (range: AskedRange, { granularity, zone }: PageCut) =>
  granularity === null
    ? { boundaries: [range.from, range.to], ends: [range.from, range.to] }
    : {
        boundaries: boundariesUpTo(range, { granularity, zone }),
        ends: calendarBoundaries(range, { granularity, zone }),
      };

const ordered = ({ lines, total }: TeamFigures, order: LineOrder): TeamFigures => ({
  lines: inOrder(lines, order),
  total,
});

const mediansOf = (lines: readonly AgentAvailabilityLine[]): AvailabilityList['median'] => {
  const median = (figure: AvailabilityFigure): number | null =>
    medianOf(lines.map(({ total }) => total[figure]).filter((value) => value !== null));
  return Object.fromEntries(
    AVAILABILITY_FIGURES.map((figure) => [figure, median(figure)]),
  ) as AvailabilityList['median'];
};
