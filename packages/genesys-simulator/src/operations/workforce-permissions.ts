/** Who has anything to do with planning may read the activity codes: entity and actions, in the platform's order. */
const READERS: readonly (readonly [string, ...string[]])[] = [
  ['agentSchedule', 'view'],
  ['agentTimeOffRequest', 'submit'],
  ['activityCode', 'add', 'delete', 'edit', 'view'],
  ['agent', 'edit', 'view'],
  ['businessUnit', 'add', 'delete', 'edit', 'view'],
  ['historicalAdherence', 'view'],
  ['shrinkage', 'view'],
  ['intraday', 'view'],
  ['managementUnit', 'add', 'delete', 'edit', 'view'],
  ['realtimeAdherence', 'view'],
  ['schedule', 'add', 'delete', 'edit', 'generate', 'view'],
  ['publishedSchedule', 'view'],
  ['serviceGoalTemplate', 'add', 'delete', 'edit', 'view'],
  ['planningGroup', 'add', 'delete', 'edit', 'view'],
  ['shiftTradeRequest', 'edit', 'view'],
  ['shortTermForecast', 'add', 'delete', 'edit', 'view'],
  ['timeOffLimit', 'add', 'delete', 'edit', 'view'],
  ['timeOffPlan', 'add', 'delete', 'edit', 'view'],
  ['timeOffRequest', 'add', 'edit', 'view'],
  ['workPlan', 'add', 'delete', 'edit', 'view'],
  ['workPlanRotation', 'add', 'delete', 'edit', 'view'],
  ['agentSchedulingPreferencesQuery', 'view'],
  ['agentSchedulingPreferences', 'edit'],
  ['agentSchedulingPreferencesSettings', 'view'],
  ['schedulingPreferencesQuery', 'view'],
  ['schedulingPreferencesSettings', 'view', 'edit'],
];

export const ACTIVITY_CODE_READERS = READERS.flatMap(([entity, ...actions]) =>
  actions.map((action) => `wfm:${entity}:${action}`),
);
