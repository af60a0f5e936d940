import type { DurationsReport, Operations } from '@floorwatch/contracts';
import type { ReactNode } from 'react';
import { formatElapsed } from '../../lib/elapsed.ts';
import { plainNumber } from './charts.ts';

/** What is measured now, in groups. */
export const Figures = ({ operations }: { readonly operations: Operations }) => {
  const { live, calls, browsers, process, store, jobs, release, runtime } = operations;
  return (
    <div className="figures">
      <Group title="An event, over the last minute">
        <Line name="Changes a second">{plainNumber(live.changesPerSecond)}</Line>
        <Line name="Platform to board">{percentiles(live.arrival)}</Line>
        <Line name="Board to sockets">{percentiles(live.delivery)}</Line>
        <Line name="All the way">{percentiles(live.total)}</Line>
        <Line name="Browsers">{browserWords(browsers)}</Line>
      </Group>
      <Group title="Calls of Genesys Cloud, over the last minute">
        <Line name="Calls a minute">{plainNumber(calls.perMinute)}</Line>
        <Line name="Time of a call">{percentiles(calls.took)}</Line>
        <Line name="Answered">
          {calls.answeredShare === null ? 'none was made' : `${plainNumber(calls.answeredShare * 100)} %`}
        </Line>
        <Line name="Tried again a minute">{plainNumber(calls.retriesPerMinute)}</Line>
        <Line name="Since the start">{outcomeWords(calls.byOutcome)}</Line>
      </Group>
      <Group title="This process">
        <Line name="Version">{`Floorwatch ${release}, ${runtime}`}</Line>
        <Line name="Runs for">{formatElapsed(process.uptimeSeconds * 1000)}</Line>
        <Line name="Memory">{`${plainNumber(Math.round(process.residentMb))} MB, heap ${plainNumber(Math.round(process.heapUsedMb))} MB`}</Line>
        <Line name="Processor">{`${plainNumber(Math.round(process.cpuShare * 100))} % of a core`}</Line>
        <Line name="Lateness, 99 in 100">{`${plainNumber(process.eventLoopP99Ms)} ms`}</Line>
      </Group>
      <Group title="Store and jobs">
        <Line name="Database">{storeWords(store)}</Line>
        <Line name="Size">{`${plainNumber(store?.sizeMb ?? null)} MB`}</Line>
        {(jobs ?? []).map(({ queue, waiting, active, deferred }) => (
          <Line key={queue} name={queue}>
            {`${waiting} waiting, ${active} under way, ${deferred} for later`}
          </Line>
        ))}
        {jobs !== null && jobs.length === 0 && <Line name="Jobs">none yet</Line>}
      </Group>
    </div>
  );
};

const Group = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="figures__group" aria-label={title}>
    <h3>{title}</h3>
    <dl>{children}</dl>
  </section>
);

const Line = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="figures__line">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const percentiles = (durations: DurationsReport): string =>
  durations === null
    ? 'nothing happened'
    : `${plainNumber(durations.p50Ms)} ms, 99 in 100 ${plainNumber(durations.p99Ms)} ms`;

const browserWords = ({ connected, behind, dropped }: Operations['browsers']): string =>
  [
    `${connected.toLocaleString('en')} connected`,
    behind > 0 && `${behind.toLocaleString('en')} behind`,
    dropped > 0 && `${dropped.toLocaleString('en')} dropped since the start`,
  ]
    .filter(Boolean)
    .join(', ');

const OUTCOME_WORD: Readonly<Record<string, string>> = {
  answered: 'answered',
  unauthorized: 'token refused',
  limited: 'told to wait',
  refused: 'refused',
  failed: 'failed',
  unanswered: 'without an answer',
};

const outcomeWords = (byOutcome: Operations['calls']['byOutcome']): string =>
  Object.entries(byOutcome)
    .map(([outcome, count]) => `${count.toLocaleString('en')} ${OUTCOME_WORD[outcome] ?? outcome}`)
    .join(', ') || 'none yet';

const ENGINE_WORD: Readonly<Record<string, string>> = { pglite: 'Embedded', postgres: 'PostgreSQL' };

const storeWords = (store: Operations['store']): string =>
  store === null ? 'none' : `${ENGINE_WORD[store.engine] ?? store.engine}, ${store.state === 'up' ? 'in use' : 'away'}`;
