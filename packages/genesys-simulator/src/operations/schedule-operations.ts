import { z } from 'zod';
import type { UserProfile } from '../org/user-profile.ts';
import { badRequest } from '../server/platform-error.ts';
import { Random } from '../time/random.ts';
import type { Activity, PublishedShift } from '../workforce/published-schedule.ts';
import { findActivityCode } from '../workforce/activity-code.ts';
import { userReference } from './adherence-entity.ts';
import { isoOf } from './interval.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';
import { agentsOfUnit, requireBusinessUnit } from './workforce-operations.ts';

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
/** Monday, 5 January 1970. */
const FIRST_MONDAY = 4 * DAY_MS;
const MAX_DAYS = 42;

/** Agent-days up to which the answer comes at once, and up to which it comes as a file; more is worked on (API §10.3). */
const LARGEST_ANSWER = 200;
const LARGEST_FILE = 1000;

const searchBody = z.object({
  startDate: z.iso.datetime(),
  endDate: z.iso.datetime(),
  userIds: z.array(z.string()).optional(),
});

/** Schedules are published by the week, under an id that follows from it. */
const weekOf = (businessUnitId: string, instant: number) => {
  const monday = FIRST_MONDAY + Math.floor((instant - FIRST_MONDAY) / WEEK_MS) * WEEK_MS;
  const weekDate = isoOf(monday).slice(0, 10);
  return { id: new Random(`${businessUnitId}/week/${weekDate}`).uuid(), weekDate };
};

const minutesOf = ({ startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number }): number =>
  Math.round((endsAt - startsAt) / 60_000);

const activityEntity = (activity: Activity): object => {
  const isPaid = findActivityCode(activity.codeId)?.isPaid ?? false;
  return {
    startDate: isoOf(activity.startsAt),
    lengthMinutes: minutesOf(activity),
    description: '',
    activityCodeId: activity.codeId,
    paid: isPaid,
    payableMinutes: isPaid ? minutesOf(activity) : 0,
  };
};

const shiftEntity = (businessUnitId: string, shift: PublishedShift): object => ({
  id: shift.id,
  startDate: isoOf(shift.startsAt),
  lengthMinutes: minutesOf(shift),
  schedule: weekOf(businessUnitId, shift.startsAt),
  manuallyEdited: false,
  activities: shift.activities.map(activityEntity),
});

interface Search {
  readonly from: number;
  readonly to: number;
  readonly users: readonly UserProfile[];
}

const resultOf = ({ world }: ApiCall, { from, to, users }: Search): object => {
  const { id, timeZone } = world.workforce.businessUnit;
  const weeks = new Map<string, string>();
  for (let at = from; at < to + DAY_MS; at += DAY_MS) {
    const week = weekOf(id, Math.min(at, to - 1));
    weeks.set(week.id, week.weekDate);
  }
  return {
    businessUnitTimeZone: timeZone,
    publishedSchedules: [...weeks].map(([weekId, weekDate]) => ({ id: weekId, weekDate, weekCount: 1 })),
    agentSchedules: users.map((user) => ({
      user: userReference(user),
      shifts: world.schedule.shiftsBetween(user, { from, to }).map((shift) => shiftEntity(id, shift)),
      fullDayTimeOffMarkers: [],
    })),
  };
};

/** Complete with the result, complete with a file, or being worked on: then the result comes as an event to the person. */
const search = (call: ApiCall, planned: readonly UserProfile[]): object => {
  const { startDate, endDate, userIds } = readBody(searchBody, call.body);
  const from = Date.parse(startDate);
  const to = Date.parse(endDate);
  if (to <= from || to - from > MAX_DAYS * DAY_MS)
    throw badRequest(`endDate: must lie after startDate, at most ${MAX_DAYS} days`, 'wfm.validation.failure');
  const users = userIds === undefined ? planned : planned.filter(({ id }) => userIds.includes(id));
  const agentDays = users.length * Math.ceil((to - from) / DAY_MS);
  const asked = { from, to, users };
  if (call.query.flag('forceAsync') === true || agentDays > LARGEST_FILE) {
    const operationId = new Random(`${call.path}/${JSON.stringify(call.body)}`).uuid();
    const { userId } = call.access;
    if (userId !== null) call.platform.finishScheduleSearch({ userId, operationId, result: resultOf(call, asked) });
    return { status: 'Processing', operationId, progress: 0 };
  }
  const result = resultOf(call, asked);
  return agentDays > LARGEST_ANSWER || call.query.flag('forceDownloadService') === true
    ? { status: 'Complete', downloadUrl: call.platform.offerDownload(result) }
    : { status: 'Complete', result };
};

const searchUnit = (call: ApiCall): object => search(call, agentsOfUnit(call));

const searchBusinessUnit = (call: ApiCall): object => {
  requireBusinessUnit(call);
  const { workforce, organisation } = call.world;
  return search(
    call,
    organisation.agents.filter(({ id }) => workforce.unitOf(id) !== null),
  );
};

const WFM = '/api/v2/workforcemanagement';

export const scheduleOperations: readonly Operation[] = [
  {
    id: 'postWorkforcemanagementManagementunitAgentschedulesSearch',
    method: 'POST',
    path: `${WFM}/managementunits/{managementUnitId}/agentschedules/search`,
    permissions: anyOf('wfm:publishedSchedule:view', 'wfm:schedule:view'),
    run: searchUnit,
  },
  {
    id: 'postWorkforcemanagementBusinessunitAgentschedulesSearch',
    method: 'POST',
    path: `${WFM}/businessunits/{businessUnitId}/agentschedules/search`,
    permissions: anyOf('wfm:schedule:view', 'wfm:publishedSchedule:view'),
    run: searchBusinessUnit,
  },
];
