import {
  FACT_KINDS,
  overlapOf,
  type AgentId,
  type Board,
  type Clock,
  type FactKind,
  type Interval,
  type RecordedPast,
  type RecordingGap,
  type RecordingStore,
} from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import { ApiError } from '../../plugins/api-error.ts';
import { passOutage } from '../../plugins/store-outage.ts';
import { DetailsCache } from './details-cache.ts';
import { mergePast, pastOfRow, unknownHull } from './merge-past.ts';
import { problemOf } from '../../plugins/platform-problem.ts';

export interface PastReaderOptions {
  readonly board: Board;
  readonly cloud: Pick<GenesysCloud, 'listUserDetails' | 'platformNow'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Null where nothing is recorded: then the platform's history is all there is. */
  readonly store: RecordingStore | null;
}

export interface AgentPast extends RecordedPast {
  /** The same by our own records alone. */
  readonly recorded: RecordedPast;
  /** Why the platform's history could not fill what we did not record, for people; null where it did, or need not. */
  readonly analyticsProblem: string | null;
}

/** What happened to agents, put together from our own records, the platform's history and the board (ADR 13). */
export class PastReader {
  readonly #options: PastReaderOptions;
  readonly #details: DetailsCache;

  constructor(options: PastReaderOptions) {
    this.#options = options;
    this.#details = new DetailsCache(options);
  }

  /**
   * The past of one agent over `reach`, with what held when it began. Own records win; what is before the first of them,
   * or in a gap, the platform's history fills. Without a store, or while it cannot be reached, all of it.
   * @throws GenesysError when nothing at all can be read
   */
  async readOne(id: AgentId, reach: Interval): Promise<AgentPast> {
    return this.complete(id, await this.readRecorded(id, reach), { reach });
  }

  /** Our own records of one agent; null where there is no store, or it cannot be reached. */
  async readRecorded(id: AgentId, reach: Interval): Promise<RecordedPast | null> {
    if (this.#options.store === null) return null;
    try {
      return (await this.readMany([id], reach)).get(id) ?? null;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'store-unavailable') return null; // it has been logged; the platform's history is still there
      throw error;
    }
  }

  /**
   * Fills our own records from the platform's history.
   * @param stored null where there are none to be had
   * @param of what they reach over; and the gaps of a longer time of which this is a part, so that the platform is asked once
   * @throws GenesysError when nothing at all can be read
   */
  async complete(
    id: AgentId,
    stored: RecordedPast | null,
    { reach, gaps }: { readonly reach: Interval; readonly gaps?: readonly RecordingGap[] },
  ): Promise<AgentPast> {
    const recorded = stored ?? this.#onBoard(id, { transitions: [], gaps: [] });
    const hull = unknownHull(recorded, reach, gaps);
    const missing = hull && overlapOf(hull, { from: hull.from, to: this.#options.cloud.platformNow() });
    if (missing === null) return { ...recorded, recorded, analyticsProblem: null };
    try {
      const told = await this.#details.read(id, missing);
      return { ...(told === null ? recorded : mergePast(recorded, told, reach)), recorded, analyticsProblem: null };
    } catch (error) {
      const problem = problemOf(error, { isFatal: stored === null });
      this.#options.log.warn(
        { event: 'analytics-refused', reason: String(error) },
        'the platform’s history stays unread',
      );
      return { ...recorded, recorded, analyticsProblem: problem };
    }
  }

  /**
   * Our own records of many agents.
   * @param kinds facts that are wanted; what the board knows now is told of all of them
   * @throws ApiError `store-unavailable` where there is no store, or it cannot be reached
   */
  async readMany(
    ids: readonly AgentId[],
    reach: Interval,
    kinds: readonly FactKind[] = FACT_KINDS,
  ): Promise<Map<AgentId, RecordedPast>> {
    const { transitions, gaps } = await this.ask(async (store) => ({
      transitions: await store.readTransitions({ agentIds: ids, ...reach, kinds }),
      gaps: await store.readGaps({ agentIds: ids, ...reach }),
    }));
    const byAgent = new Map<AgentId, RecordingGap[]>(ids.map((id) => [id, []]));
    for (const gap of gaps) byAgent.get(gap.agentId)?.push(gap);
    return new Map(
      ids.map((id) => [id, this.#onBoard(id, { transitions: transitions.get(id) ?? [], gaps: byAgent.get(id) ?? [] })]),
    );
  }

  /**
   * Asks the store.
   * @throws ApiError `store-unavailable` where there is none, or it cannot be reached
   */
  async ask<Answer>(question: (store: RecordingStore) => Promise<Answer>): Promise<Answer> {
    const { store, log } = this.#options;
    if (store === null)
      throw new ApiError(
        503,
        'store-unavailable',
        'Figures of many agents are made of recorded history, and nothing is recorded here: set RECORDING=on and start again',
      );
    try {
      return await question(store);
    } catch (error) {
      passOutage(error);
      log.warn({ event: 'store-unavailable', reason: String(error) }, 'recorded history cannot be read');
      throw new ApiError(
        503,
        'store-unavailable',
        'Recorded history cannot be read right now; the wall goes on. Try again in a minute, and see Floor health',
      );
    }
  }

  /** What the board knows now is part of the past too: it may not be stored yet, or never be. */
  #onBoard(id: AgentId, past: RecordedPast): RecordedPast {
    const row = this.#options.board.rowOf(id);
    if (row === null) return past;
    return { ...past, transitions: [...past.transitions, ...pastOfRow(row, this.#options.clock.now())] };
  }
}
