import '../../ui/subpage.css';
import './operations.css';
import { Button, Loader, SegmentedControl } from '@mantine/core';
import type { Operations } from '@floorwatch/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FloorwatchRefused } from '../../lib/api-client.ts';
import { useDocumentTitle } from '../../lib/use-document-title.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ToneDot } from '../../ui/tone-dot.tsx';
import { CHARTS } from './charts.ts';
import { Figures } from './figures.tsx';
import { HopList } from './hop-list.tsx';
import { summaryOf } from './hop-words.ts';
import { HourChart } from './hour-chart.tsx';
import { HourTable } from './hour-table.tsx';
import { operationsQuery } from './operations-query.ts';
import { useOperationsSearch } from './operations-search.ts';

/**
 * How Floorwatch itself is doing, for those who run it.
 * @param parts what the parts between the platform and the wall tell of themselves
 */
export const OperationsView = ({ parts }: { readonly parts: ReactNode }) => {
  useDocumentTitle('Operations');
  const { data, error, refetch } = useQuery(operationsQuery);
  return (
    <main className="subpage operations">
      <h1 className="subpage__title">Operations</h1>
      {data === undefined && error === null && (
        <p className="subpage__loading" role="status">
          <Loader size="sm" /> Asking Floorwatch…
        </p>
      )}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          {error !== null && (
            <p className="operations__failed" role="alert">
              {error.message} What follows is from before; it is asked again until it answers.
            </p>
          )}
          <Report operations={data} parts={parts} />
        </>
      )}
    </main>
  );
};

const Failed = ({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) => {
  const isForOthers = error instanceof FloorwatchRefused && error.body?.code === 'not-allowed';
  return (
    <EmptyState title={isForOthers ? 'Operations are not for you to see' : 'Operations could not be read'}>
      <p>{error.message}</p>
      {!isForOthers && <Button onClick={onRetry}>Ask again</Button>}
    </EmptyState>
  );
};

/** In the viewer's own zone, as operators' tools show it. */
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const zoneName = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' });
const timeOf = (instant: string): string => clockTime.format(Date.parse(instant));
const zoneOf = (instant: string): string =>
  zoneName.formatToParts(Date.parse(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';

const Report = ({ operations, parts }: { readonly operations: Operations; readonly parts: ReactNode }) => {
  const { hops, now, history } = operations;
  const { isTable, setTable } = useOperationsSearch();
  const summary = summaryOf(hops);
  return (
    <>
      <p className="operations__summary" data-tone={summary.tone} role="status">
        <ToneDot tone={summary.tone} />
        {summary.text}
      </p>
      <section aria-label="The way of an event">
        <HopList hops={hops} now={now} />
      </section>
      <Figures operations={operations} />
      <section className="operations__parts health" aria-label="Channels, reading, sample and recording">
        {parts}
      </section>
      <section aria-label="The last hour">
        <div className="operations__head">
          <h2>
            The last hour{' '}
            <span className="operations__zone">
              in {zoneOf(now)}, a value each {history.everyMs / 1000} s
            </span>
          </h2>
          <SegmentedControl
            size="xs"
            aria-label="The last hour: drawings or table"
            data={[
              { value: 'charts', label: 'Charts' },
              { value: 'table', label: 'Table' },
            ]}
            value={isTable ? 'table' : 'charts'}
            onChange={(value) => setTable(value === 'table')}
          />
        </div>
        {history.at.length === 0 && (
          <p className="operations__note">Nothing is kept yet: the first values come within half a minute.</p>
        )}
        {history.at.length > 0 && isTable && <HourTable history={history} timeOf={timeOf} />}
        {history.at.length > 0 && !isTable && (
          <div className="hours">
            {CHARTS.map((chart) => (
              <HourChart key={chart.title} chart={chart} history={history} timeOf={timeOf} />
            ))}
          </div>
        )}
      </section>
    </>
  );
};
