import type { AgentComparison } from '@floorwatch/contracts';
import { useQuery } from '@tanstack/react-query';
import { formatShare } from '../../lib/amounts.ts';
import { FIGURE_COLUMNS } from '../../lib/figure-columns.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { formatDay, formatTime } from '../../lib/zone-time.ts';
import { RequestFailed } from './agent-states.tsx';
import { comparisonQuery } from './availability-query.ts';
import { Panel, useTableTwin } from './panel.tsx';

interface ComparisonPanelProps {
  readonly agentId: string;
  readonly day: string;
  readonly zone: string;
  readonly note: string;
  readonly isRunning: boolean;
  /** It goes on, or a gap of it is still to be filled. */
  readonly mayChange: boolean;
}

/** The shares that can be put beside each other whatever the length of the day. */
const MEASURES = ['readyShare', 'accessibleShare', 'occupancy'] as const;

type Measure = (typeof MEASURES)[number];

const columnOf = (measure: Measure) => FIGURE_COLUMNS.find(({ key }) => key === measure);

/** The day beside the agent's own last four same weekdays and the median of the team. */
export const ComparisonPanel = ({ agentId, day, zone, note, isRunning, mayChange }: ComparisonPanelProps) => {
  const { data, error, refetch } = useQuery(comparisonQuery({ agentId, day, zone, mayChange }));
  const { isTable } = useTableTwin('comparison');
  const isPrinting = usePrinting();
  return (
    <Panel
      title="Compared"
      note={data === undefined ? note : `${note} · ${untilWords(data, isRunning)}`}
      chart="comparison"
    >
      {error !== null && <RequestFailed what="The comparison" error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <div className="ghost-block" role="status" aria-label="Loading the comparison" />
      ) : isTable || isPrinting ? (
        <ComparisonTable data={data} note={note} />
      ) : (
        <ComparisonBars data={data} />
      )}
    </Panel>
  );
};

const untilWords = ({ day, zone }: AgentComparison, isRunning: boolean): string =>
  isRunning ? `all days until ${formatTime(Date.parse(day.to), zone)}` : 'whole days';

const weekdayOf = (from: string, zone: string): string => formatDay(Date.parse(from), zone).replace(/ \d{4}$/, '');

const teamWords = ({ team }: AgentComparison): string => {
  if (team.name === null) return 'No team to compare with';
  return team.agents === 0
    ? `Nothing is known of others in ${team.name}`
    : `Median of ${team.name} (${team.agents} others)`;
};

const ComparisonBars = ({ data }: { readonly data: AgentComparison }) => (
  <div className="compared">
    {MEASURES.map((measure) => {
      const own = data.day.figures?.[measure] ?? null;
      const column = columnOf(measure);
      return (
        <div key={measure} className="compared__row" title={column?.meaning}>
          <span className="compared__word">{column?.word}</span>
          <span className="compared__track" aria-hidden="true">
            <span className="compared__bar" style={{ width: `${(own ?? 0) * 100}%` }} />
            {data.sameWeekdays.map(({ from, figures }) => {
              const share = figures?.[measure] ?? null;
              return share === null ? null : (
                <span
                  key={from}
                  className="compared__day"
                  style={{ insetInlineStart: `${share * 100}%` }}
                  title={`${weekdayOf(from, data.zone)}: ${formatShare(share)}`}
                />
              );
            })}
            {data.team[measure] !== null && (
              <span
                className="compared__team"
                style={{ insetInlineStart: `${data.team[measure] * 100}%` }}
                title={`${teamWords(data)}: ${formatShare(data.team[measure])}`}
              />
            )}
          </span>
          <span className="compared__share">{formatShare(own)}</span>
        </div>
      );
    })}
    <ul className="legend">
      <li className="legend__item">
        <span className="compared__bar compared__key" aria-hidden="true" /> This day
      </li>
      <li className="legend__item">
        <span className="compared__day compared__key" aria-hidden="true" /> Same weekday, last four (
        {data.sameWeekdays.filter(({ figures }) => figures !== null).length} known)
      </li>
      <li className="legend__item">
        <span className="compared__team compared__key" aria-hidden="true" /> {teamWords(data)}
      </li>
    </ul>
  </div>
);

const ComparisonTable = ({ data, note }: { readonly data: AgentComparison; readonly note: string }) => (
  <div className="sheet" role="region" aria-label="Comparison as a table" tabIndex={0}>
    <table className="table">
      <caption className="table__caption">Compared · {note}</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {MEASURES.map((measure) => (
            <th key={measure} scope="col" className="table__number" title={columnOf(measure)?.meaning}>
              {columnOf(measure)?.word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[data.day, ...data.sameWeekdays].map(({ from, figures }) => (
          <tr key={from}>
            <th scope="row">{formatDay(Date.parse(from), data.zone)}</th>
            {figures === null ? (
              <td colSpan={MEASURES.length}>Nothing is known of this day</td>
            ) : (
              MEASURES.map((measure) => (
                <td key={measure} className="table__number">
                  {formatShare(figures[measure])}
                </td>
              ))
            )}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{teamWords(data)}</th>
          {MEASURES.map((measure) => (
            <td key={measure} className="table__number">
              {formatShare(data.team[measure])}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  </div>
);
