import type { AgentId, ChangeRecord, ChangeStore, Clock } from '@floorwatch/domain';
import { Refusal } from './refusal.ts';
import type { Outbox } from './outbox.ts';

/** How long a turn is kept without a word of whoever has it, ms: a killed process holds an agent up for so long at most. */
export const TURN_MS = 30_000;

const PROLONG_EVERY_MS = 8000;

/** How long somebody waits for others' changes of the same agent, ms. */
const PATIENCE_MS = 20_000;

/** How often another process is asked whether it is done, ms, and as much again by chance. */
const ASK_EVERY_MS = 60;

export interface AgentTurnsOptions {
  readonly store: ChangeStore;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly random: () => number;
}

/** One change of an agent at a time: in the order of asking within this process, and one of all processes. */
export class AgentTurns {
  readonly #options: AgentTurnsOptions;
  readonly #queues = new Map<AgentId, Promise<void>>();
  readonly #held = new Set<string>();
  #stopProlonging: () => void = () => undefined;

  constructor(options: AgentTurnsOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock, store, outbox } = this.#options;
    this.#stopProlonging = clock.every(PROLONG_EVERY_MS, () => {
      const ids = [...this.#held];
      if (ids.length > 0) void outbox.keep(() => store.prolongTurns(ids, clock.now() + TURN_MS));
    });
  }

  stop(): void {
    this.#stopProlonging();
  }

  /** Whether this process is at work on the change. */
  has(changeId: string): boolean {
    return this.#held.has(changeId);
  }

  /**
   * Runs the task when it is this change's turn.
   * @throws Refusal where others take too long; StoreUnavailable
   */
  async run<Result>({ agentId, id }: ChangeRecord, task: () => Promise<Result>): Promise<Result> {
    const before = this.#queues.get(agentId) ?? Promise.resolve();
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const mine = before.then(() => over);
    this.#queues.set(agentId, mine);
    await before;
    try {
      await this.#take(agentId, id);
      try {
        return await task();
      } finally {
        this.#held.delete(id);
        await this.#options.outbox.keep(() => this.#options.store.endTurn(id));
      }
    } finally {
      end();
      if (this.#queues.get(agentId) === mine) this.#queues.delete(agentId);
    }
  }

  async #take(agentId: AgentId, changeId: string): Promise<void> {
    const { store, clock, random } = this.#options;
    const startedAt = clock.now();
    this.#held.add(changeId);
    try {
      while (!(await store.takeTurn({ agentId, changeId, until: clock.now() + TURN_MS }))) {
        if (clock.now() - startedAt > PATIENCE_MS)
          throw new Refusal(
            'rate-limited',
            'Another change of this agent is still on its way, so nothing was changed: try again in half a minute',
          );
        await clock.sleep(ASK_EVERY_MS * (1 + random()));
      }
    } catch (error) {
      this.#held.delete(changeId);
      throw error;
    }
  }
}
