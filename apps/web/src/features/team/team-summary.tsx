import type { AvailabilityList } from '@floorwatch/contracts';
import { Button } from '@mantine/core';
import { formatCount } from '../../lib/amounts.ts';
import { rangeWords, type CalendarRange } from '../../lib/calendar-range.ts';
import { formatTimeOfDay, zoneWords } from '../../lib/zone-time.ts';
import { useLive } from '../../live/use-live.ts';
import { useScopeParts, useScopeWords } from './scope-words.ts';
import { TeamExport } from './team-export.tsx';
import type { TeamQuestion } from './team-query.ts';
import { useTeamSearch } from './use-team-search.ts';

interface TeamSummaryProps {
  readonly last: AvailabilityList;
  /** Lines that have been read so far. */
  readonly loaded: number;
  readonly calendar: CalendarRange;
  readonly question: TeamQuestion;
  readonly isRunning: boolean;
}

/** How many of how many and why, of when, in which zone, up to when; and all of it as a file. */
export const TeamSummary = ({ last, loaded, calendar, question, isRunning }: TeamSummaryProps) => {
  const { change } = useTeamSearch();
  const everybody = useLive(({ view }) => view?.total ?? last.agents);
  const scope = useScopeWords(question);
  const isNarrowed = useScopeParts(question).length > 0;
  const { zone, range } = question;
  return (
    <div className="team__summary">
      <p>
        <b>{formatCount(last.agents)}</b> of {formatCount(everybody)} agents
        {isNarrowed && `: ${scope}`}
        {loaded < last.agents && ` · the first ${formatCount(loaded)} are loaded, more come as you scroll`}
      </p>
      {isNarrowed && (
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => change({ division: undefined, queue: undefined, team: undefined })}
        >
          Clear filters
        </Button>
      )}
      <p className="team__of-when">
        {rangeWords(calendar, zone)} · {zoneWords(zone, range)}
        {isRunning && (
          <span title="The range goes on: its figures are read anew by themselves">
            {' '}
            · up to {formatTimeOfDay(Date.parse(last.to), zone)}, still growing
          </span>
        )}
      </p>
      <TeamExport calendar={calendar} question={question} />
    </div>
  );
};
