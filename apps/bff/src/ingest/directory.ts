import type { NamedEntity, PresenceDefinition } from '@floorwatch/contracts';
import { queueId, type AgentId, type AgentObservation, type Board, type Clock, type QueueId } from '@floorwatch/domain';
import { GenesysRejected, type GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { Intake } from './intake.ts';

/** Names the wall needs beside the agents. */
export interface DirectoryNames {
  /** One more with each reading; 0 before the first. */
  readonly revision: number;
  readonly divisions: readonly NamedEntity[];
  readonly queues: readonly NamedEntity[];
  readonly presenceDefinitions: readonly PresenceDefinition[];
}

export interface DirectoryOptions {
  readonly cloud: GenesysCloud;
  readonly board: Board;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Reads the names, and who has joined which queue. */
export class Directory {
  readonly #options: DirectoryOptions;
  /** Calls that the last reading of the members took. */
  #membershipCalls = 0;
  #names: DirectoryNames = { revision: 0, divisions: [], queues: [], presenceDefinitions: [] };

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  get names(): DirectoryNames {
    return this.#names;
  }

  /**
   * Reads divisions, queues and presence definitions: a few calls. A list the client has no right to stays empty.
   * @param overMs spreads the calls over this time
   * @throws GenesysError when the platform cannot be read; what was read before stays
   */
  async readNames({ overMs, signal }: { overMs: number; signal: AbortSignal }): Promise<void> {
    const { cloud, clock } = this.#options;
    const pauseMs = overMs / 3;
    // Whoever calls this tries again; each failure is then told at once, not after five tries.
    const options = { priority: 'sweep', signal, attempts: 1 } as const;
    await clock.sleep(pauseMs, signal);
    const presenceDefinitions = await this.#ifAllowed(cloud.listPresenceDefinitions(options));
    await clock.sleep(pauseMs, signal);
    const divisions = await this.#ifAllowed(cloud.listDivisions(options));
    await clock.sleep(pauseMs, signal);
    const queues = await this.#ifAllowed(cloud.listQueues(options));
    this.#names = { revision: this.#names.revision + 1, presenceDefinitions, divisions, queues };
  }

  /**
   * Reads the members of every queue onto the board: some calls a queue, and nobody needs it to see the floor. Events
   * tell of whoever joins or leaves a queue, so a later reading may take its time.
   * The platform tells the members of a queue, the board keeps the queues of an agent; so it is taken over only when
   * every queue has been read, for half a reading would take agents out of the queues not reached yet.
   * @param overMs spreads the reading over this time, by what the last one took
   * @throws GenesysError when the platform cannot be read
   */
  async readMembership({ overMs, signal }: { overMs: number; signal: AbortSignal }): Promise<void> {
    const { cloud, board, intake, clock } = this.#options;
    const pauseMs = overMs / Math.max(1, this.#membershipCalls);
    let calls = 0;
    const observedAt = clock.now();
    const platformNow = cloud.platformNow();
    const joined = new Map<AgentId, QueueId[]>();
    for (const { id } of this.#names.queues)
      for await (const members of cloud.listQueueMembers(queueId(id), { which: 'joined', priority: 'sweep', signal })) {
        for (const agent of members) joined.set(agent, [...(joined.get(agent) ?? []), queueId(id)]);
        calls += 1;
        await clock.sleep(pauseMs, signal);
      }
    if (calls === 0) await clock.sleep(overMs, signal);
    this.#membershipCalls = calls;
    for (const { profile } of board.rows()) {
      const queues = { ids: joined.get(profile.id) ?? [], modifiedAt: null };
      const seen: AgentObservation = { agentId: profile.id, observedAt, platformNow, kind: 'snapshot', queues };
      intake.take(seen);
    }
  }

  async #ifAllowed<Item>(list: Promise<readonly Item[]>): Promise<readonly Item[]> {
    try {
      return await list;
    } catch (error) {
      if (!(error instanceof GenesysRejected)) throw error;
      this.#options.log.warn({ event: 'list-refused', reason: error.message }, 'a list of names stays empty');
      return [];
    }
  }
}
