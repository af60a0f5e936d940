import type { AgentAvailabilityLine } from '@floorwatch/contracts';
import { useMemo } from 'react';
import type { InstantRange } from '../../lib/calendar-range.ts';
import { speakTimes } from '../../lib/figure-columns.ts';
import { stackPaths } from './stack-paths.ts';

const BOX = { width: 240, height: 26, gap: 1 };

interface AgentBarsProps {
  readonly line: AgentAvailabilityLine;
  readonly range: InstantRange;
  /** Opens the same as a table. */
  readonly onOpen: (agentId: string) => void;
}

/** How an agent's time was divided, interval by interval. A click shows the numbers. */
export const AgentBars = ({ line, range, onOpen }: AgentBarsProps) => {
  const { name, agentId, intervals, total } = line;
  const paths = useMemo(() => stackPaths(intervals, range, BOX), [intervals, range]);
  const times = speakTimes(total);
  return (
    <button
      type="button"
      className="mini-bars"
      aria-label={`${name}, intervals as a table. ${times}`}
      title={`${times}. Click for the numbers of each interval.`}
      onClick={() => onOpen(agentId)}
    >
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
        {[...paths].map(([state, path]) => (
          <path key={state} d={path} data-metric={state} className="mini-bars__part" />
        ))}
      </svg>
    </button>
  );
};

/** The hatching of what is not known; once for the page. */
export const HatchSheet = () => (
  <svg width="0" height="0" aria-hidden="true" style={{ position: 'absolute' }}>
    <defs>
      <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="1.2" height="5" className="hatch__line" />
      </pattern>
    </defs>
  </svg>
);
