import { AuditLog } from '../audit/audit-log.ts';
import { FloorPump } from '../floor/floor-pump.ts';
import { ScenarioEngine } from '../floor/scenario-engine.ts';
import { Stations } from '../floor/stations.ts';
import { History } from '../history/history.ts';
import { buildOrganisation, type Organisation } from '../org/organisation.ts';
import { makePersonas, type Persona } from '../org/persona.ts';
import type { PresenceDefinition } from '../org/presence-definition.ts';
import type { QueueProfile } from '../org/queue-profile.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { RealClock } from '../time/system-clock.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { PublishedSchedule } from '../workforce/published-schedule.ts';
import { Workforce } from '../workforce/workforce.ts';
import { QueryJobs } from './query-jobs.ts';
import { WriteSlots } from './write-slots.ts';

interface WorldToOpen {
  readonly seed: string;
  readonly agents: number;
  readonly speed: number;
  /** Virtual instant at which the floor opens, ms; null for the real time. */
  readonly startsAt: number | null;
  readonly realClock: RealClock;
}

/** One organisation with its floor and its time, and ways to find things in it. */
export class World {
  readonly organisation: Organisation;
  readonly engine: ScenarioEngine;
  readonly virtualClock: VirtualClock;
  readonly pump: FloorPump;
  readonly presenceWrites: WriteSlots;
  readonly personas: readonly Persona[];
  readonly stations: Stations;
  readonly audits: AuditLog;
  readonly history: History;
  readonly workforce: Workforce;
  readonly schedule: PublishedSchedule;
  readonly detailJobs: QueryJobs;
  readonly auditJobs: QueryJobs;
  readonly #users: ReadonlyMap<string, UserProfile>;
  readonly #queues: ReadonlyMap<string, QueueProfile>;
  readonly #definitions: ReadonlyMap<string, PresenceDefinition>;
  readonly #queueMembers: ReadonlyMap<string, readonly UserProfile[]>;
  readonly #teamMembers: ReadonlyMap<string, readonly UserProfile[]>;
  readonly #groupMembers: ReadonlyMap<string, readonly UserProfile[]>;

  constructor({ seed, agents, speed, startsAt, realClock }: WorldToOpen) {
    this.organisation = buildOrganisation(seed, agents);
    this.personas = makePersonas(this.organisation);
    this.virtualClock = new VirtualClock(realClock, speed, startsAt ?? realClock.now());
    this.engine = new ScenarioEngine(this.organisation, this.virtualClock.now());
    this.stations = new Stations(this.engine);
    this.audits = new AuditLog(this.engine, seed);
    this.history = new History(this.engine, agents);
    this.workforce = new Workforce(this.organisation);
    this.schedule = new PublishedSchedule(this.engine.roster);
    this.detailJobs = new QueryJobs(`${seed}/detail jobs`);
    this.auditJobs = new QueryJobs(`${seed}/audit jobs`);
    this.pump = new FloorPump({ engine: this.engine, virtualClock: this.virtualClock, realClock });
    this.presenceWrites = new WriteSlots(realClock);
    const { agents: active, formerUsers, queues, presenceDefinitions } = this.organisation;
    this.#users = byId([...active, ...formerUsers]);
    this.#queues = byId(queues);
    this.#definitions = byId(presenceDefinitions);
    this.#queueMembers = membersBy(active, ({ queueIds }) => queueIds);
    this.#teamMembers = membersBy(active, ({ team }) => [team.id]);
    this.#groupMembers = membersBy(active, (user) => user.groups.map(({ id }) => id));
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
    return this.#queueMembers.get(queueId) ?? [];
  }

  teamMembers(teamId: string): readonly UserProfile[] {
    return this.#teamMembers.get(teamId) ?? [];
  }

  groupMembers(groupId: string): readonly UserProfile[] {
    return this.#groupMembers.get(groupId) ?? [];
  }

  hasJoined(userId: string, queueId: string): boolean {
    return this.engine.stateOf(userId).activeQueues.ids.includes(queueId);
  }

  close(): void {
    this.pump.stop();
  }
}

/** Users by what they belong to, each list in the order of the users. */
const membersBy = (
  users: readonly UserProfile[],
  idsOf: (user: UserProfile) => readonly string[],
): ReadonlyMap<string, readonly UserProfile[]> => {
  const members = new Map<string, UserProfile[]>();
  for (const user of users)
    for (const id of idsOf(user)) {
      const held = members.get(id);
      if (held === undefined) members.set(id, [user]);
      else held.push(user);
    }
  return members;
};

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [item.id, item]));
