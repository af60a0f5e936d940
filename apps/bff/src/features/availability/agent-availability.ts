import type { AgentAvailability, StatusTime } from '@floorwatch/contracts';
import {
  bucketBoundaries,
  factSegments,
  timesOf,
  timesReach,
  type AccessibilityMapping,
  type AgentId,
  type Cut,
  type Interval,
  type RecordedPast,
} from '@floorwatch/domain';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { ApiError } from '../../plugins/api-error.ts';
import { iso, type AskedRange } from '../history/asked-range.ts';
import type { PastReader } from '../history/past-reader.ts';
import { seconds, sumOf, toFiguresReply, toIntervals } from './figures-reply.ts';
import { readAgentTimes, type AgentTimes } from './agent-times.ts';

export interface AgentAvailabilitiesOptions {
  readonly past: PastReader;
  readonly names: () => DirectoryNames;
  readonly accessibility: AccessibilityMapping;
}

/** One agent's time, added up to the millisecond. */
export class AgentAvailabilities {
  readonly #options: AgentAvailabilitiesOptions;

  constructor(options: AgentAvailabilitiesOptions) {
    this.#options = options;
  }

  async read(id: AgentId, range: AskedRange, cut: Cut): Promise<AgentAvailability> {
    const { accessibility } = this.#options;
    const boundaries = boundariesUpTo(range, cut);
    const known = (await this.#fromWindows(id, boundaries)) ?? (await this.#fromSegments(id, boundaries));
    const total = sumOf(known.sums);
    return {
      agentId: id,
      from: iso(range.from),
      to: iso(range.to),
      zone: cut.zone,
      granularity: cut.granularity,
      intervals: toIntervals(known.sums, calendarBoundaries(range, cut), accessibility),
      total: toFiguresReply(total, accessibility),
      statuses: this.#statuses(known.presences, range),
      analyticsProblem: known.analyticsProblem,
      gapSeconds: seconds(total.ms.unknown),
      retainedFrom: iso(range.retainedFrom),
    };
  }

  async #fromWindows(id: AgentId, boundaries: readonly number[]): Promise<AgentTimes | null> {
    try {
      return await readAgentTimes(this.#options.past, id, boundaries);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'store-unavailable') return null;
      throw error;
    }
  }

  /** The long way: everything that happened, with what the platform's history tells of what was not recorded. */
  async #fromSegments(id: AgentId, boundaries: readonly number[]): Promise<AgentTimes> {
    const past = await this.#options.past.readOne(id, timesReach(wholeOf(boundaries)));
    return { sums: timesOf(past, boundaries), presences: past, analyticsProblem: past.analyticsProblem };
  }

  #statuses(past: RecordedPast, range: Interval): StatusTime[] {
    const definitions = new Map<string | null, DirectoryNames['presenceDefinitions'][number]>(
      this.#options.names().presenceDefinitions.map((definition) => [definition.id, definition]),
    );
    const times = new Map<string, StatusTime & { seconds: number; times: number }>();
    for (const { value, from, to, startsExactly } of factSegments('presence', past, range)) {
      if (value === null) continue;
      const { presence: system, definitionId } = value;
      const key = `${system} ${definitionId ?? ''}`;
      const definition = definitions.get(definitionId);
      const status = times.get(key) ?? {
        system,
        definitionId,
        label: definition?.label ?? null,
        isSecondary: definition?.isPrimary === false,
        seconds: 0,
        times: 0,
      };
      status.seconds += to - from; // ms until all are added up: no rounding on the way
      if (from > range.from || startsExactly) status.times += 1;
      times.set(key, status);
    }
    return [...times.values()]
      .map((status) => ({ ...status, seconds: seconds(status.seconds) }))
      .toSorted((a, b) => b.seconds - a.seconds);
  }
}

const wholeOf = (boundaries: readonly number[]): Interval => ({
  from: boundaries[0] ?? 0,
  to: boundaries.at(-1) ?? 0,
});

/** Boundaries of what has gone by: the last bucket ends now where the range reaches into the future. */
export const boundariesUpTo = ({ from, to }: AskedRange, cut: Cut): number[] => bucketBoundaries({ from, to }, cut);

/** The same buckets with the ends that the calendar gives them: the running one ends later than now. */
export const calendarBoundaries = ({ from, to, askedTo }: AskedRange, cut: Cut): number[] => {
  const whole = bucketBoundaries({ from, to: askedTo }, cut);
  return whole.slice(0, whole.findIndex((boundary) => boundary >= to) + 1);
};
