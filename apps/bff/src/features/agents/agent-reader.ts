import type { Actor, AgentDetail } from '@floorwatch/contracts';
import {
  covers,
  makeRow,
  warningsOf,
  type AgentId,
  type AgentRow,
  type Board,
  type Clock,
  type DivisionScope,
  type Presence,
  type Since,
} from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import { setterWithin } from '../../scopes/setter-within.ts';

/** How long a read of the platform may answer for the next one, ms (design §2). */
const CACHE_LIVES_MS = 30_000;

/** Reads of agents that are kept; the oldest goes first. */
const CACHE_SIZE = 1000;

export interface AgentReaderOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly cloud: GenesysCloud;
  /** Whether the board's word on the agent is current. */
  readonly isLive: (id: AgentId) => boolean;
}

interface Reading {
  readonly row: AgentRow;
  readonly at: number;
}

/** Answers for one agent: from the board while it is live, otherwise from the platform, and never more often than each 30 s. */
export class AgentReader {
  readonly #options: AgentReaderOptions;
  readonly #cache = new Map<AgentId, Reading>();

  constructor(options: AgentReaderOptions) {
    this.#options = options;
  }

  /**
   * @returns the agent, or null when there is none with that id that may be seen
   * @throws GenesysError when the board is not live and the platform cannot be asked
   */
  async read(id: AgentId, seen: DivisionScope): Promise<AgentDetail | null> {
    const { board, clock, isLive } = this.#options;
    const row = board.rowOf(id);
    if (row === null || !covers(seen, row.profile.divisionId)) return null;
    if (isLive(id)) return this.#detail({ row, at: clock.now() }, 'live', seen);
    const cached = this.#cache.get(id);
    if (cached !== undefined && clock.now() - cached.at < CACHE_LIVES_MS) return this.#detail(cached, 'cache', seen);
    return this.#detail(await this.#readPlatform(row), 'platform', seen);
  }

  #detail(reading: Reading, source: AgentDetail['source'], seen: DivisionScope): AgentDetail {
    const { board } = this.#options;
    const warnings = warningsOf(reading.row, this.#options.cloud.platformNow());
    return {
      ...detailOf(reading, (presence) => setterWithin(presence, board, seen)),
      warnings: warnings.map((warning) => ({ ...warning, since: iso(warning.since) })),
      source,
    };
  }

  async #readPlatform(row: AgentRow): Promise<Reading> {
    const { cloud, clock } = this.#options;
    const { id } = row.profile;
    const at = clock.now();
    const options = { priority: 'interactive' } as const;
    const [presence, routing] = await Promise.all([
      cloud.getPresence(id, options),
      cloud.getRoutingStatus(id, options),
    ]);
    const reading = {
      row: makeRow({ ...row, state: { ...row.state, presence: withSetter(presence, row), routing } }),
      at,
    };
    this.#cache.delete(id);
    this.#cache.set(id, reading);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > CACHE_SIZE && oldest !== undefined) this.#cache.delete(oldest);
    return reading;
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

const sinceOf = ({ at, exact }: Since): { at: string; exact: boolean } => ({ at: iso(at), exact });

/** Who set it is still so where it is the presence that the board knows. */
const withSetter = (read: Presence, { state: { presence: held } }: AgentRow): Presence =>
  held?.setBy !== undefined && held.since.exact && held.since.at === read.since.at
    ? { ...read, setBy: held.setBy }
    : read;

const detailOf = (
  { row, at }: Reading,
  setterOf: (presence: Presence) => Actor,
): Omit<AgentDetail, 'warnings' | 'source'> => {
  const { profile, queueIds, state, activity, since, discrepancy } = row;
  const { presence, routing, contacts, outOfOffice } = state;
  return {
    ...profile,
    queueIds: queueIds === null ? null : [...queueIds],
    activity,
    activitySince: since === null ? null : sinceOf(since),
    discrepancy,
    presence: presence === null ? null : { ...presence, since: sinceOf(presence.since), setBy: setterOf(presence) },
    routing: routing === null ? null : { ...routing, since: sinceOf(routing.since) },
    contacts: contacts === null ? null : { ...contacts, since: sinceOf(contacts.since) },
    outOfOffice,
    asOf: iso(at),
  };
};
