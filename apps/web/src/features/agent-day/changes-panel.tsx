import type { Interval } from '@floorwatch/domain';
import { useDeferredValue, useMemo } from 'react';
import { useGrownLanes } from './grow-lanes.ts';
import { rowsOf, type Lanes, type Mark } from './lane.ts';
import type { LiveTail } from './live-tail.ts';
import { Panel } from './panel.tsx';
import { SegmentTable } from './segment-table.tsx';

interface ChangesPanelProps {
  readonly told: Lanes;
  readonly tail: LiveTail;
  readonly marks: readonly Mark[];
  readonly range: Interval;
  readonly zone: string;
  readonly note: string;
}

const MINUTE_MS = 60_000;

/** Every change of presence and routing status: since when, how long, by whom. The newest first. */
export const ChangesPanel = ({ told, tail, marks, range, zone, note }: ChangesPanelProps) => {
  const settled = useDeferredValue(told); // the lanes first: a table of thousands of lines can wait while days come in
  const lanes = useGrownLanes(settled, tail, { range, stepMs: MINUTE_MS });
  const rows = useMemo(() => rowsOf(lanes, ['presence', 'routing']).toReversed(), [lanes]);
  return (
    <Panel title="Changes" note={`${note} · newest first`}>
      <SegmentTable caption={`Changes of presence and routing · ${note}`} {...{ rows, marks, zone, range }} />
    </Panel>
  );
};
