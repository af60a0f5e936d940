import type { Interval } from '@floorwatch/domain';
import { useMemo } from 'react';
import { usePlatformNow } from '../../live/use-live.ts';
import { cutSegments } from './join-segments.ts';
import type { Lanes } from './lane.ts';
import { growLane, type LiveLane, type LiveTail } from './live-tail.ts';

const GROWING: readonly LiveLane[] = ['presence', 'routing', 'activity'];

/** The lanes as told, carried on to `now` (ms) by the live floor where the range is not over. */
export const growLanes = (told: Lanes, tail: LiveTail, { range, now }: { range: Interval; now: number }): Lanes => {
  if (now <= range.from || now >= range.to) return told;
  const heard = GROWING.map((kind) => tail.points[kind].at(-1)?.at ?? 0);
  const until = Math.max(now, ...heard.map((at) => at + 1));
  const grown = GROWING.map(
    (kind) => [kind, cutSegments(growLane(told[kind], tail.points[kind], until), range)] as const,
  );
  return { ...told, ...Object.fromEntries(grown) };
};

/** The same, growing in steps of `stepMs`: as often as a viewer could see a difference. */
export const useGrownLanes = (told: Lanes, tail: LiveTail, { range, stepMs }: { range: Interval; stepMs: number }) => {
  const now = usePlatformNow(stepMs);
  const { from, to } = range;
  return useMemo(
    () => (now === null ? told : growLanes(told, tail, { range: { from, to }, now })),
    [told, tail, from, to, now],
  );
};
