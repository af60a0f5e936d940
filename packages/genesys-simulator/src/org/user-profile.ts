import type { Random } from '../time/random.ts';
import type { Named } from './named.ts';
import type { QueueProfile } from './queue-profile.ts';

/** What users are assigned to. */
export interface OrganisationParts {
  readonly divisions: readonly Named[];
  readonly teams: readonly Named[];
  readonly groups: readonly Named[];
  readonly skills: readonly Named[];
  readonly languages: readonly Named[];
  readonly locations: readonly Named[];
  readonly queues: readonly QueueProfile[];
}

export interface Proficient extends Named {
  /** 0 to 5 in halves. */
  readonly proficiency: number;
}

/** The part of a user that does not change because of what the user is doing. */
export interface UserProfile {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly department: string;
  readonly title: string;
  readonly state: 'active' | 'inactive' | 'deleted';
  readonly version: number;
  readonly jabberId: string;
  readonly division: Named;
  readonly managerId: string | null;
  readonly team: Named;
  readonly groups: readonly Named[];
  readonly skills: readonly Proficient[];
  readonly languages: readonly Proficient[];
  readonly location: Named;
  /** Queues the user is assigned to (member); which of them are joined is live. */
  readonly queueIds: readonly string[];
  readonly stationId: string;
  /** Hardly ever takes contacts: trainers, planners, team leaders. */
  readonly isOffPhones: boolean;
}

interface UserToMake {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly state: UserProfile['state'];
  readonly random: Random;
  readonly parts: OrganisationParts;
  /** Ids of the team leaders, one a team. */
  readonly managers: readonly string[];
}

const DEPARTMENTS = ['Customer Care', 'Support', 'Sales', 'Claims', 'Kundenservice', 'Atención al cliente'];
const TITLES = ['Agent', 'Senior Agent', 'Specialist', 'Team Coach', 'Berater', 'Asesora'];
const OFF_PHONES_SHARE = 0.07;

export const makeUser = ({ id, name, number, state, random, parts, managers }: UserToMake): UserProfile => {
  const { teams } = parts;
  const team = teams[number % teams.length] ?? random.pick(teams);
  const managerId = managers[number % teams.length] ?? null;
  const isManager = managerId === id;
  return {
    id,
    name,
    email: `agent${number + 1}@acme.example`,
    department: random.pick(DEPARTMENTS),
    title: isManager ? 'Team Leader' : random.pick(TITLES),
    state,
    version: random.whole(1, 40),
    jabberId: `${random.uuid().slice(0, 8)}@acme.orgspan.example`,
    division: random.pick(parts.divisions),
    managerId: isManager ? null : managerId,
    team,
    groups: random.sample(parts.groups, random.whole(1, 3)),
    skills: withProficiency(random, random.sample(parts.skills, random.whole(1, 4))),
    languages: withProficiency(random, random.sample(parts.languages, random.whole(1, 3))),
    location: random.pick(parts.locations),
    queueIds: random.sample(parts.queues, random.whole(1, 5)).map((queue) => queue.id),
    stationId: random.uuid(),
    isOffPhones: isManager || random.chance(OFF_PHONES_SHARE),
  };
};

const withProficiency = (random: Random, items: readonly Named[]): Proficient[] =>
  items.map((item) => ({ ...item, proficiency: random.whole(2, 10) / 2 }));
