import type { PresenceChangeView } from '@floorwatch/contracts';
import type { ChangeState } from '@floorwatch/domain';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelChange, changeQuery, undoChange } from './change-api.ts';
import { isSettled, thereWords } from './change-words.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { SendProblem } from './send-problem.tsx';
import { useFocusOnMount } from './use-focus-on-mount.ts';
import { useSecondsUntil } from './use-server-second.ts';
import { useSend } from './use-send.ts';

interface ChangeOutcomeProps {
  /** As it was answered; it is followed from there. */
  readonly first: PresenceChangeView;
  readonly name: string;
  /** Back to the choice. */
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

const TONE: Readonly<Partial<Record<ChangeState, string>>> = {
  confirmed: 'good',
  'not-confirmed': 'warn',
  refused: 'alarm',
  failed: 'alarm',
};

/** How a change goes, step by step, and what can still be done about it. */
export const ChangeOutcome = ({ first, name, onAgain, onClose }: ChangeOutcomeProps) => {
  const [followed, follow] = useState(first);
  const { data, error } = useQuery({ ...changeQuery(followed.id), initialData: followed });
  const focus = useFocusOnMount();
  if (data.state === 'refused' && data.problem?.code === 'version-conflict')
    return <ConflictNotice now={data.now} {...{ name, onAgain, onClose }} />;
  return (
    <div className="outcome" data-tone={TONE[data.state]}>
      <div role="status">
        <h3 className="outcome__title" tabIndex={-1} ref={focus}>
          {!isSettled(data.state) && <Loader size={14} aria-hidden="true" />}
          {titleOf(data, name)}
        </h3>
        <Explained change={data} />
      </div>
      {error !== null && !isSettled(data.state) && (
        <p className="problem__small">{error.message} It is asked again until it answers; the change goes on.</p>
      )}
      <Actions change={data} {...{ onAgain, onClose }} onFollow={follow} />
    </div>
  );
};

const titleOf = (change: PresenceChangeView, name: string): string => {
  const label = change.wanted?.label ?? 'Idle';
  const isReset = change.kind === 'reset-not-responding';
  switch (change.state) {
    case 'waiting':
      return `${label} waits until ${name}’s contact ends`;
    case 'requested':
      return change.cause === 'undo' ? 'Putting it back…' : `On its way to Genesys Cloud: ${label}`;
    case 'accepted':
      return 'Genesys Cloud has accepted it. Waiting to see it on the floor…';
    case 'confirmed':
      if (isReset) return `Confirmed: ${name} is ready for contacts again`;
      return change.cause === 'undo' ? `Put back: ${name} is on ${label} again` : `Confirmed: ${name} is on ${label}`;
    case 'not-confirmed':
      return 'Not confirmed';
    case 'refused':
      return 'Refused: nothing was changed';
    case 'failed':
      return 'It did not work';
    case 'cancelled':
      return 'Taken back: nothing was changed';
  }
};

const Explained = ({ change: { state, problem, now, before, replaced } }: { readonly change: PresenceChangeView }) => {
  switch (state) {
    case 'not-confirmed':
      return (
        <p>
          Genesys Cloud accepted the change, but no event of it has come, so it does not count as done. There is now:{' '}
          <b dir="auto">{thereWords(now)}</b>.
        </p>
      );
    case 'refused':
    case 'failed':
      return <p>{problem?.message ?? 'No reason was given.'}</p>;
    case 'confirmed':
      return (
        <>
          {before !== null && (
            <p className="outcome__small">
              Before: <span dir="auto">{thereWords(before)}</span>
            </p>
          )}
          {replaced !== null && (
            <p>
              In the last instant somebody set something else, and it was replaced:{' '}
              <b dir="auto">{thereWords(replaced)}</b>.
            </p>
          )}
        </>
      );
    default:
      return <p className="outcome__small">You may close this: it goes on, and is found under “Changes”.</p>;
  }
};

interface ActionsProps {
  readonly change: PresenceChangeView;
  readonly onFollow: (change: PresenceChangeView) => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

const Actions = ({ change, onFollow, onAgain, onClose }: ActionsProps) => {
  const undo = useSend(undoChange, onFollow);
  const cancel = useSend(cancelChange, onFollow);
  const left = useSecondsUntil(change.undoableUntil);
  const { id, state } = change;
  const problem = undo.error ?? cancel.error;
  return (
    <>
      {problem !== null && (
        <SendProblem error={problem} onRetry={() => (problem === undo.error ? undo : cancel).mutate(id)} />
      )}
      <div className="outcome__actions">
        {left > 0 && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(id)}>
            Undo ({left} s)
          </Button>
        )}
        {state === 'waiting' && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
            Take it back
          </Button>
        )}
        {(state === 'refused' || state === 'failed' || state === 'not-confirmed') && (
          <Button variant="default" onClick={onAgain}>
            Look again and decide anew
          </Button>
        )}
        <Button onClick={onClose}>{isSettled(state) ? 'Done' : 'Close'}</Button>
      </div>
    </>
  );
};
