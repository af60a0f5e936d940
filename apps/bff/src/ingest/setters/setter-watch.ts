import type { AgentId, AgentRow, AuditLog, Board, Clock, Interval } from '@floorwatch/domain';
import { GenesysNotPermitted, type GenesysCloud, type PresenceChange } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import { nearestChange, SAME_CHANGE_MS } from './nearest-change.ts';
import { readOwnChanges } from './own-changes.ts';

/** How often it is asked who set what nobody knows of, ms: about how long a tile does not say it. */
export const ASK_EVERY_MS = 30_000;

/**
 * A presence is not asked about before it is so old, ms: its entry may not be there yet, and the entry of another change
 * shortly before must not be taken for it.
 */
const SETTLED_MS = 10_000;

/** An entry may come so late, ms: for so long it is asked again. */
const LATE_MS = 2 * 60_000;

/** How far back the platform is asked at the start, ms: a long shift. */
const PLATFORM_REACH_MS = 12 * 3_600_000;

/** How far back our own audit is asked at the start, ms. */
const OWN_REACH_MS = 31 * 24 * 3_600_000;

/** A client that may not read the audit is not asked again for so long, ms. */
const NOT_PERMITTED_MS = 15 * 60_000;

export interface SetterWatchOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly cloud: Pick<GenesysCloud, 'listLatestPresenceChanges' | 'platformNow'>;
  /** Null where there is no audit of ours. */
  readonly audit: AuditLog | null;
  readonly log: Logger;
}

/**
 * Finds out who set the presences on the board: what Floorwatch itself did stands in our audit, to the millisecond; anything
 * else the platform's audit tells, a little later. What neither tells stays unknown, and nobody is guessed.
 */
export class SetterWatch {
  readonly #options: SetterWatchOptions;
  /** Presences that began before were asked for already (ms, platform clock); null before the first time. */
  #askedUpTo: number | null = null;
  #platformAskedAgainAt = Number.NEGATIVE_INFINITY;

  constructor(options: SetterWatchOptions) {
    this.#options = options;
  }

  /** Works until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    while (!signal.aborted) {
      await this.look(signal).catch((error: unknown) => {
        signal.throwIfAborted();
        log.info({ event: 'setters-unknown', reason: String(error) }, 'it could not be read who set the presences');
      });
      await clock.sleep(ASK_EVERY_MS, signal);
    }
  }

  /** One look. @throws GenesysError | StoreUnavailable; what one of the two audits told is noted all the same */
  async look(signal: AbortSignal): Promise<void> {
    const now = this.#options.cloud.platformNow();
    const since = this.#askedUpTo;
    await this.#noteOwn({ from: since ?? now - OWN_REACH_MS, to: now });
    const reach = { from: since ?? now - PLATFORM_REACH_MS, to: now - SETTLED_MS };
    await this.#notePlatforms(reach, signal);
    this.#askedUpTo = now - LATE_MS;
  }

  async #noteOwn(reach: Interval): Promise<void> {
    const { audit, board } = this.#options;
    const oldest = oldestOf(this.#unknown(reach));
    if (audit === null || oldest === null) return;
    for (const { agentId, at, setBy } of await readOwnChanges(audit, { from: oldest, to: reach.to }, null))
      board.noteSetBy(agentId, at, setBy);
  }

  async #notePlatforms(reach: Interval, signal: AbortSignal): Promise<void> {
    const { board, clock, cloud } = this.#options;
    const unknown = this.#unknown(reach);
    const oldest = oldestOf(unknown);
    if (oldest === null || clock.now() < this.#platformAskedAgainAt) return;
    const asked = { from: oldest - SAME_CHANGE_MS, to: cloud.platformNow() };
    const changes = byAgent(await this.#ask(asked, signal));
    for (const { profile, state } of unknown) {
      const at = state.presence?.since.at ?? 0;
      const change = nearestChange(changes.get(profile.id) ?? [], at);
      if (change !== null) board.noteSetBy(profile.id, at, { kind: change.by, id: change.setter });
    }
  }

  async #ask(asked: Interval, signal: AbortSignal): Promise<PresenceChange[]> {
    const { clock, cloud } = this.#options;
    try {
      return await cloud.listLatestPresenceChanges(asked, { priority: 'history', signal });
    } catch (error) {
      if (error instanceof GenesysNotPermitted) this.#platformAskedAgainAt = clock.now() + NOT_PERMITTED_MS;
      throw error;
    }
  }

  /** Agents of whose presence it was seen that it began in there, and of whom nobody knows who set it. */
  #unknown({ from, to }: Interval): AgentRow[] {
    return [...this.#options.board.rows()].filter(({ state: { presence } }) => {
      if (presence === null || presence.setBy !== undefined || !presence.since.exact) return false;
      return presence.since.at >= from && presence.since.at <= to;
    });
  }
}

const oldestOf = (rows: readonly AgentRow[]): number | null =>
  rows.length === 0
    ? null
    : rows.reduce((oldest, { state }) => Math.min(oldest, state.presence?.since.at ?? oldest), Infinity);

const byAgent = (changes: readonly PresenceChange[]): Map<AgentId, PresenceChange[]> => {
  const agents = new Map<AgentId, PresenceChange[]>();
  for (const change of changes) {
    const told = agents.get(change.agentId);
    if (told === undefined) agents.set(change.agentId, [change]);
    else told.push(change);
  }
  return agents;
};
