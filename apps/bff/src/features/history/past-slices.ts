import {
  overlapOf,
  timesReach,
  VOLATILE_LOOK_BACK_MS,
  windowStart,
  type AgentId,
  type Interval,
  type RecordedPast,
  type RecordingGap,
} from '@floorwatch/domain';
import { beginsBefore, heldSince, isMissing } from './merge-past.ts';
import type { AgentPast, PastReader } from './past-reader.ts';

/** A part of a longer time that can be told by itself. */
export interface Slice {
  readonly past: AgentPast;
  /** What the past reaches over. */
  readonly reach: Interval;
  /** Up to here it is told: the end of the longer time, or earlier. */
  readonly upTo: number;
}

/**
 * The past of an agent in parts: each says of its time what the whole would say, and costs what happened in it. The platform
 * is asked about all that is missing of the whole at once.
 */
export class PastSlices {
  readonly #reader: PastReader;
  readonly #id: AgentId;
  readonly #range: Interval;
  /** Of the whole time, cut to it. */
  readonly #missing: readonly RecordingGap[];

  private constructor(reader: PastReader, of: { id: AgentId; range: Interval }, missing: readonly RecordingGap[]) {
    this.#reader = reader;
    this.#id = of.id;
    this.#range = of.range;
    this.#missing = missing;
  }

  /** @throws ApiError `store-unavailable` */
  static async open(reader: PastReader, of: { id: AgentId; range: Interval }): Promise<PastSlices> {
    const whole = timesReach(of.range);
    const gaps = await reader.ask((store) => store.readGaps({ agentIds: [of.id], ...whole }));
    const missing = gaps.filter(isMissing).flatMap((gap) => {
      const part = overlapOf(gap, whole);
      return part === null ? [] : [{ ...gap, ...part }];
    });
    return new PastSlices(reader, of, missing);
  }

  /**
   * What happened from one instant of the time to another.
   * @returns null where our own records have not begun by then: then only the whole can be told
   */
  async read(from: number, upTo: number): Promise<Slice | null> {
    const whole = timesReach(this.#range);
    const start = from <= this.#range.from ? whole.from : windowStart(from) - VOLATILE_LOOK_BACK_MS;
    let reach = { from: Math.max(whole.from, start), to: upTo >= this.#range.to ? whole.to : upTo };
    for (;;) {
      const recorded = await this.#reader.readRecorded(this.#id, reach);
      if (recorded === null || !beginsBefore(recorded, reach.to)) return null;
      const earlier = this.#earlierStart(recorded, reach);
      if (earlier === reach.from) {
        const past = await this.#reader.complete(this.#id, recorded, { reach, gaps: this.#missing });
        return { past, reach, upTo };
      }
      reach = { ...reach, from: earlier };
    }
  }

  /** What was missed in a gap holds until the next change that was recorded: such a gap belongs to the slice. */
  #earlierStart(recorded: RecordedPast, { from }: Interval): number {
    const since = heldSince(recorded, from);
    const before = this.#missing.filter((gap) => gap.from < from && gap.to > since);
    const earliest = Math.min(...before.map((gap) => gap.from - 1)); // the gap is to begin within it
    return before.length === 0 ? from : Math.max(timesReach(this.#range).from, earliest);
  }
}
