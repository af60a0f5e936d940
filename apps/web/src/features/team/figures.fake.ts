import type { AvailabilityFigures } from '@floorwatch/contracts';

/** Seconds of the six states: ready, on contact, after-call work, not ready, offline, unknown. */
export type Six = readonly [number, number, number, number, number, number];

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export const figuresOf = ([ready, onCall, wrapUp, notReady, offline, unknown]: Six): AvailabilityFigures => ({
  availableSeconds: ready,
  onCallSeconds: onCall,
  wrapUpSeconds: wrapUp,
  notReadySeconds: notReady,
  offlineSeconds: offline,
  unknownSeconds: unknown,
  activitySeconds: {},
  elapsedSeconds: ready + onCall + wrapUp + notReady + offline + unknown,
  stateTransitions: 4,
  readyShare: share(ready, ready + onCall + wrapUp + notReady),
  accessibleShare: share(ready + onCall + wrapUp, ready + onCall + wrapUp + notReady),
  occupancy: share(onCall + wrapUp, ready + onCall + wrapUp),
  isVolatile: false,
});
