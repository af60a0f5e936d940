import type { Operations } from '@floorwatch/contracts';
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type TooltipContentProps,
} from 'recharts';
import { plainNumber, type Chart } from './charts.ts';

interface HourChartProps {
  readonly chart: Chart;
  readonly history: Operations['history'];
  readonly timeOf: (instant: string) => string;
}

interface Point {
  readonly time: string;
  readonly [series: string]: number | string | null;
}

const HEIGHT = 116;
const AXIS = { stroke: 'var(--fw-line)', tick: { fill: 'var(--fw-quiet)', fontSize: 11 }, tickLine: false } as const;

/** Latest value of a line, in the unit of its chart; null where nothing was measured. */
export const latestOf = ({ lines, times = 1 }: Chart, { series }: Operations['history'], index = 0): number | null => {
  const line = lines[index];
  const value = line === undefined ? null : (series[line.series]?.at(-1) ?? null);
  return value === null ? null : value * times;
};

/** One figure over the last hour. */
export const HourChart = ({ chart, history, timeOf }: HourChartProps) => {
  const { title, unit, lines, times = 1 } = chart;
  const points: Point[] = history.at.map((instant, index) => ({
    time: timeOf(instant),
    ...Object.fromEntries(
      lines.map(({ series }) => {
        const value = history.series[series]?.[index] ?? null;
        return [series, value === null ? null : value * times];
      }),
    ),
  }));
  return (
    <figure className="hour" role="group" aria-label={`${title} over the last hour; the same is in the table`}>
      <figcaption className="hour__head">
        <span className="hour__title">{title}</span>
        <span>
          {lines.map(({ series, name, colour }, index) => (
            <span key={series} className="hour__line">
              {lines.length > 1 && <span className="hour__swatch" style={{ background: colour }} />}
              {lines.length > 1 && `${name} `}
              <b>{plainNumber(latestOf(chart, history, index))}</b>
            </span>
          ))}{' '}
          {unit}
        </span>
      </figcaption>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <LineChart data={points} margin={{ top: 6, right: 4, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--fw-line)" />
          <XAxis dataKey="time" {...AXIS} minTickGap={48} />
          <YAxis {...AXIS} width={46} tickFormatter={plainNumber} tickCount={4} domain={[0, 'auto']} />
          <Tooltip content={LineTooltip} isAnimationActive={false} />
          {lines.map(({ series, name, colour }) => (
            <Line
              key={series}
              dataKey={series}
              name={name}
              stroke={colour}
              dot={false}
              strokeWidth={1.6}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
};

const LineTooltip = ({ active, payload, label }: TooltipContentProps) => {
  if (!active || payload.length === 0) return null;
  return (
    <div className="hour__tooltip">
      <p>{label}</p>
      {payload.map(({ name, value, stroke }) => (
        <p key={String(name)}>
          <span className="hour__swatch" style={{ background: stroke }} />
          {String(name)} <b>{plainNumber(typeof value === 'number' ? value : null)}</b>
        </p>
      ))}
    </div>
  );
};
