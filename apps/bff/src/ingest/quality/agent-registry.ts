import type { AgentId, Board, Clock } from '@floorwatch/domain';
import type { GenesysCloud, UserPage } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { Intake } from '../intake.ts';
import type { ListDoubt } from '../upstream-monitor.ts';
import type { AnswerJudge } from './answer-judge.ts';
import { SnapshotCheck, SnapshotRejected, type Naming, type SnapshotCheckStatus } from './snapshot-check.ts';

export interface AgentRegistryOptions {
  readonly cloud: Pick<GenesysCloud, 'platformNow'>;
  readonly board: Board;
  readonly intake: Intake;
  readonly judge: AnswerJudge;
  readonly clock: Clock;
  readonly log: Logger;
  /** The platform's list of agents, page by page. */
  readonly listAgents: (signal: AbortSignal) => AsyncIterable<UserPage>;
  /** Told of each page that was taken over. */
  readonly onPage: (progress: { readonly loaded: number; readonly total: number }) => void;
  /** Told of the agents whom a list that is believed no longer names; they are off the board already. */
  readonly onLeft: (ids: readonly AgentId[]) => void;
}

export interface RegistryStatus extends SnapshotCheckStatus {
  /** When the platform's list was last believed, ms; null before the first. */
  readonly lastBelievedAt: number | null;
  /** Agents whom the last list did not name and who are kept all the same. */
  readonly unlisted: number;
}

/** Who is an agent: the platform's list of users, believed only when it names nearly all of those who are known. */
export class AgentRegistry {
  readonly #options: AgentRegistryOptions;
  readonly #check: SnapshotCheck;
  readonly #unlisted = new Set<AgentId>();
  #lastBelievedAt: number | null = null;
  #doubt: Omit<ListDoubt, 'unlisted'> | null = null;

  constructor(options: AgentRegistryOptions) {
    this.#options = options;
    this.#check = new SnapshotCheck(options.clock);
  }

  status(): RegistryStatus {
    return {
      ...this.#check.status(),
      lastBelievedAt: this.#lastBelievedAt,
      unlisted: this.#unlisted.size,
    };
  }

  /** Whether, and since when, the platform's list is one that is not believed. */
  doubt(): ListDoubt | null {
    return this.#doubt === null ? null : { ...this.#doubt, unlisted: this.#unlisted.size };
  }

  /**
   * Reads the whole list. What it says of the agents it names is true in any case and is taken over page by page; that it
   * does not name somebody counts only if the list as a whole can be believed.
   * @throws SnapshotRejected, SnapshotsHeldBack; GenesysError when the platform cannot be read
   */
  async read(signal: AbortSignal): Promise<void> {
    const known = new Set([...this.#options.board.rows()].map((row) => row.profile.id));
    const reading: Reading = { known, seen: new Set(), expected: 0 };
    try {
      await this.#check.judge(() => this.#readPages(reading, signal));
      this.#believe(reading);
    } catch (error) {
      if (error instanceof SnapshotRejected) this.#keepUnlisted(reading, error);
      throw error;
    } finally {
      for (const id of reading.seen) this.#unflag(id);
    }
  }

  async #readPages(reading: Reading, signal: AbortSignal): Promise<Naming> {
    const { board, intake, judge, listAgents, onPage } = this.#options;
    const { known, seen } = reading;
    for await (const { users, total } of listAgents(signal)) {
      reading.expected = total;
      for (const { profile, observation } of users) {
        board.putAgent(profile);
        judge.look(observation);
        intake.take(observation);
        seen.add(profile.id);
      }
      onPage({ loaded: board.size, total });
    }
    // Of a first list, all that can be asked is whether it names as many as it says there are.
    return known.size === 0
      ? { known: reading.expected, named: seen.size }
      : { known: known.size, named: known.size - missingOf(reading).length };
  }

  #believe(reading: Reading): void {
    const { intake, clock, onLeft } = this.#options;
    this.#lastBelievedAt = clock.now();
    this.#doubt = null;
    if (reading.seen.size < reading.expected) return; // it moved on while it was read page by page
    const left = missingOf(reading);
    intake.remove(left);
    for (const id of left) this.#unlisted.delete(id);
    onLeft(left);
  }

  #keepUnlisted(reading: Reading, { message, naming }: SnapshotRejected): void {
    const { board, clock, cloud, log } = this.#options;
    this.#doubt = { since: this.#doubt?.since ?? clock.now(), message };
    for (const id of missingOf(reading)) {
      this.#unlisted.add(id);
      board.raiseFlag(id, { kind: 'unlisted', since: cloud.platformNow(), reason: message });
    }
    log.warn({ event: 'list-rejected', ...naming, ...this.#check.status() }, message);
  }

  #unflag(id: AgentId): void {
    if (this.#unlisted.delete(id)) this.#options.board.lowerFlag(id, 'unlisted');
  }
}

interface Reading {
  /** Who was known before. */
  readonly known: ReadonlySet<AgentId>;
  /** Who was named. */
  readonly seen: Set<AgentId>;
  /** How many the list says it has. */
  expected: number;
}

const missingOf = ({ known, seen }: Reading): AgentId[] => [...known].filter((id) => !seen.has(id));
