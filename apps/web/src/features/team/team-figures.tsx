import type { AvailabilityList } from '@floorwatch/contracts';
import { METRIC_STATES } from '@floorwatch/domain';
import { useMemo, useState } from 'react';
import { formatShare } from '../../lib/amounts.ts';
import { rangeWords, type CalendarRange } from '../../lib/calendar-range.ts';
import { formatInstant } from '../../lib/zone-time.ts';
import { AFTER_CALL_WORK_NOTE, METRIC_MEANING, METRIC_WORD } from '../../look/words.ts';
import { HatchSheet } from './agent-bars.tsx';
import { IntervalsDialog } from './intervals-dialog.tsx';
import { MetricSign } from '../../look/metric-sign.tsx';
import type { TeamQuestion } from './team-query.ts';
import { NobodyInScope } from './team-states.tsx';
import { TeamSummary } from './team-summary.tsx';
import { TeamTable } from './team-table.tsx';

interface TeamFiguresProps {
  readonly pages: readonly AvailabilityList[];
  readonly last: AvailabilityList;
  readonly calendar: CalendarRange;
  readonly question: TeamQuestion;
  readonly isRunning: boolean;
  /** These are the figures of the question before; the answer is on its way. */
  readonly isStale: boolean;
  readonly error: Error | null;
  readonly isLoadingMore: boolean;
  /** Reads the next page; null where there is none, or one is being read. */
  readonly onMore: (() => void) | null;
}

/** The answer: what it is of, what is known of it, and a line for each agent. */
export const TeamFigures = (props: TeamFiguresProps) => {
  const { pages, last, calendar, question, isRunning, isStale, error, onMore, isLoadingMore } = props;
  const [opened, setOpened] = useState<string | null>(null);
  const lines = useMemo(() => pages.flatMap((page) => page.lines), [pages]);
  const agent = lines.find(({ agentId }) => agentId === opened) ?? null;
  if (last.agents === 0) return <NobodyInScope />;
  return (
    <>
      <HatchSheet />
      <TeamSummary last={last} loaded={lines.length} calendar={calendar} question={question} isRunning={isRunning} />
      {error !== null && (
        <p className="team__notice" data-tone="alarm" role="alert">
          {error.message} What follows is from before; it is asked again until it answers.
        </p>
      )}
      <Knowledge last={last} question={question} />
      <Legend />
      <p className="team__note">{AFTER_CALL_WORK_NOTE}</p>
      <TeamTable
        lines={lines}
        list={last}
        question={question}
        isStale={isStale}
        isLoadingMore={isLoadingMore}
        onMore={onMore}
        onOpen={setOpened}
      />
      <IntervalsDialog
        line={agent}
        words={rangeWords(calendar, question.zone)}
        question={question}
        onClose={() => setOpened(null)}
      />
    </>
  );
};

/** What is not known of the range, where that is much or all of it. */
const Knowledge = ({ last, question: { zone } }: Pick<TeamFiguresProps, 'last' | 'question'>) => {
  const { total, recordedFrom, from } = last;
  if (total.unknownSeconds < 1) return null;
  const isNothing = total.unknownSeconds >= total.elapsedSeconds;
  const since = recordedFrom === null ? null : Date.parse(recordedFrom);
  const reason =
    since === null
      ? 'Nothing is recorded yet; the first figures come within five minutes.'
      : since > Date.parse(from)
        ? `Recording began ${formatInstant(since, zone)}.`
        : 'There are gaps in what was recorded; they are filled from Genesys Cloud where it still knows.';
  return (
    <p className="team__notice" data-tone="warn">
      {isNothing
        ? 'Nothing is known of this range.'
        : `${shareWords(total.unknownSeconds / total.elapsedSeconds)} of this time is not known and counts as nothing.`}{' '}
      {reason}
    </p>
  );
};

/** Never 0 %: there is some. */
const shareWords = (share: number): string => (share < 0.0005 ? 'Less than 0.1 %' : formatShare(share));

/** What the parts of a bar mean; the same signs stand over the columns. */
const Legend = () => (
  <ul className="team__legend" aria-label="Parts of a bar">
    {METRIC_STATES.map((state) => (
      <li key={state} title={METRIC_MEANING[state]}>
        <span className="team__swatch" data-metric={state} />
        <MetricSign state={state} />
        {METRIC_WORD[state]}
      </li>
    ))}
  </ul>
);
