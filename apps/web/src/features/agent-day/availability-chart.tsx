import type { AvailabilityInterval } from '@floorwatch/contracts';
import { METRIC_STATES, type Granularity, type MetricState } from '@floorwatch/domain';
import { useMemo } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type TooltipContentProps,
} from 'recharts';
import { formatDuration } from '../../lib/amounts.ts';
import { secondsOf } from '../../lib/figure-columns.ts';
import { METRIC_WORD } from '../../look/words.ts';
import { intervalLabel, intervalWords } from '../../lib/interval-words.ts';
import type { TimeTelling } from '../../lib/time-telling.ts';

interface AvailabilityChartProps {
  readonly intervals: readonly AvailabilityInterval[];
  readonly grain: Granularity;
  readonly telling: TimeTelling;
}

/** From the bottom up: at work lies on ready, and who is gone on top of it all. */
const STACK: readonly MetricState[] = ['available', 'onCall', 'wrapUp', 'notReady', 'offline', 'unknown'];

/** The six states in colours of the activities that stand for them; what is not known is hatched. */
const FILL: Readonly<Record<MetricState, string>> = {
  available: 'var(--fw-ready)',
  onCall: 'var(--fw-interacting)',
  wrapUp: 'var(--fw-after-call-work)',
  notReady: 'var(--fw-break)',
  offline: 'color-mix(in srgb, var(--fw-offline) 38%, var(--fw-surface))',
  unknown: 'url(#hatch)',
};

type Bars = Readonly<Record<MetricState, number>> & { readonly label: string; readonly words: string };

const HEIGHT = 260;
const AXIS = { stroke: 'var(--fw-line)', tick: { fill: 'var(--fw-quiet)', fontSize: 11.5 }, tickLine: false } as const;

/** Time per state and interval as stacked bars: each as high as its interval is long. */
export const AvailabilityChart = ({ intervals, grain, telling }: AvailabilityChartProps) => {
  const bars = useMemo(
    () =>
      intervals.map((interval) => ({
        ...(Object.fromEntries(METRIC_STATES.map((state) => [state, secondsOf(interval, state)])) as Record<
          MetricState,
          number
        >),
        label: intervalLabel(interval, grain, telling),
        words: intervalWords(interval, grain, telling),
      })),
    [intervals, grain, telling],
  );
  const { seconds, parts } = SCALE[grain];
  const top = Math.max(...intervals.map(({ elapsedSeconds }) => elapsedSeconds), seconds);
  const ticks = Array.from({ length: parts + 1 }, (_, part) => (part * seconds) / parts);
  return (
    <div className="bars" role="group" aria-label="Availability per interval; the same is in the table">
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart
          data={bars}
          margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
          barCategoryGap={bars.length > 60 ? 1 : '14%'}
        >
          <CartesianGrid vertical={false} stroke="var(--fw-line)" />
          <XAxis dataKey="label" {...AXIS} minTickGap={18} />
          <YAxis {...AXIS} width={52} tickFormatter={axisDuration} domain={[0, top]} ticks={ticks} />
          <Tooltip content={BarTooltip} cursor={{ fill: 'var(--fw-well)' }} isAnimationActive={false} />
          {STACK.map((state) => (
            <Bar
              key={state}
              dataKey={state}
              name={METRIC_WORD[state]}
              stackId="time"
              fill={FILL[state]}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
};

/** How long an interval usually is, s, and in how many parts its height is told. */
const SCALE: Readonly<Record<Granularity, { readonly seconds: number; readonly parts: number }>> = {
  '5m': { seconds: 300, parts: 5 },
  '15m': { seconds: 900, parts: 3 },
  '30m': { seconds: 1800, parts: 3 },
  '1h': { seconds: 3600, parts: 4 },
  '1d': { seconds: 86_400, parts: 4 },
  '1w': { seconds: 604_800, parts: 7 },
};

const axisDuration = (seconds: number): string =>
  seconds >= 7200 ? `${Math.round(seconds / 360) / 10} h` : `${Math.round(seconds / 6) / 10} min`;

const BarTooltip = ({ active, payload }: TooltipContentProps) => {
  const bars = payload[0]?.payload as Bars | undefined;
  if (!active || bars === undefined) return null;
  return (
    <div className="bars__tooltip">
      <p className="tooltip__title">{bars.words}</p>
      {STACK.toReversed()
        .filter((state) => bars[state] > 0)
        .map((state) => (
          <p key={state} className="legend__item" data-metric={state}>
            <span className="legend__swatch" />
            {METRIC_WORD[state]} <b>{formatDuration(bars[state])}</b>
          </p>
        ))}
    </div>
  );
};
