import type { AgentAvailability } from '@floorwatch/contracts';
import { Fragment } from 'react';
import { formatCount, formatDuration, formatShare } from '../../lib/amounts.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { presenceHue } from './holdings.ts';
import { Panel, useTableTwin } from './panel.tsx';
import { groupStatuses, type StatusGroup } from './status-groups.ts';

interface StatusesPanelProps {
  readonly answer: AgentAvailability;
  readonly note: string;
}

/** Time per presence, with the organisation's secondary statuses told apart. */
export const StatusesPanel = ({ answer, note }: StatusesPanelProps) => {
  const { isTable } = useTableTwin('statuses');
  const isPrinting = usePrinting();
  const groups = groupStatuses(answer.statuses);
  const known = groups.reduce((sum, { seconds }) => sum + seconds, 0);
  const elapsed = answer.total.elapsedSeconds;
  const told = { groups, elapsed, unknown: Math.max(0, elapsed - known) };
  return (
    <Panel title="Time per status" note={note} chart="statuses">
      {isTable || isPrinting ? <StatusTable {...told} note={note} /> : <StatusBars {...told} />}
    </Panel>
  );
};

interface ToldStatuses {
  readonly groups: readonly StatusGroup[];
  /** All that has gone by, seconds. */
  readonly elapsed: number;
  /** Of it, what is in no status because nothing is known, seconds. */
  readonly unknown: number;
}

/** How often it was entered; what held already when the time began, and on, never was. */
const timesWord = (times: number): string => {
  if (times === 0) return 'held on';
  return times === 1 ? 'once' : `${formatCount(times)} times`;
};

const StatusBars = ({ groups, elapsed, unknown }: ToldStatuses) => (
  <div className="statuses">
    {groups.map(({ system, word, seconds, times, parts }) => (
      <Fragment key={system}>
        <StatusBar {...{ word, seconds, times, elapsed }} hue={presenceHue(system)} />
        {parts.map(({ key, ...part }) => (
          <StatusBar key={key} {...part} elapsed={elapsed} hue={presenceHue(system)} isPart />
        ))}
      </Fragment>
    ))}
    {unknown >= 1 && <StatusBar word="Not known" seconds={unknown} times={null} elapsed={elapsed} hue="unknown" />}
    <p className="summary__sum">
      Together <b>{formatDuration(elapsed)}</b>
    </p>
  </div>
);

interface StatusBarProps {
  readonly word: string;
  readonly seconds: number;
  readonly times: number | null;
  readonly elapsed: number;
  readonly hue: string;
  readonly isPart?: boolean;
}

const StatusBar = ({ word, seconds, times, elapsed, hue, isPart = false }: StatusBarProps) => {
  const share = elapsed === 0 ? 0 : seconds / elapsed;
  return (
    <div
      className="status"
      data-activity={hue}
      data-part={isPart || undefined}
      title={`${formatShare(share)} of the time`}
    >
      <span className="status__word">{word}</span>
      <span className="status__track" aria-hidden="true">
        <span className="status__bar" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="status__time">{formatDuration(seconds)}</span>
      <span className="status__times">{times === null ? '' : timesWord(times)}</span>
    </div>
  );
};

const StatusTable = ({ groups, elapsed, unknown, note }: ToldStatuses & { readonly note: string }) => (
  <div className="sheet" role="region" aria-label="Time per status as a table" tabIndex={0}>
    <table className="table">
      <caption className="table__caption">Time per status · {note}</caption>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col" className="table__number">
            Time
          </th>
          <th scope="col" className="table__number">
            Share
          </th>
          <th scope="col" className="table__number">
            Entered
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ system, word, seconds, times, parts }) => (
          <Fragment key={system}>
            <StatusRow {...{ word, seconds, times, elapsed }} />
            {parts.map(({ key, ...part }) => (
              <StatusRow key={key} {...part} elapsed={elapsed} isPart />
            ))}
          </Fragment>
        ))}
        {unknown >= 1 && <StatusRow word="Not known" seconds={unknown} times={null} elapsed={elapsed} />}
      </tbody>
      <tfoot>
        <StatusRow word="Together" seconds={elapsed} times={null} elapsed={elapsed} />
      </tfoot>
    </table>
  </div>
);

const StatusRow = ({ word, seconds, times, elapsed, isPart = false }: Omit<StatusBarProps, 'hue'>) => (
  <tr>
    <th scope="row" data-part={isPart || undefined}>
      {word}
    </th>
    <td className="table__number">{formatDuration(seconds)}</td>
    <td className="table__number">{formatShare(elapsed === 0 ? null : seconds / elapsed)}</td>
    <td className="table__number">{times === null ? '' : formatCount(times)}</td>
  </tr>
);
