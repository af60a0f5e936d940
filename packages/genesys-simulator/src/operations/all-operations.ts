import { divisionOperations } from './division-operations.ts';
import { notificationOperations } from './notification-operations.ts';
import type { Operation } from './operation.ts';
import { presenceDefinitionOperations } from './presence-definition-operations.ts';
import { presenceOperations } from './presence-operations.ts';
import { queueOperations } from './queue-operations.ts';
import { routingStatusOperations } from './routing-status-operations.ts';
import { userOperations } from './user-operations.ts';

/** Every operation the simulator offers: one file for each family of calls. */
export const ALL_OPERATIONS: readonly Operation[] = [
  ...userOperations,
  ...presenceOperations,
  ...presenceDefinitionOperations,
  ...routingStatusOperations,
  ...queueOperations,
  ...divisionOperations,
  ...notificationOperations,
];
