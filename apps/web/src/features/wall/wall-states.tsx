import { Button, Progress } from '@mantine/core';
import { useLive, useLiveServices } from '../../live/use-live.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useWallSearch } from './use-wall-search.ts';
import { useFilterParts } from './filter-words.ts';
import { withoutFilters } from './wall-search.ts';

const GHOSTS = Array.from({ length: 60 }, (_, index) => `ghost-${index}`);

/** Before the first list and the first frame: says what is awaited, or what went wrong and when it is tried again. */
export const LoadingWall = () => {
  const connection = useLive((state) => state.connection);
  if (connection.kind === 'waiting' && connection.problem.isNotReady)
    return (
      <EmptyState title="Floorwatch has nothing to show yet">
        <p>{connection.problem.message}</p>
        <p className="empty__small">Floorwatch tries again until it works, and this page with it.</p>
      </EmptyState>
    );
  if (connection.kind === 'waiting')
    return <NotLoaded message={connection.problem.message} correlationId={connection.problem.correlationId} />;
  if (connection.kind === 'refused')
    return <EmptyState title="Floorwatch will not talk to this page">{connection.message}</EmptyState>;
  return (
    <div className="ghosts" role="status" aria-label="Loading the agents">
      <p className="ghosts__text">Loading the agents from Floorwatch…</p>
      {GHOSTS.map((key) => (
        <div key={key} className="ghost" />
      ))}
    </div>
  );
};

const NotLoaded = ({ message, correlationId }: { readonly message: string; readonly correlationId: string | null }) => {
  const { connection } = useLiveServices();
  const hasAnswered = correlationId !== null; // then the way to Floorwatch is well, and its own words say what is not
  return (
    <EmptyState title={hasAnswered ? 'The agents are not there yet' : 'The agents could not be loaded'}>
      <p>{hasAnswered ? message : `${message} The way from this browser to Floorwatch is what fails.`}</p>
      <p>It is tried again until it works.</p>
      {correlationId !== null && <p className="empty__small">For the log: {correlationId}</p>}
      <Button onClick={() => connection.retryNow()}>Try now</Button>
    </EmptyState>
  );
};

/** Floorwatch answers, but has nobody on its board yet. */
export const StartingWall = () => {
  const upstream = useLive((state) => state.upstream);
  const isDemo = useLive(({ organisation }) => organisation?.isDemo ?? false);
  const { agentsLive = 0, agentsTotal = 0, message = null } = upstream ?? {};
  return (
    <EmptyState title={isDemo ? 'The demo floor is opening' : 'Floorwatch is loading the floor from Genesys Cloud'}>
      <p>
        {agentsTotal === 0
          ? 'Asking for the list of agents…'
          : `${agentsLive.toLocaleString('en')} of ${agentsTotal.toLocaleString('en')} agents are live.`}
      </p>
      <Progress
        aria-label="Agents loaded"
        value={agentsTotal === 0 ? 100 : (agentsLive / agentsTotal) * 100}
        animated
        striped={agentsTotal === 0}
      />
      {message !== null && <p className="empty__small">{message}</p>}
    </EmptyState>
  );
};

/** The organisation is loaded and has no agents. */
export const NobodyHere = () => {
  const name = useLive(({ organisation }) => organisation?.name ?? 'The organisation');
  return (
    <EmptyState title={`${name} has no agents to show`}>
      <p>
        Floorwatch is connected and was told of nobody. Most often the OAuth client’s role does not cover the divisions
        of your agents: give it a role with the right to view users in those divisions. New agents appear here by
        themselves.
      </p>
    </EmptyState>
  );
};

/** Agents are there, but the filter lets none of them pass. */
export const NobodyMatches = ({ hidden }: { readonly hidden: number }) => {
  const { change } = useWallSearch();
  const parts = useFilterParts();
  return (
    <EmptyState title="Nobody matches right now">
      <p>The filter hides {hidden === 1 ? 'one agent' : `${hidden.toLocaleString('en')} agents`}. It asks for:</p>
      <div className="empty__parts">
        {parts.map(({ words, without }) => (
          <Button
            key={without}
            size="compact-sm"
            variant="default"
            title="Take this away"
            rightSection={<span aria-hidden="true">×</span>}
            onClick={() => change((held) => ({ ...held, [without]: undefined }))}
          >
            {words}
          </Button>
        ))}
      </div>
      <Button onClick={() => change(withoutFilters)}>Show everybody</Button>
    </EmptyState>
  );
};
