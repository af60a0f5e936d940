import type { AvailabilityInterval } from '@floorwatch/contracts';
import { METRIC_STATES, type MetricState } from '@floorwatch/domain';
import type { InstantRange } from '../../lib/calendar-range.ts';
import { secondsOf } from '../../lib/figure-columns.ts';

export interface BarBox {
  readonly width: number;
  readonly height: number;
  /** Left free between two bars, px, where they are wide enough. */
  readonly gap: number;
}

/** From the bottom up: at work lies on ready, and who is gone on top of it all. */
const STACK: readonly MetricState[] = ['available', 'onCall', 'wrapUp', 'notReady', 'offline', 'unknown'];

/**
 * Stacked bars as one SVG path per state: the bars of a hundred agents are then six hundred elements, not fifteen thousand.
 * A bar is as wide as its interval; one that is still going on is as wide as what has gone by.
 */
export const stackPaths = (
  intervals: readonly AvailabilityInterval[],
  range: InstantRange,
  box: BarBox,
): ReadonlyMap<MetricState, string> => {
  const paths = new Map<MetricState, string>(METRIC_STATES.map((state) => [state, '']));
  const scale = box.width / (range.to - range.from);
  for (const interval of intervals) {
    const from = Date.parse(interval.windowStart);
    const length = interval.elapsedSeconds * 1000;
    if (length <= 0) continue;
    const wide = length * scale;
    const width = wide > 3 * box.gap ? wide - box.gap : wide;
    const x = (from - range.from) * scale;
    let bottom = box.height;
    for (const state of STACK) {
      const height = (secondsOf(interval, state) / interval.elapsedSeconds) * box.height;
      if (height <= 0) continue;
      bottom -= height;
      paths.set(state, `${paths.get(state) ?? ''}M${px(x)} ${px(bottom)}h${px(width)}v${px(height)}h${px(-width)}z`);
    }
  }
  return paths;
};

const px = (value: number): string => String(Math.round(value * 100) / 100);
