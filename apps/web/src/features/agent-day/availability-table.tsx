import type { AvailabilityFigures, AvailabilityInterval } from '@floorwatch/contracts';
import type { Granularity } from '@floorwatch/domain';
import { FIGURE_COLUMNS, writeFigures } from '../../lib/figure-columns.ts';
import { intervalWords } from '../../lib/interval-words.ts';
import type { TimeTelling } from '../../lib/time-telling.ts';

interface AvailabilityTableProps {
  readonly intervals: readonly AvailabilityInterval[];
  readonly total: AvailabilityFigures;
  readonly grain: Granularity;
  readonly telling: TimeTelling;
  readonly note: string;
}

/** The table twin of the bars: the same figures, interval by interval, and their sum. */
export const AvailabilityTable = ({ intervals, total, grain, telling, note }: AvailabilityTableProps) => (
  <div className="sheet" role="region" aria-label="Availability per interval as a table" tabIndex={0}>
    <table className="table">
      <caption className="table__caption">Availability per interval · {note}</caption>
      <thead>
        <tr>
          <th scope="col">Interval</th>
          {FIGURE_COLUMNS.map(({ key, word, meaning }) => (
            <th key={key} scope="col" className="table__number" title={meaning}>
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {intervals.map((interval) => (
          <tr key={interval.windowStart}>
            <th scope="row">
              {intervalWords(interval, grain, telling)}
              {interval.isVolatile && (
                <span className="table__mark" title="More than three changes in a minute: left out of shares">
                  {' '}
                  volatile
                </span>
              )}
            </th>
            <Figures figures={interval} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          <Figures figures={total} />
        </tr>
      </tfoot>
    </table>
  </div>
);

const Figures = ({ figures }: { readonly figures: AvailabilityFigures }) => {
  const texts = writeFigures(figures);
  return FIGURE_COLUMNS.map(({ key }) => (
    <td key={key} className="table__number">
      {texts[key]}
    </td>
  ));
};
