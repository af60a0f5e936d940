import type { FloorHealth } from '@floorwatch/contracts';

/** A figure with the values of one label, or one without a label. */
export interface Figure {
  readonly kind: 'gauge' | 'counter';
  readonly name: string;
  readonly help: string;
  readonly label?: string;
  readonly read: (health: FloorHealth) => Readonly<Record<string, number>> | number;
}

/** Of two instants of a report; NaN where there is none. */
export const secondsSince = (now: string, then: string | null): number =>
  then === null ? NaN : (Date.parse(now) - Date.parse(then)) / 1000;
