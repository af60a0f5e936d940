import {
  suggestionOf,
  type AgentId,
  type Board,
  type Clock,
  type DivisionId,
  type PlannedNow,
  type SuggestedChange,
} from '@floorwatch/domain';
import { GenesysNotPermitted, type GenesysCloud } from '@floorwatch/genesys';
import type { SuggestionTable } from '@floorwatch/store';
import type { Logger } from 'pino';

/** Ids the platform takes at once (API §10.1). */
const PER_CALL = 100;

/** Calls in a minute: on a large floor the sweep alone takes most of what a steady state may. */
const CALLS_PER_MINUTE = 10;
const CALLS_PER_MINUTE_LARGE = 4;
const LARGE_FLOOR = 5000;

/** Up to so many agents the schedule is looked at unless somebody says otherwise. */
export const ON_UP_TO_AGENTS = 1000;

/** A floor is not gone round more often, ms. */
const SHORTEST_ROUND_MS = 30_000;

/** How long until a client that may not read the schedule is tried again, ms. */
const NOT_PERMITTED_AGAIN_MS = 10 * 60_000;

const MINUTE_MS = 60_000;

/** What was read so long ago is not told any more, ms. */
const GOOD_FOR_MS = 30 * MINUTE_MS;

/** Something the schedule says to do about an agent. */
export interface Suggestion extends SuggestedChange {
  /** Of this agent, kind and occasion. */
  readonly id: string;
  readonly agentId: AgentId;
  /** Seen first, ms. */
  readonly since: number;
}

export interface SuggestionWatchOptions {
  readonly board: Board;
  readonly cloud: Pick<GenesysCloud, 'getAdherence' | 'platformNow'>;
  readonly switches: Pick<SuggestionTable, 'switches'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Agents whom a rule wants looked at, wherever they are. */
  readonly wantedByRules: () => readonly AgentId[];
  /** Told after each reading, of agents that were read. */
  readonly onRead: (suggestions: readonly Suggestion[]) => void;
}

interface Reading {
  readonly planned: PlannedNow;
  readonly readAt: number;
}

/** Reads what agents are meant to do, slowly and in turn, where that is wanted; the board tells what they do. */
export class SuggestionWatch {
  readonly #options: SuggestionWatchOptions;
  readonly #readings = new Map<AgentId, Reading>();
  readonly #since = new Map<string, number>();
  #switches: ReadonlyMap<DivisionId, boolean> = new Map();
  #roundMs: number | null = null;
  #problem: string | null = null;

  constructor(options: SuggestionWatchOptions) {
    this.#options = options;
  }

  /** How long the last look at everybody took, ms; null before the first. */
  get roundMs(): number | null {
    return this.#roundMs;
  }

  /** Why nothing is read; null while it is. */
  get problem(): string | null {
    return this.#problem;
  }

  isOn(division: DivisionId): boolean {
    return this.#switches.get(division) ?? this.#options.board.size <= ON_UP_TO_AGENTS;
  }

  /** Takes over what somebody has switched. @throws StoreUnavailable */
  async loadSwitches(): Promise<void> {
    this.#switches = await this.#options.switches.switches();
  }

  /** What the schedule says now: the agents' presence is that of the board, so what was done is gone at once. */
  suggestions(): Suggestion[] {
    const found = [...this.#readings.keys()].map((id) => this.#of(id)).filter((one) => one !== null);
    return found.toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
  }

  /** Reads until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      const beganAt = clock.now();
      const pauseMs = await this.#round(signal);
      const tookMs = clock.now() - beganAt;
      await clock.sleep(Math.max(pauseMs, SHORTEST_ROUND_MS - tookMs), signal).catch(() => undefined);
    }
  }

  /** @returns how long to wait at least before the next, ms */
  async #round(signal: AbortSignal): Promise<number> {
    const { board, clock, log } = this.#options;
    const beganAt = clock.now();
    const ids = this.#wanted();
    for (const id of this.#readings.keys()) if (!ids.has(id)) this.#readings.delete(id);
    const all = [...ids];
    const pauseMs = MINUTE_MS / (board.size > LARGE_FLOOR ? CALLS_PER_MINUTE_LARGE : CALLS_PER_MINUTE);
    for (let first = 0; first < all.length && !signal.aborted; first += PER_CALL) {
      try {
        await this.#read(all.slice(first, first + PER_CALL), signal);
        this.#problem = null;
      } catch (error) {
        if (signal.aborted) return 0;
        log.warn({ event: 'adherence-not-read', reason: String(error) }, 'what agents are meant to do cannot be read');
        const isForbidden = error instanceof GenesysNotPermitted;
        this.#problem = isForbidden
          ? 'The client of Floorwatch lacks the permission wfm:realtimeAdherence:view'
          : 'Genesys Cloud does not tell the schedule right now';
        return isForbidden ? NOT_PERMITTED_AGAIN_MS : MINUTE_MS;
      }
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
    this.#roundMs = all.length === 0 ? null : Math.max(clock.now() - beganAt, SHORTEST_ROUND_MS);
    this.#forgetOld();
    return 0;
  }

  #wanted(): Set<AgentId> {
    const ids = new Set(this.#options.wantedByRules());
    for (const { profile, state } of this.#options.board.rows()) {
      if (state.presence === null || state.presence.system === 'offline') ids.delete(profile.id);
      else if (profile.divisionId !== null && this.isOn(profile.divisionId)) ids.add(profile.id);
    }
    return ids;
  }

  async #read(ids: readonly AgentId[], signal: AbortSignal): Promise<void> {
    const { cloud, clock, onRead } = this.#options;
    const planned = await cloud.getAdherence(ids, { priority: 'sweep', signal });
    const readAt = clock.now();
    for (const id of ids) {
      const plan = planned.get(id);
      if (plan === undefined) this.#readings.delete(id);
      else this.#readings.set(id, { planned: plan, readAt });
    }
    onRead(ids.map((id) => this.#of(id)).filter((one) => one !== null));
  }

  #of(id: AgentId): Suggestion | null {
    const { board, cloud, clock } = this.#options;
    const reading = this.#readings.get(id);
    const presence = board.rowOf(id)?.state.presence ?? null;
    if (reading === undefined || presence === null || clock.now() - reading.readAt > GOOD_FOR_MS) return null;
    const now = cloud.platformNow();
    const { scheduled, next } = planAt(reading.planned, now);
    const change = suggestionOf({ scheduled, next, presence: presence.system }, now);
    if (change === null) return null;
    const occasion = `${id}.${change.kind}.${change.category}.${String(reading.planned.next?.at ?? 0)}`;
    const since = this.#since.get(occasion) ?? clock.now();
    this.#since.set(occasion, since);
    return { ...change, id: occasion, agentId: id, since };
  }

  /** Occasions of days gone by must not fill our memory. */
  #forgetOld(): void {
    const now = this.#options.clock.now();
    for (const [id, since] of this.#since) if (now - since > 24 * 3_600_000) this.#since.delete(id);
  }
}

/** What is planned at an instant after the reading: what was to come next has begun by then, and nobody knows what follows. */
const planAt = ({ scheduled, next }: PlannedNow, now: number): Pick<PlannedNow, 'scheduled' | 'next'> =>
  next !== null && next.at <= now ? { scheduled: next.category, next: null } : { scheduled, next };
