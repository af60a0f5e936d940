import type { RoutingStatusName } from '../floor/live-state.ts';
import type { SystemPresence } from '../org/presence-definition.ts';

/** A stretch of time with one value. Virtual instants, ms; `endsAt` is null while it goes on. */
export interface Segment<Value> {
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly value: Value;
}

export interface PresenceValue {
  readonly definitionId: string;
  readonly systemPresence: SystemPresence;
}

export type PresenceSegment = Segment<PresenceValue>;
export type RoutingSegment = Segment<RoutingStatusName>;

/** When a value began. */
export interface Turn<Value> {
  readonly at: number;
  readonly value: Value;
}

/** Each value lasts until the next one begins, the last one is going on; only what touches the interval is returned. */
export const toSegments = <Value>(
  turns: readonly Turn<Value>[],
  { from, to }: { readonly from: number; readonly to: number },
): Segment<Value>[] =>
  turns
    .map(({ at, value }, index) => ({ startsAt: at, endsAt: turns[index + 1]?.at ?? null, value }))
    .filter(({ startsAt, endsAt }) => startsAt < to && (endsAt ?? Infinity) > from);
