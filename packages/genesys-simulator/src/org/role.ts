import { Random } from '../time/random.ts';
import type { Named } from './named.ts';

/** A set of permissions (`domain:entity:action`), granted in divisions (API §2.8). */
export interface Role extends Named {
  readonly permissions: ReadonlySet<string>;
}

export interface RoleGrant {
  readonly role: Role;
  /** `*` for every division. */
  readonly divisionId: string;
}

/** Who a token stands for: a person, or an OAuth client on its own. */
export interface Subject {
  /** Null for a client on its own: it has no user context (API §2.7). */
  readonly userId: string | null;
  readonly name: string;
  readonly grants: readonly RoleGrant[];
}

/** What is needed to look at a floor without touching it. */
const VIEW = [
  'analytics:agentState:view',
  'analytics:conversationDetail:view',
  'analytics:queueObservation:view',
  'analytics:userAggregate:view',
  'analytics:userDetail:view',
  'analytics:userObservation:view',
  'directory:user:view',
  'groups:team:view',
  'presence:presenceDefinition:view',
  'presence:source:view',
  'presence:settings:view',
  'presence:userPrimarySource:view',
  'routing:queue:search',
  'routing:queue:view',
  'routing:skill:view',
  'routing:utilization:view',
  'routing:wrapupCode:view',
  'telephony:otherStationAssociation:view',
  'wfm:activityCode:view',
  'wfm:agent:view',
  'wfm:publishedSchedule:view',
  'wfm:realtimeAdherence:view',
];

/** What changes somebody's state, or tells who did. */
const MANAGE = [
  'audits:audit:view',
  'conversation:communication:disconnect',
  'conversation:communication:view',
  'directory:userStateChange:view',
  'oauth:client:view',
  'oauth:token:delete',
  'presence:userPresence:edit',
  'routing:queue:edit',
  'routing:queueMember:manage',
  'telephony:station:disassociate',
];

/** Who may edit the schedule may also act against it. */
const PLAN = ['wfm:schedule:view', 'wfm:schedule:edit'];

/** What changes the organisation itself. */
const ADMINISTER = ['presence:settings:edit', 'presence:presenceDefinition:edit', 'oauth:client:add'];

export interface Roles {
  readonly service: Role;
  readonly supervisor: Role;
  readonly viewer: Role;
  readonly teamLead: Role;
  readonly admin: Role;
}

export const makeRoles = (seed: string): Roles => {
  const random = new Random(`${seed}/roles`);
  const role = (name: string, permissions: readonly string[]): Role => ({
    id: random.uuid(),
    name,
    permissions: new Set(permissions),
  });
  return {
    service: role('Wallboard service', [...VIEW, ...MANAGE]),
    supervisor: role('Supervisor', [...VIEW, ...MANAGE, ...PLAN]),
    viewer: role('Viewer', VIEW),
    teamLead: role('Team lead', [...VIEW, ...MANAGE]),
    admin: role('Admin', [...VIEW, ...MANAGE, ...PLAN, ...ADMINISTER]),
  };
};
