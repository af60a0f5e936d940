import { inNotifications } from '../org/presence-definition.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { World } from '../server/world.ts';
import { judgeAdherence } from '../workforce/adherence.ts';

/** Dimensions of real-time analytics that follow from the profile. */
const profileDimensions = (user: UserProfile, dimension: string): readonly string[] | undefined => {
  switch (dimension) {
    case 'userId':
      return [user.id];
    case 'divisionId':
      return [user.division.id];
    case 'managerId':
      return user.managerId === null ? [] : [user.managerId];
    case 'teamId':
      return [user.team.id];
    case 'queueId':
      return user.queueIds;
    case 'assignedSkillId':
      return user.skills.map(({ id }) => id);
    case 'assignedLanguageId':
      return user.languages.map(({ id }) => id);
    default:
      return undefined;
  }
};

/** Dimensions that follow from what the user is doing. */
const stateDimensions = (world: World, user: UserProfile, dimension: string): readonly string[] | undefined => {
  const { presence, routingStatus, outOfOffice, activeQueues } = world.engine.stateOf(user.id);
  switch (dimension) {
    case 'systemPresence':
      return [inNotifications(presence.systemPresence)];
    case 'organizationPresenceId':
      return [presence.definitionId];
    case 'routingStatus':
      return [routingStatus.status];
    case 'isOutOfOffice':
      return [String(outOfOffice.active)];
    case 'online':
      return [String(presence.systemPresence !== 'Offline')];
    case 'activeQueueId':
      return activeQueues.ids;
    case 'inactiveQueueId':
      return user.queueIds.filter((id) => !activeQueues.ids.includes(id));
    default:
      return undefined;
  }
};

/** Dimensions that follow from the plan. */
const planDimensions = (world: World, user: UserProfile, dimension: string): string[] | undefined => {
  const { workforce, engine, schedule, virtualClock } = world;
  const unit = workforce.unitOf(user.id);
  const judge = () => judgeAdherence({ engine, schedule }, user, virtualClock.now());
  switch (dimension) {
    case 'adherenceState':
      return unit === null ? [] : [judge().state];
    case 'adherenceImpact':
      return unit === null ? [] : [judge().impact];
    case 'scheduledActivityCategory':
      return unit === null ? [] : [judge().scheduled?.category ?? 'Unscheduled'];
    case 'scheduledActivityCodeId':
      return unit === null ? [] : [judge().scheduled?.codeId ?? ''];
    case 'actualActivityCategory':
      return unit === null ? [] : [judge().actualCategory];
    case 'managementUnitId':
      return unit === null ? [] : [unit.id];
    case 'businessUnitId':
      return unit === null ? [] : [workforce.businessUnit.id];
    default:
      return undefined;
  }
};

/** What agents can be filtered by in real-time analytics (API §9.4). */
export const userDimensionsOf =
  (world: World) =>
  (user: UserProfile, dimension: string): readonly string[] | undefined =>
    profileDimensions(user, dimension) ??
    stateDimensions(world, user, dimension) ??
    planDimensions(world, user, dimension);
