import '../../ui/subpage.css';
import './automation.css';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { rememberedZone } from '../../lib/remembered-zone.ts';
import { mayAnywhere, useSession } from '../../live/session-query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AutomationCard } from './automation-card.tsx';
import { AutomationEditor } from './automation-editor.tsx';
import { automationsQuery } from './automation-api.ts';
import { AutomationFailed } from './automation-failed.tsx';
import { RunLog } from './run-log.tsx';
import { SuggestionsPanel } from './suggestions-panel.tsx';
import { useAutomationSearch } from './use-automation-search.ts';

/** What Floorwatch does by itself for people, and what the schedule suggests. */
export const AutomationView = () => {
  const session = useSession();
  if (session === undefined) return <Loading />;
  return (
    <main className="subpage automation">
      {mayAnywhere(session, 'change-presence') ? (
        <Everything />
      ) : (
        <EmptyState title="Automations are not for you to set up">
          <p>They change presences, which takes the permission presence:userPresence:edit of Genesys Cloud.</p>
        </EmptyState>
      )}
    </main>
  );
};

const Everything = () => {
  const { search, change } = useAutomationSearch();
  return (
    <>
      <div className="automation__top">
        <h1 className="subpage__title">Automations</h1>
        <Button size="sm" onClick={() => change({ edit: 'new' })}>
          New automation
        </Button>
      </div>
      <div className="automation__sides">
        <AutomationList />
        <SuggestionsPanel />
      </div>
      {search.edit !== undefined && <AutomationEditor key={search.edit} id={search.edit} />}
      {search.log !== undefined && <RunLog key={search.log} id={search.log} runId={search.run ?? null} />}
    </>
  );
};

const AutomationList = () => {
  const { data, error, refetch } = useQuery(automationsQuery);
  if (data === undefined)
    return error === null ? <Loading /> : <AutomationFailed error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) return <Nothing />;
  const zone = rememberedZone();
  return (
    <section className="automation__list" aria-label="Automations">
      {error !== null && <AutomationFailed error={error} onRetry={() => void refetch()} />}
      {data.map((one) => (
        <AutomationCard key={one.id} automation={one} zone={zone} />
      ))}
    </section>
  );
};

const Nothing = () => {
  const { change } = useAutomationSearch();
  return (
    <section className="automation__list" aria-label="Automations">
      <EmptyState title="Nothing is done by itself yet">
        <p>
          An automation sets the presence of agents at a time, when another tool asks for it, or when the schedule says
          so. It acts within the divisions in which you may change presences, and everything it does stands in the
          audit.
        </p>
        <Button onClick={() => change({ edit: 'new' })}>Set up the first one</Button>
      </EmptyState>
    </section>
  );
};

const Loading = () => (
  <div className="subpage__loading" role="status">
    <Loader size="sm" /> Reading the automations…
  </div>
);
