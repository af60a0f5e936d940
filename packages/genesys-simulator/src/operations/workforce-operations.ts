import type { UserProfile } from '../org/user-profile.ts';
import { notFound } from '../server/platform-error.ts';
import { ACTIVITY_CODES, findActivityCode, type ActivityCode } from '../workforce/activity-code.ts';
import type { ManagementUnit } from '../workforce/workforce.ts';
import { businessUnitReference, managementUnitReference, userReference } from './adherence-entity.ts';
import { answerOrDownload } from './download.ts';
import { anyOf, type ApiCall, type Operation } from './operation.ts';
import { ACTIVITY_CODE_READERS } from './workforce-permissions.ts';

const WFM = '/api/v2/workforcemanagement';
const BUSINESS_UNIT = `${WFM}/businessunits/{businessUnitId}`;
const MANAGEMENT_UNIT = `${WFM}/managementunits/{managementUnitId}`;

const divisionOf = (id: string): object => ({ id, selfUri: `/api/v2/authorization/divisions/${id}` });

/** `mine` stands for the unit of the person who asks; a service has none (API §2.7). */
export const requireBusinessUnit = ({ world, param, access }: ApiCall) => {
  const { businessUnit } = world.workforce;
  const asked = param('businessUnitId');
  if (asked === businessUnit.id || (asked === 'mine' && access.userId !== null)) return businessUnit;
  throw notFound('The business unit was not found.', 'wfm.business.unit.not.found');
};

/** Those of the management unit of the path. */
export const agentsOfUnit = ({ world, param }: ApiCall): readonly UserProfile[] => {
  const agents = world.workforce.agentsOf(param('managementUnitId'));
  if (agents === null) throw notFound('The management unit was not found.', 'wfm.management.unit.not.found');
  return agents;
};

const listBusinessUnits = ({ world, path }: ApiCall): object => {
  const { id, name, divisionId } = world.workforce.businessUnit;
  return { entities: [{ id, name, authorized: true, division: divisionOf(divisionId), selfUri: `${path}/${id}` }] };
};

const unitEntity = ({ world }: ApiCall, { id, name, divisionId }: ManagementUnit): object => ({
  id,
  name,
  businessUnit: businessUnitReference(world),
  startDayOfWeek: 'Monday',
  timeZone: world.workforce.businessUnit.timeZone,
  division: divisionOf(divisionId),
  version: 1,
  selfUri: `${WFM}/managementunits/${id}`,
});

/** Unpaged, whatever page is asked for (API §10). */
const listUnits = (call: ApiCall): object => {
  const divisionIds = call.query.list('divisionId');
  const units = call.world.workforce.units.filter(
    ({ divisionId }) => divisionIds.length === 0 || divisionIds.includes(divisionId),
  );
  return { entities: units.map((unit) => unitEntity(call, unit)), total: units.length };
};

const listUnitsOfBusinessUnit = (call: ApiCall): object => {
  requireBusinessUnit(call);
  return listUnits(call);
};

const listUnitUsers = (call: ApiCall): object => ({ entities: agentsOfUnit(call).map(userReference) });

const listBusinessUnitUsers = (call: ApiCall): object => {
  requireBusinessUnit(call);
  const wanted = call.query.list('managementUnitIds');
  const { units } = call.world.workforce;
  return {
    managementUnits: units
      .filter(({ id }) => wanted.length === 0 || wanted.includes(id))
      .map((unit) => ({
        managementUnit: managementUnitReference(unit),
        users: (call.world.workforce.agentsOf(unit.id) ?? []).map(userReference),
      })),
  };
};

const getAgentUnit = ({ world, param }: ApiCall): object => {
  const id = param('agentId');
  const unit = world.workforce.unitOf(id);
  if (unit === null) throw notFound('The agent is not in any management unit.', 'wfm.entity.not.found');
  return {
    user: userReference({ id }),
    managementUnit: managementUnitReference(unit),
    businessUnit: businessUnitReference(world),
  };
};

