import type { AvailabilityFigures } from '@floorwatch/contracts';
import { METRIC_STATES } from '@floorwatch/domain';
import { formatDuration } from '../../lib/amounts.ts';
import { FIGURE_COLUMNS, writeFigures } from '../../lib/figure-columns.ts';
import { AFTER_CALL_WORK_NOTE, METRIC_MEANING, METRIC_WORD } from '../../look/words.ts';

interface FiguresSummaryProps {
  readonly total: AvailabilityFigures;
  /** Length of the whole time asked for, seconds. */
  readonly lengthSeconds: number;
  /** It still goes on: only what has gone by can be added up. */
  readonly isRunning: boolean;
}

const SHARES = FIGURE_COLUMNS.filter(({ key }) => ['readyShare', 'accessibleShare', 'occupancy'].includes(key));

/** The figures of the whole time: what they add up to is told, so that it can be seen that nothing is missing. */
export const FiguresSummary = ({ total, lengthSeconds, isRunning }: FiguresSummaryProps) => {
  const texts = writeFigures(total);
  const columns = FIGURE_COLUMNS.filter(({ state }) => state !== null);
  return (
    <div className="summary">
      <dl className="summary__shares">
        {SHARES.map(({ key, word, meaning }) => (
          <div key={key} className="summary__share" title={meaning}>
            <dt>{word}</dt>
            <dd>{texts[key]}</dd>
          </div>
        ))}
      </dl>
      <ul className="legend">
        {METRIC_STATES.map((state, index) => (
          <li key={state} className="legend__item" data-metric={state} title={METRIC_MEANING[state]}>
            <span className="legend__swatch" aria-hidden="true" />
            {METRIC_WORD[state]} <b>{texts[columns[index]?.key ?? 'availableSeconds']}</b>
          </li>
        ))}
      </ul>
      <p className="summary__sum">
        Together <b>{formatDuration(total.elapsedSeconds)}</b> of {formatDuration(lengthSeconds)}
        {isRunning && ' so far'}
        {total.isVolatile && '; volatile stretches are in the times and left out of the shares'}
      </p>
      <p className="summary__note">{AFTER_CALL_WORK_NOTE}</p>
    </div>
  );
};
