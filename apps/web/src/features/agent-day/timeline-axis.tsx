import { useMemo } from 'react';
import { formatInstant } from '../../lib/zone-time.ts';
import { axisTicks } from './axis-ticks.ts';
import { percentOf, type TimeScale } from './time-window.ts';

interface TimelineAxisProps {
  readonly scale: TimeScale;
  readonly zone: string;
  readonly measure: (element: Element | null) => void;
}

/** Times as clocks in the zone show them. With the focus on it the arrow keys pan. */
export const TimelineAxis = ({ scale, zone, measure }: TimelineAxisProps) => {
  const ticks = useMemo(() => axisTicks(scale, zone), [scale, zone]);
  return (
    <div className="lane lane--axis">
      <span className="lane__label" aria-hidden="true" />
      <div
        ref={measure}
        className="axis"
        role="slider"
        tabIndex={0}
        aria-label="Time shown: arrow keys move it, plus and minus zoom, 0 shows all"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        aria-valuetext={`${formatInstant(scale.from, zone)} to ${formatInstant(scale.to, zone)}`}
      >
        {ticks.map(({ at, x, label, isDay }) => (
          <span
            key={at}
            className="axis__tick"
            data-day={isDay || undefined}
            style={{ insetInlineStart: percentOf(scale, x) }}
          >
            {label}
          </span>
        ))}
      </div>
    </div>
  );
};
