import type { Organisation } from './organisation.ts';
import { makeRoles, type RoleGrant, type Subject } from './role.ts';
import type { UserProfile } from './user-profile.ts';

export const PERSONA_KEYS = ['supervisor', 'team-lead', 'viewer', 'agent', 'admin'] as const;

export type PersonaKey = (typeof PERSONA_KEYS)[number];

/** Somebody to sign in as on the consent page. */
export interface Persona {
  readonly key: PersonaKey;
  readonly subject: Subject & { readonly userId: string };
  /** What this person may do, in a few words. */
  readonly rights: string;
}

/** Five people of the organisation with different rights: two team leaders and three agents, where there are so many. */
export const makePersonas = (organisation: Organisation): readonly Persona[] => {
  const { supervisor, viewer, teamLead, admin } = makeRoles(organisation.seed);
  const { agents, divisions } = organisation;
  const ordered = [...agents.filter(isLeader), ...agents.filter((user) => !isLeader(user))];
  const [first] = ordered;
  if (first === undefined) return [];
  const second = ordered[1] ?? first;
  const someAgent = (number: number): UserProfile => ordered.at(-number) ?? first;
  const persona = (key: PersonaKey, user: UserProfile, { rights, grants }: PersonaRights): Persona => ({
    key,
    rights,
    subject: { userId: user.id, name: user.name, grants },
  });
  const everywhere = (role: RoleGrant['role']): RoleGrant[] => [{ role, divisionId: '*' }];
  const { division } = second;
  return [
    persona('supervisor', first, {
      rights: `sees and changes all ${divisions.length} divisions`,
      grants: everywhere(supervisor),
    }),
    persona('team-lead', second, {
      rights: `sees and changes the division ${division.name}`,
      grants: [{ role: teamLead, divisionId: division.id }],
    }),
    persona('viewer', someAgent(1), { rights: 'sees everything, changes nothing', grants: everywhere(viewer) }),
    persona('agent', someAgent(2), { rights: 'no rights beyond the own account', grants: [] }),
    persona('admin', someAgent(3), {
      rights: 'sees and changes everything, the settings too',
      grants: everywhere(admin),
    }),
  ];
};

interface PersonaRights {
  readonly rights: string;
  readonly grants: readonly RoleGrant[];
}

const isLeader = ({ managerId }: UserProfile): boolean => managerId === null;
