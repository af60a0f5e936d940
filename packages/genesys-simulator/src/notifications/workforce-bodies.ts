import type { ScheduleChange } from '../workforce/published-schedule.ts';

const isoOf = (instant: number): string => new Date(instant).toISOString();

/** `v2.users.{id}.workforcemanagement.schedules`: says that the schedule should be read again, not what is in it. */
export const userScheduleBody = ({ userId, from, to, shiftStarts }: ScheduleChange): object => ({
  user: { id: userId },
  startDate: isoOf(from),
  endDate: isoOf(to),
  updates: [{ type: 'Edited', shiftStartDates: shiftStarts.map(isoOf) }],
});

/** The same for everybody of a management unit. */
export const unitSchedulesBody = ({ userId, from, to }: ScheduleChange): object => ({
  agents: [{ agentId: userId, startDate: isoOf(from), endDate: isoOf(to) }],
});

export interface ScheduleSearch {
  readonly operationId: string;
  readonly downloadUrl: string;
}

export const scheduleSearchBody = ({ operationId, downloadUrl }: ScheduleSearch): object => ({
  operationId,
  status: 'Complete',
  downloadUrl,
});
