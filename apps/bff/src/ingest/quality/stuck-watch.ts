import { looksStuck, mayGetStuck, type AgentId, type Board, type Clock, type RowChange } from '@floorwatch/domain';
import { GenesysRejected, MAX_USERS_PER_CALL, type GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { Intake } from '../intake.ts';
import type { SnapshotReader } from '../snapshot-reader.ts';

/** Agent status is one call for one agent, so only so many are asked about in one review. */
const MAX_STATUS_READS = 5;

/** A stuck agent is looked into again after this, ms. */
const CHECK_AGAIN_MS = 300_000;

/** After the platform has said that the client may not read agent status, it is not asked for this long, ms. */
const ASK_AGAIN_AFTER_REFUSAL_MS = 3_600_000;

const NO_CONTACT = 'Routing status says Interacting, but no contact and no after-call work is counted';

export interface StuckWatchOptions {
  readonly board: Board;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly cloud: Pick<GenesysCloud, 'getAgentStatus' | 'platformNow'>;
  readonly reader: Pick<SnapshotReader, 'read'>;
  readonly log: Logger;
}

/** How the suspicions came out so far. */
export interface StuckStatus {
  /** Agents flagged now. */
  readonly stuck: number;
  /** Suspicions that the platform's own answer cleared up, and that was taken over. */
  readonly adopted: number;
  /** Suspicions that were confirmed. */
  readonly confirmed: number;
  /** Why agent status cannot be asked, so that the conversation summary decides alone; null while it can. */
  readonly statusRefused: string | null;
}

/**
 * Agents whom routing holds as interacting although nobody knows a contact. A suspicion is checked: the user is read
 * again (state and conversation summary), then agent status is asked; what the platform says is adopted. Who still looks
 * stuck is flagged, with the reason.
 */
export class StuckWatch {
  readonly #options: StuckWatchOptions;
  /** Agents whom nothing but time keeps from looking stuck, with the instant of the last check (-Infinity: none). */
  readonly #suspects = new Map<AgentId, number>();
  readonly #flagged = new Set<AgentId>();
  #adopted = 0;
  #confirmed = 0;
  #refusal: { readonly reason: string; readonly at: number } | null = null;

  constructor(options: StuckWatchOptions) {
    this.#options = options;
  }

  status(): StuckStatus {
    return {
      stuck: this.#flagged.size,
      adopted: this.#adopted,
      confirmed: this.#confirmed,
      statusRefused: this.#refusal?.reason ?? null,
    };
  }

  /** Takes note of a change of the board; on the live path. */
  noted({ before, after }: RowChange): void {
    if (after === null) {
      if (before === null) return;
      this.#suspects.delete(before.profile.id);
      this.#flagged.delete(before.profile.id);
      return;
    }
    if (before?.state === after.state) return;
    const { id } = after.profile;
    if (!mayGetStuck(after.state)) this.#suspects.delete(id);
    else if (!this.#suspects.has(id)) this.#suspects.set(id, -Infinity);
  }

  /** Takes down the flags of those who have moved on. */
  clear(): void {
    for (const id of this.#flagged) {
      if (this.#looksStuck(id)) continue;
      this.#flagged.delete(id);
      this.#options.board.lowerFlag(id, 'stuck');
    }
  }

  /** Checks those who have come to look stuck; one call for up to a hundred, and a few more for those who still do. */
  async check(signal: AbortSignal): Promise<void> {
    const due = this.#due();
    if (due.length === 0) return;
    try {
      await this.#options.reader.read({ ids: due, priority: 'resync', signal });
      const left = due.filter((id) => this.#looksStuck(id));
      this.#adopted += due.length - left.length;
      for (const id of left.slice(0, MAX_STATUS_READS)) await this.#crossCheck(id, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.#options.log.warn(
        { event: 'stuck-check-failed', reason: String(error) },
        'a suspicion could not be checked',
      );
    }
  }

  #due(): AgentId[] {
    const checkedBefore = this.#options.clock.now() - CHECK_AGAIN_MS;
    const due: AgentId[] = [];
    for (const [id, checkedAt] of this.#suspects)
      if (checkedAt <= checkedBefore && due.length < MAX_USERS_PER_CALL && this.#looksStuck(id)) due.push(id);
    return due;
  }

  #looksStuck(id: AgentId): boolean {
    const { board, cloud } = this.#options;
    const row = board.rowOf(id);
    return row !== null && looksStuck(row.state, cloud.platformNow());
  }

  async #crossCheck(id: AgentId, signal: AbortSignal): Promise<void> {
    const { board, clock, cloud, log } = this.#options;
    const objection = await this.#askStatus(id, signal);
    if (!this.#looksStuck(id)) {
      this.#adopted += 1;
      return;
    }
    this.#suspects.set(id, clock.now());
    if (this.#flagged.has(id)) return;
    this.#flagged.add(id);
    this.#confirmed += 1;
    const reason = `${NO_CONTACT}${objection ?? ', and agent status shows no open session'}`;
    board.raiseFlag(id, { kind: 'stuck', since: cloud.platformNow(), reason });
    log.warn({ event: 'agent-stuck', agentId: id, reason }, 'an agent is stuck on contact');
  }

  /**
   * Asks the second witness and adopts what it says.
   * @returns what stood in the way, as the end of a sentence; null when it was heard
   * @throws GenesysError when the platform cannot be asked at all: then nothing is decided
   */
  async #askStatus(id: AgentId, signal: AbortSignal): Promise<string | null> {
    const { clock, cloud, intake } = this.#options;
    const isRefused = this.#refusal !== null && clock.now() - this.#refusal.at < ASK_AGAIN_AFTER_REFUSAL_MS;
    if (isRefused) return MAY_NOT_ASK;
    try {
      intake.take(await cloud.getAgentStatus(id, { priority: 'sweep', signal }));
      this.#refusal = null;
      return null;
    } catch (error) {
      if (!(error instanceof GenesysRejected)) throw error;
      if (error.status !== 403) return `. Agent status could not be asked: ${error.message}`;
      this.#refusal = { reason: error.message, at: clock.now() };
      return MAY_NOT_ASK;
    }
  }
}

const MAY_NOT_ASK =
  '. Agent status cannot be asked: the client lacks the permission analytics:agentState:view, so the conversation summary decides alone';
