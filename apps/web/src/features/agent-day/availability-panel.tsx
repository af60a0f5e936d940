import { SegmentedControl } from '@mantine/core';
import type { AgentAvailability } from '@floorwatch/contracts';
import type { Interval } from '@floorwatch/domain';
import { lazy, Suspense, useMemo } from 'react';
import { GRAIN_WORD, grainFor, grainsFor } from '../../lib/bar-grain.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { RequestFailed } from './agent-states.tsx';
import { AvailabilityTable } from './availability-table.tsx';
import { FiguresSummary } from './figures-summary.tsx';
import { Panel, useTableTwin } from './panel.tsx';
import { timeTellingOf } from '../../lib/time-telling.ts';
import { useAgentDaySearch } from './use-agent-day-search.ts';

/** Loaded when it is first drawn: the chart library is a hundred kilobytes. */
const AvailabilityChart = lazy(async () => ({
  default: (await import('./availability-chart.tsx')).AvailabilityChart,
}));

/** Every five minutes of a day. */
export const MOST_BARS = 300;

interface AvailabilityPanelProps {
  readonly answer: AgentAvailability | undefined;
  readonly error: Error | null;
  readonly onRetry: () => void;
  readonly range: Interval;
  readonly zone: string;
  readonly note: string;
  readonly isRunning: boolean;
}

/** Time per state and interval, as bars or as a table, with what it adds up to. */
export const AvailabilityPanel = (props: AvailabilityPanelProps) => {
  const { answer, error, onRetry, range, note, isRunning } = props;
  const { search, change } = useAgentDaySearch();
  const length = range.to - range.from;
  const grain = grainFor(length, search.grain, MOST_BARS);
  return (
    <Panel
      title="Availability"
      note={`${note} · per ${GRAIN_WORD[grain]}`}
      chart="availability"
      controls={
        <SegmentedControl
          size="xs"
          aria-label="Length of the intervals"
          data={grainsFor(length, MOST_BARS).map((value) => ({ value, label: GRAIN_WORD[value] }))}
          value={grain}
          onChange={(value) => change({ grain: grainsFor(length, MOST_BARS).find((name) => name === value) })}
        />
      }
    >
      {error !== null && <RequestFailed what="Availability" error={error} onRetry={onRetry} />}
      {answer === undefined ? (
        error === null && <div className="ghost-block" role="status" aria-label="Loading the figures" />
      ) : (
        <>
          <FiguresSummary
            total={answer.total}
            lengthSeconds={(range.to - Math.max(range.from, Date.parse(answer.from))) / 1000}
            isRunning={isRunning}
          />
          <Intervals {...props} answer={answer} />
        </>
      )}
    </Panel>
  );
};

const Intervals = ({ answer, range, zone, note }: AvailabilityPanelProps & { readonly answer: AgentAvailability }) => {
  const { isTable } = useTableTwin('availability');
  const isPrinting = usePrinting();
  const { from, to } = range;
  const telling = useMemo(() => timeTellingOf({ from, to }, zone), [from, to, zone]);
  const told = { intervals: answer.intervals, grain: answer.granularity, telling };
  if (answer.intervals.length === 0) return <p className="panel__footnote">No interval of this time has begun yet.</p>;
  if (isTable || isPrinting) return <AvailabilityTable {...told} total={answer.total} note={note} />;
  return (
    <Suspense fallback={<div className="ghost-block" />}>
      <AvailabilityChart {...told} />
    </Suspense>
  );
};
