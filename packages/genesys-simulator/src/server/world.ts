import { FloorPump } from '../floor/floor-pump.ts';
import { ScenarioEngine } from '../floor/scenario-engine.ts';
import { buildOrganisation, type Organisation } from '../org/organisation.ts';
import type { PresenceDefinition } from '../org/presence-definition.ts';
import type { QueueProfile } from '../org/queue-profile.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { RealClock } from '../time/system-clock.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { WriteSlots } from './write-slots.ts';

interface WorldToOpen {
  readonly seed: string;
  readonly agents: number;
  readonly speed: number;
  readonly realClock: RealClock;
}

/** One organisation with its floor and its time, and ways to find things in it. */
export class World {
  readonly organisation: Organisation;
  readonly engine: ScenarioEngine;
  readonly virtualClock: VirtualClock;
  readonly pump: FloorPump;
  readonly presenceWrites: WriteSlots;
  readonly #users: ReadonlyMap<string, UserProfile>;
  readonly #queues: ReadonlyMap<string, QueueProfile>;
  readonly #definitions: ReadonlyMap<string, PresenceDefinition>;
  readonly #members = new Map<string, UserProfile[]>();

  constructor({ seed, agents, speed, realClock }: WorldToOpen) {
    this.organisation = buildOrganisation(seed, agents);
    this.virtualClock = new VirtualClock(realClock, speed);
    this.engine = new ScenarioEngine(this.organisation, this.virtualClock.now());
    this.pump = new FloorPump({ engine: this.engine, virtualClock: this.virtualClock, realClock });
    this.presenceWrites = new WriteSlots(realClock);
    const { agents: active, formerUsers, queues, presenceDefinitions } = this.organisation;
    this.#users = byId([...active, ...formerUsers]);
    this.#queues = byId(queues);
    this.#definitions = byId(presenceDefinitions);
    for (const user of active) for (const queueId of user.queueIds) this.#addMember(queueId, user);
  }

  /** Active and former users. */
  user(id: string): UserProfile | null {
    return this.#users.get(id) ?? null;
  }

  queue(id: string): QueueProfile | null {
    return this.#queues.get(id) ?? null;
  }

  definition(id: string): PresenceDefinition | null {
    return this.#definitions.get(id) ?? null;
  }

  /** Agents assigned to a queue, joined or not, by name. */
  membersOf(queueId: string): readonly UserProfile[] {
    return this.#members.get(queueId) ?? [];
  }

  hasJoined(userId: string, queueId: string): boolean {
    return this.engine.stateOf(userId).activeQueues.ids.includes(queueId);
  }

  close(): void {
    this.pump.stop();
  }

  #addMember(queueId: string, user: UserProfile): void {
    const members = this.#members.get(queueId);
    if (members === undefined) this.#members.set(queueId, [user]);
    else members.push(user);
  }
}

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [item.id, item]));
