import { Random } from '../time/random.ts';
import type { Named } from './named.ts';
import { makePersonName } from './person-names.ts';
import { makePresenceDefinitions, type PresenceDefinition } from './presence-definition.ts';
import { makeQueues } from './queue-profile.ts';
import { makeWrapUpCodes, type WrapUpCode } from './wrap-up-code.ts';
import { makeUser, type OrganisationParts, type UserProfile } from './user-profile.ts';

/** Who and what there is. Fixed for a seed; what the agents are doing lives in the floor. */
export interface Organisation extends OrganisationParts {
  readonly id: string;
  readonly name: string;
  readonly seed: string;
  readonly presenceDefinitions: readonly PresenceDefinition[];
  readonly wrapUpCodes: readonly WrapUpCode[];
  /** The agents: active users, sorted by name. Their index is their number on the floor. */
  readonly agents: readonly UserProfile[];
  /** Users that left: inactive or deleted. They never appear in the default listing. */
  readonly formerUsers: readonly UserProfile[];
}

/** The first division owns what nobody assigned, as on the platform. */
const DIVISION_NAMES = ['Home', 'EMEA', 'Américas', 'Asia Pacific', 'Back Office', 'Nachtschicht & Wochenende'];
const GROUP_NAMES = ['All agents', 'Mentors', 'First aiders', 'Weekend crew', 'Night crew', 'Pilots', 'Works council'];
const SKILL_NAMES = [
  'Billing',
  'Contracts',
  'Complaints',
  'Returns',
  'Hardware',
  'Software',
  'Networks',
  'Retention',
  'VIP',
  'Fraud',
  'Claims',
  'Payments',
];
const LANGUAGE_NAMES = ['English', 'Spanish', 'German', 'French', 'Portuguese', 'Japanese', 'Arabic', 'Hindi'];
const LOCATION_NAMES = ['Madrid', 'Dublin', 'München', 'São Paulo', 'Manila', 'Durham', '大阪', 'Remote'];
const AGENTS_PER_TEAM = 15;
const FORMER_USERS = 3;

/** Builds the demo organisation: the same seed and size give the same one, ids included. */
export const buildOrganisation = (seed: string, agentCount: number): Organisation => {
  const random = new Random(`${seed}/organisation`);
  const name = (text: string): Named => ({ id: random.uuid(), name: text });
  const divisions = DIVISION_NAMES.map(name);
  const teamCount = Math.max(1, Math.ceil(agentCount / AGENTS_PER_TEAM));
  const parts = {
    divisions,
    teams: Array.from({ length: teamCount }, (_, index) => name(`Team ${index + 1}`)),
    groups: GROUP_NAMES.map(name),
    skills: SKILL_NAMES.map(name),
    languages: LANGUAGE_NAMES.map(name),
    locations: LOCATION_NAMES.map(name),
    queues: makeQueues(random, divisions, agentCount),
  };
  return {
    ...parts,
    ...makePeople({ random, agentCount, parts }),
    id: random.uuid(),
    name: 'Acme Contact Centre',
    seed,
    presenceDefinitions: makePresenceDefinitions(lastOf(divisions).id),
    wrapUpCodes: makeWrapUpCodes(seed, divisions),
  };
};

interface PeopleToMake {
  readonly random: Random;
  readonly agentCount: number;
  readonly parts: OrganisationParts;
}

const makePeople = ({ random, agentCount, parts }: PeopleToMake): Pick<Organisation, 'agents' | 'formerUsers'> => {
  const people = Array.from({ length: agentCount + FORMER_USERS }, (_, number) => ({
    id: random.uuid(),
    name: makePersonName(random),
    number,
  }));
  const managers = people.slice(0, parts.teams.length).map(({ id }) => id);
  const users = people.map((person) =>
    makeUser({ ...person, random, parts, managers, state: stateOf(person.number - agentCount) }),
  );
  return {
    agents: users.slice(0, agentCount).toSorted(byName),
    formerUsers: users.slice(agentCount),
  };
};

const stateOf = (formerNumber: number): UserProfile['state'] => {
  if (formerNumber < 0) return 'active';
  return formerNumber === 0 ? 'deleted' : 'inactive';
};

/** By code point, so that every machine sorts alike; equal names by id. */
const byName = (a: UserProfile, b: UserProfile): number => {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : 1;
};

const lastOf = (items: readonly Named[]): Named => {
  const last = items.at(-1);
  if (last === undefined) throw new Error('an organisation has at least one division');
  return last;
};
