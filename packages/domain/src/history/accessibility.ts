import type { Activity } from '../activity/activity.ts';

/**
 * How an activity counts towards the accessible share.
 *
 * - `accessible`: at work for customers, or ready to be
 * - `inaccessible`: staffed, but not to be reached
 * - `ignored`: in neither part of the fraction
 */
export const ACCESSIBILITIES = ['accessible', 'inaccessible', 'ignored'] as const;

export type Accessibility = (typeof ACCESSIBILITIES)[number];

export type AccessibilityMapping = Readonly<Record<Activity, Accessibility>>;

/**
 * The mapping that holds unless another one is given: a decision of the contact centre, and so data (ADR 13). Available off
 * queue is not accessible: no contact is ever offered to such an agent (API §6.1).
 */
export const ACCESSIBILITY: AccessibilityMapping = {
  ready: 'accessible',
  interacting: 'accessible',
  communicating: 'accessible',
  afterCallWork: 'accessible',
  notResponding: 'inaccessible',
  available: 'inaccessible',
  busy: 'inaccessible',
  break: 'inaccessible',
  meal: 'inaccessible',
  meeting: 'inaccessible',
  training: 'inaccessible',
  away: 'inaccessible',
  idle: 'inaccessible',
  offline: 'ignored',
  unknown: 'ignored',
};
