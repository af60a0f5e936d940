import type { AutomationOutcomeView, AutomationRunView } from '@floorwatch/contracts';
import { Button, Loader, Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { agentAddress } from '../../lib/agent-address.ts';
import { rememberedZone } from '../../lib/remembered-zone.ts';
import { formatInstant, offsetWord } from '../../lib/zone-time.ts';
import { automationsQuery, runQuery, runsQuery } from './automation-api.ts';
import { AutomationFailed } from './automation-failed.tsx';
import { backWords, CAUSE, countsWords, OUTCOME, RUN, toneOf } from './automation-words.ts';
import { useAutomationSearch } from './use-automation-search.ts';

interface RunLogProps {
  readonly id: string;
  /** The run whose agents are shown; null for the list of runs. */
  readonly runId: string | null;
}

/** What an automation has done: its runs, and what came of each agent in one of them. */
export const RunLog = ({ id, runId }: RunLogProps) => {
  const { change } = useAutomationSearch();
  const isPhone = useMediaQuery('(max-width: 720px)');
  const { data: automations } = useQuery(automationsQuery);
  const name = automations?.find((one) => one.id === id)?.rule.name ?? 'an automation';
  return (
    <Modal
      opened
      onClose={() => change({ log: undefined, run: undefined })}
      title={`Run log of ${name}`}
      size={860}
      fullScreen={isPhone}
      classNames={{ body: 'runs' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }} // the page has one banner, and it is not this
    >
      {runId === null ? <Runs id={id} /> : <OneRun id={id} runId={runId} />}
    </Modal>
  );
};

const Runs = ({ id }: Pick<RunLogProps, 'id'>) => {
  const { change } = useAutomationSearch();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(runsQuery(id));
  if (data === undefined)
    return error === null ? <Loader size="sm" /> : <AutomationFailed error={error} onRetry={() => void refetch()} />;
  const runs = data.pages.flatMap((page) => page.runs);
  if (runs.length === 0)
    return (
      <p className="automation__quiet">
        It has not run yet. What it does will stand here for as long as history is kept.
      </p>
    );
  const zone = rememberedZone();
  return (
    <>
      <div className="rows" role="region" aria-label="Runs, newest first" tabIndex={0}>
        <table className="runs__table">
          <thead>
            <tr>
              <th scope="col">When, {offsetWord(Date.parse(runs[0]?.startedAt ?? ''), zone)}</th>
              <th scope="col">Started</th>
              <th scope="col">Went</th>
              <th scope="col">Agents</th>
              <th scope="col">
                <span className="hidden">Details</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunLine key={run.id} run={run} zone={zone} onOpen={() => change({ run: run.id })} />
            ))}
          </tbody>
        </table>
      </div>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </>
  );
};

interface RunLineProps {
  readonly run: AutomationRunView;
  readonly zone: string;
  readonly onOpen: () => void;
}

const RunLine = ({ run, zone, onOpen }: RunLineProps) => (
  <tr>
    <td>
      <time dateTime={run.startedAt}>{formatInstant(Date.parse(run.startedAt), zone)}</time>
    </td>
    <td>{CAUSE[run.cause]}</td>
    <td>
      <span className="told" data-tone={toneOf(run)}>
        {RUN[run.state].word}
      </span>
      {run.reason !== null && <span className="runs__reason"> {run.reason}</span>}
    </td>
    <td>{countsWords(run)}</td>
    <td>
      <Button
        size="compact-sm"
        variant="default"
        onClick={onOpen}
        aria-label={`Agents of the run of ${formatInstant(Date.parse(run.startedAt), zone)}`}
      >
        Agents
      </Button>
    </td>
  </tr>
);

const OneRun = ({ id, runId }: { readonly id: string; readonly runId: string }) => {
  const { change } = useAutomationSearch();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    runQuery(id, runId),
  );
  const zone = rememberedZone();
  const run = data?.pages[0]?.run;
  const outcomes = data?.pages.flatMap((page) => page.outcomes) ?? [];
  return (
    <>
      <Button size="compact-sm" variant="default" className="runs__back" onClick={() => change({ run: undefined })}>
        All runs
      </Button>
      {error !== null && <AutomationFailed error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Loader size="sm" />}
      {run !== undefined && (
        <p>
          {formatInstant(Date.parse(run.startedAt), zone)}, {CAUSE[run.cause]}:{' '}
          <span className="told" data-tone={toneOf(run)}>
            {RUN[run.state].word}
          </span>
          {run.reason === null ? `, ${countsWords(run)}` : `. ${run.reason}`}
        </p>
      )}
      {run !== undefined && outcomes.length === 0 && (
        <p className="automation__quiet">It was about nobody whom you may see.</p>
      )}
      {outcomes.length > 0 && <Outcomes outcomes={outcomes} zone={zone} />}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more agents
        </Button>
      )}
    </>
  );
};

const Outcomes = ({
  outcomes,
  zone,
}: {
  readonly outcomes: readonly AutomationOutcomeView[];
  readonly zone: string;
}) => (
  <div className="rows" role="region" aria-label="Agents of the run" tabIndex={0}>
    <table className="runs__table">
      <thead>
        <tr>
          <th scope="col">Agent</th>
          <th scope="col">Outcome</th>
          <th scope="col">Why</th>
          <th scope="col">Way back</th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map(({ agentId, name, state, reason, back }) => (
          <tr key={agentId}>
            <th scope="row" dir="auto">
              {name === null ? agentId : <Link to={agentAddress(agentId)}>{name}</Link>}
            </th>
            <td>
              <span className="told" data-tone={OUTCOME[state].tone}>
                {OUTCOME[state].word}
              </span>
            </td>
            <td className="runs__reason">{reason}</td>
            <td>{backWords(back, zone) ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
