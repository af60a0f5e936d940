import { Modal } from '@mantine/core';
import type { AgentAvailabilityLine, AvailabilityInterval } from '@floorwatch/contracts';
import { intervalWords } from '../../lib/interval-words.ts';
import { timeTellingOf } from '../../lib/time-telling.ts';
import { zoneWords } from '../../lib/zone-time.ts';
import { FIGURE_COLUMNS, writeFigures } from '../../lib/figure-columns.ts';
import type { TeamQuestion } from './team-query.ts';

interface IntervalsDialogProps {
  /** Null: closed. */
  readonly line: AgentAvailabilityLine | null;
  /** The range in words. */
  readonly words: string;
  readonly question: TeamQuestion;
  readonly onClose: () => void;
}

/** The numbers behind one agent's bars: a line for each interval, and their sum. */
export const IntervalsDialog = ({ line, words, question, onClose }: IntervalsDialogProps) => (
  <Modal
    opened={line !== null}
    onClose={onClose}
    title={line === null ? '' : `${line.name}: ${words}`}
    size={1120}
    closeButtonProps={{ 'aria-label': 'Close' }}
    attributes={{ header: { role: 'presentation' } }} // the page has one banner, and it is not this
  >
    {line !== null && <IntervalTable line={line} question={question} />}
  </Modal>
);

const IntervalTable = ({
  line,
  question,
}: {
  readonly line: AgentAvailabilityLine;
  readonly question: TeamQuestion;
}) => {
  const total = writeFigures(line.total);
  return (
    <div className="intervals">
      <table className="intervals__table">
        <caption className="intervals__zone">Times in {zoneWords(question.zone, question.range)}</caption>
        <thead>
          <tr>
            <th scope="col">From – to</th>
            {FIGURE_COLUMNS.map(({ key, word }) => (
              <th key={key} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {line.intervals.map((interval) => (
            <IntervalRow key={interval.windowStart} interval={interval} question={question} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            {FIGURE_COLUMNS.map(({ key }) => (
              <td key={key}>{total[key]}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
};

interface IntervalRowProps {
  readonly interval: AvailabilityInterval;
  readonly question: TeamQuestion;
}

const IntervalRow = ({ interval, question: { range, zone, grain } }: IntervalRowProps) => {
  const texts = writeFigures(interval);
  return (
    <tr>
      <th scope="row">
        {intervalWords(interval, grain, timeTellingOf(range, zone))}
        {interval.isVolatile && <span className="team__badge">Volatile</span>}
      </th>
      {FIGURE_COLUMNS.map(({ key }) => (
        <td key={key}>{texts[key]}</td>
      ))}
    </tr>
  );
};
