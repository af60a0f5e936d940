import type { UserProfile } from '../org/user-profile.ts';
import { badRequest, PlatformError } from '../server/platform-error.ts';
import { adherenceEntity } from './adherence-entity.ts';
import { anyOf, type ApiCall, type Operation } from './operation.ts';
import { answerOrDownload } from './download.ts';
import { requireUuids } from './uuid.ts';
import { agentsOfUnit } from './workforce-operations.ts';

const VIEW = 'wfm:realtimeAdherence:view';
const MAX_USERS = 100;

/** Agents that are in no management unit, or that the caller may not look at, are left out. */
const adherencesOf = ({ world, access }: ApiCall, users: readonly UserProfile[]): object[] =>
  users.flatMap((user) => {
    const unit = world.workforce.unitOf(user.id);
    return unit === null || !access.holdsIn(VIEW, user.division.id) ? [] : [adherenceEntity(world, user, unit)];
  });

const listAdherence = (call: ApiCall): object => {
  const ids = call.query.list('userId');
  if (ids.length === 0) throw badRequest('No user ids were specified.', 'no.user.ids.specified');
  if (ids.length > MAX_USERS) throw badRequest(`Only ${MAX_USERS} users can be requested at a time.`, 'max.user.ids');
  requireUuids(ids);
  const users = ids.map((id) => call.world.user(id)).filter((user) => user !== null);
  return adherencesOf(call, users);
};

const listUnitAdherence = (call: ApiCall): object =>
  answerOrDownload(call, { entities: adherencesOf(call, agentsOfUnit(call)) });

const listTeamAdherence = (call: ApiCall): object => {
  const teamId = call.param('teamId');
  requireUuids([teamId]);
  if (!call.world.organisation.teams.some(({ id }) => id === teamId))
    throw new PlatformError({
      status: 403,
      code: 'wfm.missing.team.permissions',
      message: 'You are missing permissions for this team.',
    });
  return answerOrDownload(call, { entities: adherencesOf(call, call.world.teamMembers(teamId)) });
};

const WFM = '/api/v2/workforcemanagement';
const permissions = anyOf(VIEW);

export const adherenceOperations: readonly Operation[] = [
  {
    id: 'getWorkforcemanagementAdherence',
    method: 'GET',
    path: `${WFM}/adherence`,
    permissions,
    run: listAdherence,
  },
  {
    id: 'getWorkforcemanagementManagementunitAdherence',
    method: 'GET',
    path: `${WFM}/managementunits/{managementUnitId}/adherence`,
    permissions,
    run: listUnitAdherence,
  },
  {
    id: 'getWorkforcemanagementTeamAdherence',
    method: 'GET',
    path: `${WFM}/teams/{teamId}/adherence`,
    permissions,
    run: listTeamAdherence,
  },
];