const codeEntity = (businessUnitId: string, one: ActivityCode): object => ({
  id: one.id,
  name: one.name,
  active: true,
  defaultCode: one.isDefault,
  category: one.category,
  lengthInMinutes: one.lengthInMinutes,
  countsAsPaidTime: one.isPaid,
  countsAsWorkTime: one.isWork,
  agentTimeOffSelectable: one.category === 'TimeOff',
  countsTowardShrinkage: !one.isWork,
  plannedShrinkage: !one.isWork,
  interruptible: one.category === 'OffQueueWork',
  secondaryPresences: one.secondaryPresenceIds.map((id) => ({ id, selfUri: `/api/v2/presencedefinitions/${id}` })),
  metadata: { version: 1 },
  selfUri: `${WFM}/businessunits/${businessUnitId}/activitycodes/${one.id}`,
});

const listActivityCodes = (call: ApiCall): object => {
  const { id } = requireBusinessUnit(call);
  return answerOrDownload(call, { entities: ACTIVITY_CODES.map((one) => codeEntity(id, one)) });
};

const getActivityCode = (call: ApiCall): object => {
  const { id } = requireBusinessUnit(call);
  const code = findActivityCode(call.param('activityCodeId'));
  if (code === null) throw notFound('The activity code was not found.', 'wfm.entity.not.found');
  return codeEntity(id, code);
};

export const workforceOperations: readonly Operation[] = [
  {
    id: 'getWorkforcemanagementBusinessunits',
    method: 'GET',
    path: `${WFM}/businessunits`,
    run: listBusinessUnits,
  },
  {
    id: 'getWorkforcemanagementBusinessunitManagementunits',
    method: 'GET',
    path: `${BUSINESS_UNIT}/managementunits`,
    run: listUnitsOfBusinessUnit,
  },
  {
    id: 'getWorkforcemanagementBusinessunitUsers',
    method: 'GET',
    path: `${BUSINESS_UNIT}/users`,
    permissions: anyOf('wfm:agent:view'),
    run: listBusinessUnitUsers,
  },
  {
    id: 'getWorkforcemanagementBusinessunitActivitycodes',
    method: 'GET',
    path: `${BUSINESS_UNIT}/activitycodes`,
    permissions: anyOf(...ACTIVITY_CODE_READERS),
    run: listActivityCodes,
  },
  {
    id: 'getWorkforcemanagementBusinessunitActivitycode',
    method: 'GET',
    path: `${BUSINESS_UNIT}/activitycodes/{activityCodeId}`,
    permissions: anyOf('wfm:activityCode:view'),
    run: getActivityCode,
  },
  { id: 'getWorkforcemanagementManagementunits', method: 'GET', path: `${WFM}/managementunits`, run: listUnits },
  {
    id: 'getWorkforcemanagementManagementunitUsers',
    method: 'GET',
    path: `${MANAGEMENT_UNIT}/users`,
    permissions: anyOf(
      'wfm:agent:view',
      'wfm:historicalAdherence:view',
      'wfm:publishedSchedule:view',
      'wfm:realtimeAdherence:view',
      'wfm:schedule:view',
      'wfm:staffingGroup:view',
      'wfm:timeOffRequest:view',
      'wfm:workPlanRotation:view',
      'wfm:workPlan:view',
    ),
    run: listUnitUsers,
  },
  {
    id: 'getWorkforcemanagementAgentManagementunit',
    method: 'GET',
    path: `${WFM}/agents/{agentId}/managementunit`,
    permissions: anyOf(
      'wfm:agent:view',
      'wfm:publishedSchedule:view',
      'wfm:schedule:view',
      'coaching:appointment:add',
      'coaching:appointment:edit',
      'learning:assignment:add',
      'learning:assignment:reschedule',
    ),
    run: getAgentUnit,
  },
];
