import { adherenceOperations } from './adherence-operations.ts';
import { agentStatusOperations } from './agent-status-operations.ts';
import { auditOperations } from './audit-operations.ts';
import { catalogueOperations } from './catalogue-operations.ts';
import { conversationOperations } from './conversation-operations.ts';
import { divisionOperations } from './division-operations.ts';
import { groupOperations } from './group-operations.ts';
import { notificationOperations } from './notification-operations.ts';
import { observationOperations } from './observation-operations.ts';
import type { Operation } from './operation.ts';
import { organisationOperations } from './organisation-operations.ts';
import { presenceDefinitionOperations } from './presence-definition-operations.ts';
import { presenceOperations } from './presence-operations.ts';
import { presenceSettingsOperations } from './presence-settings-operations.ts';
import { queueMemberOperations } from './queue-member-operations.ts';
import { queueOperations } from './queue-operations.ts';
import { routingStatusOperations } from './routing-status-operations.ts';
import { scheduleOperations } from './schedule-operations.ts';
import { teamOperations } from './team-operations.ts';
import { tokenOperations } from './token-operations.ts';
import { userAggregatesOperations } from './user-aggregates-operations.ts';
import { userDetailsOperations } from './user-details-operations.ts';
import { userOperations } from './user-operations.ts';
import { userSearchOperations } from './user-search-operations.ts';
import { userStateOperations } from './user-state-operations.ts';
import { workforceOperations } from './workforce-operations.ts';

/** Every operation the simulator offers: one file for each family of calls. */
export const ALL_OPERATIONS: readonly Operation[] = [
  ...tokenOperations,
  ...organisationOperations,
  ...divisionOperations,
  ...userOperations,
  ...userSearchOperations,
  ...userStateOperations,
  ...teamOperations,
  ...groupOperations,
  ...catalogueOperations,
  ...presenceOperations,
  ...presenceDefinitionOperations,
  ...presenceSettingsOperations,
  ...routingStatusOperations,
  ...queueOperations,
  ...queueMemberOperations,
  ...workforceOperations,
  ...adherenceOperations,
  ...scheduleOperations,
  ...agentStatusOperations,
  ...observationOperations,
  ...conversationOperations,
  ...auditOperations,
  ...userDetailsOperations,
  ...userAggregatesOperations,
  ...notificationOperations,
];
