import type { AgentComparison, AvailabilityFigures } from '@floorwatch/contracts';
import {
  addDays,
  dayOf,
  instantOf,
  localMs,
  medianOf,
  startOfDay,
  timesOf,
  timesReach,
  totalMs,
  type AccessibilityMapping,
  type AgentId,
  type Board,
  type Day,
  type DivisionScope,
  type Interval,
  type TimeSum,
} from '@floorwatch/domain';
import { ApiError } from '../../plugins/api-error.ts';
import { iso } from '../history/asked-range.ts';
import type { PastReader } from '../history/past-reader.ts';
import { rowsInScope } from './availability-scope.ts';
import { toFiguresReply } from './figures-reply.ts';
import { readAgentTimes } from './agent-times.ts';
import { readTeamTimes } from './team-times.ts';

export interface ComparisonsOptions {
  readonly board: Board;
  readonly past: PastReader;
  readonly accessibility: AccessibilityMapping;
}

export interface ComparedDay {
  readonly day: Day;
  readonly zone: string;
  /** Platform clock, ms. */
  readonly now: number;
  /** Where the asker may see: only those are the team. */
  readonly seen: DivisionScope;
}

const WEEKS_BACK = [1, 2, 3, 4];
const DAY_MS = 24 * 3_600_000;

/** A day of one agent beside days like it, and beside the team. */
export class Comparisons {
  readonly #options: ComparisonsOptions;

  constructor(options: ComparisonsOptions) {
    this.#options = options;
  }

  /** @throws ApiError 400 for a day that has not begun */
  async read(id: AgentId, compared: ComparedDay): Promise<AgentComparison> {
    const { day, zone, now } = compared;
    const today = soFar(day, compared);
    if (today.from >= now)
      throw new ApiError(
        400,
        'invalid-request',
        `day (${day}) has not begun in ${zone}: it is ${dayOf(now, zone)} there`,
      );
    const weekdays = WEEKS_BACK.map((weeks) => soFar(addDays(day, -7 * weeks), compared));
    const ranges = [...weekdays, today];
    const sums = (await this.#fromWindows(id, ranges)) ?? (await this.#fromSegments(id, ranges));
    const figures = ranges.map((range, index) => this.#figures(range, sums[index]));
    return {
      agentId: id,
      zone,
      day: figures.at(-1) ?? this.#figures(today, undefined),
      sameWeekdays: figures.slice(0, -1),
      team: await this.#team(id, today, compared.seen),
    };
  }

  /** Null where one of the days cannot be told the short way. */
  async #fromWindows(id: AgentId, ranges: readonly Interval[]): Promise<(TimeSum | undefined)[] | null> {
    const { past } = this.#options;
    try {
      const times = await Promise.all(ranges.map(({ from, to }) => readAgentTimes(past, id, [from, to])));
      return times.includes(null) ? null : times.map((one) => one?.sums[0]);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'store-unavailable') return null;
      throw error;
    }
  }

  async #fromSegments(id: AgentId, ranges: readonly Interval[]): Promise<(TimeSum | undefined)[]> {
    const hull = { from: Math.min(...ranges.map(({ from }) => from)), to: Math.max(...ranges.map(({ to }) => to)) };
    const past = await this.#options.past.readOne(id, timesReach(hull));
    return ranges.map(({ from, to }) => timesOf(past, [from, to])[0]);
  }

  #figures(range: Interval, sum: TimeSum | undefined): AgentComparison['day'] {
    const isKnown = sum !== undefined && totalMs(sum.ms) > sum.ms.unknown;
    return {
      from: iso(range.from),
      to: iso(range.to),
      figures: isKnown ? toFiguresReply(sum, this.#options.accessibility) : null,
    };
  }

  async #team(id: AgentId, range: Interval, seen: DivisionScope): Promise<AgentComparison['team']> {
    const { board } = this.#options;
    const name = board.rowOf(id)?.profile.team ?? null;
    const mates = name === null ? [] : rowsInScope(board, { team: [name] }, seen).map(({ profile }) => profile.id);
    const figures = await this.#known(
      mates.filter((mate) => mate !== id),
      range,
    );
    const median = (share: 'readyShare' | 'accessibleShare' | 'occupancy'): number | null =>
      medianOf(figures.map((one) => one[share]).filter((value) => value !== null));
    return {
      name,
      agents: figures.length,
      readyShare: median('readyShare'),
      accessibleShare: median('accessibleShare'),
      occupancy: median('occupancy'),
    };
  }

  /** Figures of those of whom anything is known. Without a store nobody: the agent's own days are an answer by themselves. */
  async #known(ids: readonly AgentId[], range: Interval): Promise<AvailabilityFigures[]> {
    const { past, accessibility } = this.#options;
    try {
      const times = await readTeamTimes(past, ids, [range.from, range.to]);
      return [...times.values()]
        .flat()
        .filter(({ ms }) => totalMs(ms) > ms.unknown)
        .map((sum) => toFiguresReply(sum, accessibility));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'store-unavailable') return [];
      throw error;
    }
  }
}

/**
 * A day up to the time of day that it is now on the day that is compared: all of it where that day is over, or where a
 * shorter day never came to show that time.
 */
const soFar = (day: Day, { day: compared, zone, now }: ComparedDay): Interval => {
  const from = startOfDay(day, zone);
  const end = startOfDay(addDays(day, 1), zone);
  if (now >= startOfDay(addDays(compared, 1), zone)) return { from, to: end };
  const timeOfDayMs = ((localMs(now, zone) % DAY_MS) + DAY_MS) % DAY_MS;
  const to = day === compared ? now : instantOf(day, timeOfDayMs, zone);
  return { from, to: Math.min(to, end) };
};
