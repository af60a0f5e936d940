import { Button, Loader } from '@mantine/core';
import { FloorwatchRefused, FloorwatchUnreachable } from '../../lib/api-client.ts';
import { searchOf } from '../../lib/range-search.ts';
import { dayAt, formatDay } from '../../lib/zone-time.ts';
import { useToday } from '../../live/use-today.ts';
import { useLive } from '../../live/use-live.ts';
import { formatCount } from '../../lib/amounts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useScopeParts } from './scope-words.ts';
import { useTeamSearch } from './use-team-search.ts';

export const TeamLoading = () => (
  <div className="team__loading" role="status">
    <Loader size="sm" /> Adding up the figures…
  </div>
);

interface FailedProps {
  readonly error: Error;
  readonly zone: string;
  readonly onRetry: () => void;
}

/** Why there are no figures, and the way out. */
export const TeamFailed = ({ error, zone, onRetry }: FailedProps) => {
  const body = error instanceof FloorwatchRefused ? error.body : null;
  if (body?.code === 'outside-retention' && body.allowed !== undefined)
    return <BeyondRetention message={body.message} allowed={body.allowed} zone={zone} />;
  const isFinal = body?.code === 'invalid-request';
  return (
    <EmptyState title={titleOf(error)}>
      <p>{error.message}</p>
      {!isFinal && <p>It is asked again until it answers.</p>}
      {body !== null && <p className="empty__small">For the log: {body.correlationId}</p>}
      {!isFinal && <Button onClick={onRetry}>Ask now</Button>}
    </EmptyState>
  );
};

const titleOf = (error: Error): string => {
  if (error instanceof FloorwatchUnreachable) return 'Floorwatch does not answer';
  if (!(error instanceof FloorwatchRefused)) return 'The figures could not be read';
  switch (error.body?.code) {
    case 'store-unavailable':
      return 'The recorded history cannot be reached';
    case 'not-ready':
      return 'Floorwatch has nothing to show yet';
    case 'invalid-request':
      return 'This cannot be asked';
    default:
      return 'The figures could not be read';
  }
};

interface BeyondProps {
  readonly message: string;
  readonly allowed: { readonly from: string; readonly to: string };
  readonly zone: string;
}

const BeyondRetention = ({ message, allowed, zone }: BeyondProps) => {
  const { change } = useTeamSearch();
  const today = useToday(zone);
  const [from, to] = [Date.parse(allowed.from), Date.parse(allowed.to)];
  // The day on which keeping begins is only kept in part, so the first whole one is the day after.
  const first = dayAt(from + 86_400_000, zone);
  return (
    <EmptyState title="That is longer ago than is kept">
      <p>{message}</p>
      <p>
        Kept is what happened from {formatDay(from, zone)} to {formatDay(to, zone)}.
      </p>
      {today !== null && (
        <Button onClick={() => change(searchOf({ kind: 'day', day: first }, today))}>Show the oldest whole day</Button>
      )}
    </EmptyState>
  );
};

/** Nobody is in the scope: the filter hides them, or there is nobody at all. */
export const NobodyInScope = () => {
  const { search, change } = useTeamSearch();
  const total = useLive(({ view }) => view?.total ?? 0);
  const parts = useScopeParts(search);
  if (parts.length === 0)
    return (
      <EmptyState title="There are no agents to show">
        <p>Floorwatch knows of nobody yet. The wall says why.</p>
      </EmptyState>
    );
  return (
    <EmptyState title="Nobody is in this choice">
      <p>The filter hides {total === 1 ? 'one agent' : `${formatCount(total)} agents`}. It asks for:</p>
      <div className="empty__parts">
        {parts.map(({ kind, words }) => (
          <Button
            key={kind}
            size="compact-sm"
            variant="default"
            title="Take this away"
            rightSection={<span aria-hidden="true">×</span>}
            onClick={() => change({ [kind]: undefined })}
          >
            {words}
          </Button>
        ))}
      </div>
      <Button onClick={() => change({ division: undefined, queue: undefined, team: undefined })}>Show everybody</Button>
    </EmptyState>
  );
};
