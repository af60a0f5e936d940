import type { Interval } from '@floorwatch/domain';
import { useMemo } from 'react';
import { useGrownLanes } from './grow-lanes.ts';
import { rowsOf, type LaneKind, type Lanes, type Mark } from './lane.ts';
import type { LiveTail } from './live-tail.ts';
import { SegmentTable } from './segment-table.tsx';

interface TimelineTableProps {
  readonly told: Lanes;
  readonly tail: LiveTail;
  readonly marks: readonly Mark[];
  readonly range: Interval;
  readonly zone: string;
  readonly shown: readonly LaneKind[];
  readonly note: string;
}

const MINUTE_MS = 60_000;

/** The table twin of the timeline: every segment of the lanes shown, in order of time. */
export const TimelineTable = ({ told, tail, marks, range, zone, shown, note }: TimelineTableProps) => {
  const lanes = useGrownLanes(told, tail, { range, stepMs: MINUTE_MS });
  const rows = useMemo(() => rowsOf(lanes, shown), [lanes, shown]);
  return <SegmentTable caption={`Timeline · ${note}`} {...{ rows, marks, zone, range }} />;
};
