import { inDefinitions } from '../org/presence-definition.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { World } from '../server/world.ts';
import { findActivityCode } from '../workforce/activity-code.ts';
import { judgeAdherence } from '../workforce/adherence.ts';
import type { ManagementUnit } from '../workforce/workforce.ts';
import { isoOf } from './interval.ts';

const WFM = '/api/v2/workforcemanagement';

export const businessUnitReference = (world: World) => {
  const { id } = world.workforce.businessUnit;
  return { id, selfUri: `${WFM}/businessunits/${id}` };
};

export const managementUnitReference = ({ id }: ManagementUnit) => ({ id, selfUri: `${WFM}/managementunits/${id}` });

export const userReference = ({ id }: { readonly id: string }) => ({ id, selfUri: `/api/v2/users/${id}` });

/** What is said about an agent's adherence by REST and by events alike, each then naming some of it differently (API §8.7). */
const adherenceParts = (world: World, user: UserProfile) => {
  const now = world.virtualClock.now();
  const { engine, schedule } = world;
  const { presence, routingStatus, outOfOffice, activeQueues } = engine.stateOf(user.id);
  const adherence = judgeAdherence({ engine, schedule }, user, now);
  const definition = world.definition(presence.definitionId);
  return {
    adherence,
    common: {
      scheduledActivityCategory: adherence.scheduled?.category ?? 'Unscheduled',
      systemPresence: inDefinitions(presence.systemPresence),
      ...(definition?.type === 'User' && { organizationSecondaryPresenceId: definition.id }),
      routingStatus: routingStatus.status,
      actualActivityCategory: adherence.actualCategory,
      isOutOfOffice: outOfOffice.active,
      adherenceState: adherence.state,
      impact: adherence.impact,
      presenceUpdateTime: isoOf(presence.modifiedAt),
      activeQueuesModifiedTime: isoOf(activeQueues.changedAt),
      removedFromManagementUnit: false,
      suppressOnTimeReminder: false,
      nextActivityReminders:
        adherence.next === null
          ? []
          : [{ activityCategory: adherence.next.category, startDate: isoOf(adherence.next.startsAt) }],
    },
    activeQueueIds: activeQueues.ids,
  };
};

/** Of one agent in a management unit, as REST tells it (API §10.1). */
export const adherenceEntity = (world: World, user: UserProfile, unit: ManagementUnit): object => {
  const { adherence, common, activeQueueIds } = adherenceParts(world, user);
  const code = adherence.scheduled === null ? null : findActivityCode(adherence.scheduled.codeId);
  return {
    id: user.id,
    name: user.name,
    user: userReference(user),
    businessUnit: businessUnitReference(world),
    managementUnit: managementUnitReference(unit),
    team: { id: user.team.id, selfUri: `/api/v2/teams/${user.team.id}` },
    ...common,
    ...(code !== null && {
      scheduledActivityCode: {
        id: code.id,
        name: code.name,
        secondaryPresences: code.secondaryPresenceIds.map((id) => ({ id })),
      },
    }),
    timeOfAdherenceChange: isoOf(adherence.changedAt),
    activeQueues: activeQueueIds.map((id) => ({ id, selfUri: `/api/v2/routing/queues/${id}` })),
    selfUri: `${WFM}/adherence?userId=${user.id}`,
  };
};

/** The same as an event (API §8.7). */
export const adherenceBody = (world: World, user: UserProfile, unit: ManagementUnit): object => {
  const { adherence, common, activeQueueIds } = adherenceParts(world, user);
  const code = adherence.scheduled === null ? null : findActivityCode(adherence.scheduled.codeId);
  return {
    user: { id: user.id },
    managementUnitId: unit.id,
    businessUnitId: world.workforce.businessUnit.id,
    team: { id: user.team.id, name: user.team.name },
    ...common,
    ...(code !== null && {
      scheduledActivityCode: { id: code.id, secondaryPresences: code.secondaryPresenceIds.map((id) => ({ id })) },
    }),
    adherenceChangeTime: isoOf(adherence.changedAt),
    activeQueues: activeQueueIds.map((id) => ({ id })),
  };
};
