import './team.css';
import { MAX_RANGE_DAYS } from '@floorwatch/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, type ReactNode } from 'react';
import { instantsOf, isRunning, problemOf, rangeWords, type CalendarRange } from '../../lib/calendar-range.ts';
import { rangeOf } from '../../lib/range-search.ts';
import { useLiveServices } from '../../live/use-live.ts';
import { useToday } from '../../live/use-today.ts';
import { EVERYBODY } from '../../live/view-filter.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { grainFor } from '../../lib/bar-grain.ts';
import { TeamFigures } from './team-figures.tsx';
import { useTeamPlace } from './team-place.ts';
import { teamQuery, type TeamQuestion } from './team-query.ts';
import { TeamFailed, TeamLoading } from './team-states.tsx';
import { TeamToolbar } from './team-toolbar.tsx';
import { useTeamSearch } from './use-team-search.ts';

interface TeamViewProps {
  /** Chooses range and zone. */
  readonly timePicker: ReactNode;
}

/** Availability of everybody, or of a division, queue or team, agent by agent. */
export const TeamView = ({ timePicker }: TeamViewProps) => {
  const { search, zone } = useTeamSearch();
  const { division, queue, team } = search;
  const today = useToday(zone);
  useScopeOnBoard(search);
  useTeamPlace(search);
  const question = useMemo((): Asked | null => {
    if (today === null) return null;
    const calendar = rangeOf(search, today);
    const range = instantsOf(calendar, zone);
    const { grain, sort = 'name', order = 'asc' } = search;
    const scope = { ...(division && { division }), ...(queue && { queue }), ...(team && { team }) };
    return {
      calendar,
      question: { ...scope, range, zone, sort, order, grain: grainFor(range.to - range.from, grain) },
    };
  }, [search, zone, today, division, queue, team]);
  return (
    <main className="team">
      <h1 className="hidden">Availability of agents</h1>
      {question === null ? (
        <TeamLoading />
      ) : (
        <>
          <TeamToolbar timePicker={timePicker} question={question.question} />
          <AskedFigures {...question} />
        </>
      )}
    </main>
  );
};

/** What is asked, and in which words of the calendar. */
interface Asked {
  readonly calendar: CalendarRange;
  readonly question: TeamQuestion;
}

const AskedFigures = ({ calendar, question }: Asked) => {
  const { live } = useLiveServices();
  const { zone, range } = question;
  const problem = problemOf(calendar, zone, MAX_RANGE_DAYS);
  const now = live.displayNow();
  const isAhead = now !== null && range.from > now;
  const runs = now !== null && isRunning(calendar, zone, now);
  const query = useInfiniteQuery({ ...teamQuery(question, runs), enabled: problem === null && !isAhead });
  if (problem !== null) return <EmptyState title="This range cannot be shown">{problem}</EmptyState>;
  if (isAhead)
    return (
      <EmptyState title="That is still to come">
        {rangeWords(calendar, zone)} has not begun: there is nothing to show yet.
      </EmptyState>
    );
  const pages = query.data?.pages;
  if (query.error !== null && (pages === undefined || query.isPlaceholderData))
    return <TeamFailed error={query.error} zone={zone} onRetry={() => void query.refetch()} />;
  const last = pages?.at(-1);
  if (pages === undefined || last === undefined) return <TeamLoading />;
  return (
    <TeamFigures
      pages={pages}
      last={last}
      calendar={calendar}
      question={question}
      isRunning={runs}
      isStale={query.isPlaceholderData}
      error={query.error}
      isLoadingMore={query.isFetchingNextPage}
      onMore={query.hasNextPage && !query.isFetching ? () => void query.fetchNextPage() : null}
    />
  );
};

/** The live board counts by the same scope, so that the choosers tell how many each option has. */
const useScopeOnBoard = ({ division, queue, team }: ReturnType<typeof useTeamSearch>['search']): void => {
  const { live } = useLiveServices();
  const filter = useMemo(
    () => ({
      ...EVERYBODY,
      divisionIds: new Set(division),
      queueIds: new Set(queue),
      teams: new Set(team),
    }),
    [division, queue, team],
  );
  useEffect(() => live.setOptions({ filter, sort: 'name' }), [live, filter]);
};
