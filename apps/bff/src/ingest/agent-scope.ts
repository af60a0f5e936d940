import { agentId, queueId, type AgentId } from '@floorwatch/domain';
import {
  GenesysRejected,
  MAX_USERS_PER_CALL,
  type GenesysCloud,
  type ListUsersOptions,
  type ReadOptions,
  type UserPage,
  type UserSnapshot,
} from '@floorwatch/genesys';

/** Whom the configuration asks for: everybody who is named in any of the lists; all empty asks for the whole organisation. */
export interface Targets {
  readonly userIds: readonly string[];
  readonly divisionIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly queueIds: readonly string[];
}

export interface AgentPage extends UserPage {
  /** Users the platform has to be asked for in all, wanted or not: what the whole reading costs. */
  readonly asked: number;
}

/** A list in the configuration names what the platform does not have. */
export class TargetNotFound extends Error {
  override readonly name = 'TargetNotFound';

  constructor(variable: string, id: string, cause: GenesysRejected) {
    super(
      `${variable} names ${id}, which Genesys Cloud does not have or does not show to this OAuth client: correct it and start again`,
      { cause },
    );
  }
}

type ScopeCloud = Pick<GenesysCloud, 'listUsers' | 'getUsers' | 'listGroupMembers' | 'listQueueMembers'>;

/** Lists the agents this Floorwatch is for: the organisation's, or the part of it that the configuration names. */
export class AgentScope {
  readonly #cloud: ScopeCloud;
  readonly #targets: Targets;
  readonly #isNarrowed: boolean;
  /** Whose division was one of those wanted, the last time it was told. */
  readonly #inDivisions = new Set<AgentId>();
  #organisationSize: number | null = null;

  constructor({ cloud, targets }: { cloud: ScopeCloud; targets: Targets }) {
    this.#cloud = cloud;
    this.#targets = targets;
    this.#isNarrowed = Object.values(targets).some((ids: readonly string[]) => ids.length > 0);
  }

  /** How many agents the whole organisation has; null where it is shown whole, or has not been read yet. */
  get narrowedFrom(): number | null {
    return this.#isNarrowed ? this.#organisationSize : null;
  }

  /**
   * Every agent, page by page; `total` gets truer with each page where only a part is wanted.
   * @throws GenesysError, TargetNotFound
   */
  async *list(options: ListUsersOptions): AsyncGenerator<AgentPage> {
    if (!this.#isNarrowed) yield* this.#listAll(options, () => true);
    else {
      const named = await this.#namedIds(options);
      if (this.#targets.divisionIds.length === 0) yield* this.#readNamed([...named], options);
      else yield* this.#listAll(options, (profile) => this.#isInDivisions(profile) || named.has(profile.id));
    }
  }

  /** A division that is not told this time is the one that was told before. */
  #isInDivisions({ id, divisionId }: UserSnapshot['profile']): boolean {
    if (divisionId !== undefined) this.#inDivisions.delete(id);
    if (divisionId && this.#targets.divisionIds.includes(divisionId)) this.#inDivisions.add(id);
    return this.#inDivisions.has(id);
  }

  /** The platform's list has no filter by division (API §4.1): all of it is read and the others are passed over. */
  async *#listAll(
    options: ListUsersOptions,
    isWanted: (profile: UserSnapshot['profile']) => boolean,
  ): AsyncGenerator<AgentPage> {
    let passedOver = 0;
    for await (const { users, total } of this.#cloud.listUsers(options)) {
      this.#organisationSize = total;
      const wanted = users.filter(({ profile }) => isWanted(profile));
      passedOver += users.length - wanted.length;
      yield { users: wanted, total: total - passedOver, asked: total };
    }
  }

  /** Whoever is not in the answer has left, or never was an active user. */
  async *#readNamed(ids: readonly AgentId[], options: ReadOptions): AsyncGenerator<AgentPage> {
    this.#organisationSize = await this.#countEverybody(options);
    let missing = 0;
    for (let from = 0; from < ids.length; from += MAX_USERS_PER_CALL) {
      const batch = ids.slice(from, from + MAX_USERS_PER_CALL);
      const users = await this.#cloud.getUsers(batch, options);
      missing += batch.length - users.length;
      yield { users, total: ids.length - missing, asked: ids.length };
    }
  }

  async #countEverybody(options: ReadOptions): Promise<number> {
    for await (const { total } of this.#cloud.listUsers({ ...options, pageSize: 1 })) return total;
    return 0;
  }

  async #namedIds(options: ReadOptions): Promise<ReadonlySet<AgentId>> {
    const { userIds, groupIds, queueIds } = this.#targets;
    const named = new Set(userIds.map(agentId));
    const take = async (members: AsyncIterable<AgentId[]>): Promise<void> => {
      for await (const page of members) for (const id of page) named.add(id);
    };
    for (const id of groupIds) await mustExist('TARGET_GROUP_IDS', id, take(this.#cloud.listGroupMembers(id, options)));
    for (const id of queueIds)
      await mustExist(
        'TARGET_QUEUE_IDS',
        id,
        take(this.#cloud.listQueueMembers(queueId(id), { ...options, which: 'all' })),
      );
    return named;
  }
}

/** 400 is the platform's answer to an id that is no id. */
const mustExist = async (variable: string, id: string, reading: Promise<void>): Promise<void> => {
  try {
    await reading;
  } catch (error) {
    if (error instanceof GenesysRejected && (error.status === 404 || error.status === 400))
      throw new TargetNotFound(variable, id, error);
    throw error;
  }
};
