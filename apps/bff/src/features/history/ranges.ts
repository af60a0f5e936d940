import { agentId, covers, type AgentId, type Board, type DivisionScope, type RecordingStore } from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import { agentNotFound } from '../../plugins/api-error.ts';
import { readRange, retainedFrom, type AskedRange, type RangePurpose } from './asked-range.ts';

export interface RangesOptions {
  readonly board: Board;
  readonly cloud: Pick<GenesysCloud, 'platformNow'>;
  readonly store: RecordingStore | null;
  /** How long our own records are kept. */
  readonly retentionDays: number;
}

/** What may be asked: of whom, and of which time. Now is the platform's clock. */
export class Ranges {
  readonly #options: RangesOptions;

  constructor(options: RangesOptions) {
    this.#options = options;
  }

  get now(): number {
    return Math.floor(this.#options.cloud.platformNow());
  }

  /** @throws ApiError that names the parameter and the way out */
  async read(asked: { readonly from: string; readonly to: string }, purpose?: RangePurpose): Promise<AskedRange> {
    const { now } = this;
    return readRange(asked, { now, retainedFrom: await retainedFrom(now, this.#options) }, purpose);
  }

  /** The range of an earlier answer: it was checked then, and ends where it ended then. */
  async resume(range: { readonly from: number; readonly to: number; readonly askedTo: number }): Promise<AskedRange> {
    const { now } = this;
    return {
      from: range.from,
      to: range.to,
      askedTo: range.askedTo,
      now,
      retainedFrom: await retainedFrom(now, this.#options),
    };
  }

  /** @throws ApiError 404, the same for an agent that may not be seen as for one that does not exist */
  requireAgent(id: string, seen: DivisionScope): AgentId {
    const row = this.#options.board.rowOf(agentId(id));
    if (row === null || !covers(seen, row.profile.divisionId)) throw agentNotFound(id);
    return agentId(id);
  }
}
