import type { Operations } from '@floorwatch/contracts';
import { CHARTS, plainNumber } from './charts.ts';

interface HourTableProps {
  readonly history: Operations['history'];
  readonly timeOf: (instant: string) => string;
}

/** One line a minute: that is what can be read. */
const MINUTE_MS = 60_000;

/** The last hour in figures, the latest first. */
export const HourTable = ({ history, timeOf }: HourTableProps) => {
  const step = Math.max(1, Math.round(MINUTE_MS / history.everyMs));
  const shown = history.at
    .map((instant, index) => ({ instant, index }))
    .filter(({ index }) => (history.at.length - 1 - index) % step === 0);
  const columns = CHARTS.flatMap(({ title, unit, times = 1, lines }) =>
    lines.map(({ series, name }) => ({
      key: series,
      head: lines.length > 1 ? `${title}, ${name}` : title,
      unit,
      times,
    })),
  );
  return (
    <div className="hour-table" role="region" aria-label="The last hour in figures" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {columns.map(({ key, head, unit }) => (
              <th key={key} scope="col">
                {head} <span className="hour-table__unit">{unit}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.toReversed().map(({ instant, index }) => (
            <tr key={instant}>
              <th scope="row">{timeOf(instant)}</th>
              {columns.map(({ key, times }) => {
                const value = history.series[key]?.[index] ?? null;
                return <td key={key}>{plainNumber(value === null ? null : value * times)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
