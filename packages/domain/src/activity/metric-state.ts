import type { Activity } from './activity.ts';

/** The six states that metrics add up; their seconds always sum to the window. */
export const METRIC_STATES = ['available', 'onCall', 'wrapUp', 'notReady', 'offline', 'unknown'] as const;

export type MetricState = (typeof METRIC_STATES)[number];

/** Which metric state an activity counts as. Only `ready` is capacity: Available off queue is not ready. */
export const METRIC_STATE: Readonly<Record<Activity, MetricState>> = {
  ready: 'available',
  interacting: 'onCall',
  communicating: 'onCall',
  afterCallWork: 'wrapUp',
  notResponding: 'notReady',
  available: 'notReady',
  busy: 'notReady',
  break: 'notReady',
  meal: 'notReady',
  meeting: 'notReady',
  training: 'notReady',
  away: 'notReady',
  idle: 'notReady',
  offline: 'offline',
  unknown: 'unknown',
};
