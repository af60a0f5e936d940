import { CHANGE_STATES, type ChangeState } from '@floorwatch/domain';
import { Button, Loader, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { closeTask } from '../../live/presence-desk.ts';
import { useLiveServices } from '../../live/use-live.ts';
import { bulkQuery, stopBulk } from './change-api.ts';
import { isSettled, STATE_WORDS } from './change-words.ts';
import { DeskDialog } from './desk-dialog.tsx';
import { FilterChips } from './filter-chips.tsx';
import { SendProblem } from './send-problem.tsx';
import { BULK_WORDS } from './under-way-lines.tsx';
import { useFocusOnMount } from './use-focus-on-mount.ts';
import { useSend } from './use-send.ts';

const WIDE = 760;

/** How a bulk goes, agent by agent. It goes on whether or not somebody looks. */
export const BulkProgressDialog = ({ bulkId }: { readonly bulkId: string }) => {
  const { data: bulk, error, refetch } = useQuery(bulkQuery(bulkId));
  const focus = useFocusOnMount();
  const stop = useSend(stopBulk, () => void refetch());
  const isRunning = bulk?.state === 'running';
  return (
    <DeskDialog title="Change of several agents" size={WIDE} onClose={closeTask}>
      {bulk === undefined && error === null && <Loader size="sm" aria-label="Asking Floorwatch" />}
      {error !== null && <SendProblem error={error} label="Ask again" onRetry={() => void refetch()} />}
      {bulk !== undefined && (
        <div className="outcome">
          <div role="status">
            <h3 className="outcome__title" tabIndex={-1} ref={focus}>
              {BULK_WORDS[bulk.state]}: {bulk.wanted.label}, {settledOf(bulk.counts)} of {bulk.changes.length} agents
            </h3>
          </div>
          <Progress
            aria-label="Agents settled"
            value={bulk.changes.length === 0 ? 0 : (settledOf(bulk.counts) / bulk.changes.length) * 100}
          />
          {bulk.reason !== null && <p>{bulk.reason}</p>}
          <Results changes={bulk.changes} counts={bulk.counts} />
          {stop.error !== null && <SendProblem error={stop.error} onRetry={() => stop.mutate(bulkId)} />}
          {isRunning && (
            <p className="outcome__small">
              You may close this or leave the page: it goes on, and is found under “Changes”. Cancelling leaves alone
              whoever has not been begun with.
            </p>
          )}
          <div className="outcome__actions">
            {isRunning && (
              <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate(bulkId)}>
                Cancel the rest
              </Button>
            )}
            <Button onClick={closeTask}>{isRunning ? 'Close: it goes on' : 'Done'}</Button>
          </div>
        </div>
      )}
    </DeskDialog>
  );
};

type Counts = Readonly<Record<ChangeState, number>>;

const settledOf = (counts: Counts): number =>
  CHANGE_STATES.reduce((sum, state) => sum + (isSettled(state) ? counts[state] : 0), 0);

interface ResultsProps {
  readonly changes: readonly {
    readonly id: string;
    readonly agentId: string;
    readonly state: ChangeState;
    readonly problem: { readonly message: string } | null;
  }[];
  readonly counts: Counts;
}

/** Each agent with what came of it. */
const Results = ({ changes, counts }: ResultsProps) => {
  const { live } = useLiveServices();
  const [only, setOnly] = useState<ChangeState | null>(null);
  const options = CHANGE_STATES.filter((state) => counts[state] > 0).map((state) => ({
    id: state,
    label: STATE_WORDS[state],
    count: counts[state],
  }));
  return (
    <>
      <FilterChips label="Result" options={options} chosen={only} onChoose={setOnly} />
      <div className="bulk__scroll" tabIndex={0} role="group" aria-label="Results, agent by agent">
        <table className="bulk__table bulk__table--results">
          <thead>
            <tr>
              <th scope="col">Agent</th>
              <th scope="col">Result</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {changes
              .filter(({ state }) => only === null || state === only)
              .map(({ id, agentId, state, problem }) => (
                <tr key={id} data-state={state}>
                  <th scope="row" dir="auto">
                    {live.rowOf(agentId)?.profile.name ?? agentId}
                  </th>
                  <td>{STATE_WORDS[state]}</td>
                  <td>{problem?.message ?? ''}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </>
  );
};
