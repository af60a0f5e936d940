import type { PresenceChangeView } from '@floorwatch/contracts';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { usePresenceDefinitions } from '../../live/presence-labels.ts';
import { closeTask } from '../../live/presence-desk.ts';
import { useAgentRowOf } from '../../live/use-live.ts';
import { previewQuery, requestReset } from './change-api.ts';
import { ChangeOutcome } from './change-outcome.tsx';
import { thereWords } from './change-words.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { DeskDialog } from './desk-dialog.tsx';
import { isUncertain, SendProblem } from './send-problem.tsx';
import { conflictIn, useSend } from './use-send.ts';

/** Puts an agent who did not answer back in line for contacts: routing status Not Responding becomes Idle. */
export const ResetDialog = ({ agentId }: { readonly agentId: string }) => {
  const row = useAgentRowOf(agentId);
  const [name] = useState(row?.profile.name ?? 'this agent');
  const [sent, setSent] = useState<PresenceChangeView | null>(null);
  return (
    <DeskDialog title={`Reset Not Responding of ${name}`} size={480} onClose={closeTask}>
      {sent === null ? (
        <Asking agentId={agentId} name={name} onSent={setSent} />
      ) : (
        <ChangeOutcome first={sent} name={name} onAgain={() => setSent(null)} onClose={closeTask} />
      )}
    </DeskDialog>
  );
};

interface AskingProps {
  readonly agentId: string;
  readonly name: string;
  readonly onSent: (change: PresenceChangeView) => void;
}

const Asking = ({ agentId, name, onSent }: AskingProps) => {
  const preview = useQuery(previewQuery(agentId, useCurrent(agentId)));
  const tried = useRef<string | null>(null);
  const send = useSend((etag: string) => {
    tried.current ??= crypto.randomUUID();
    return requestReset(agentId, { etag, key: tried.current });
  }, onSent);
  const etag = preview.data?.etag ?? null;
  const again = (): void => {
    tried.current = null;
    send.reset();
    void preview.refetch();
  };
  const conflict = conflictIn(send.error);
  if (conflict !== undefined) return <ConflictNotice now={conflict} name={name} onAgain={again} onClose={closeTask} />;
  return (
    <div className="outcome">
      <p>
        {name} did not answer a contact and is offered no more. After the reset the routing status is Idle and contacts
        are offered again.
      </p>
      {preview.data !== undefined && (
        <p className="outcome__small">
          Presence now: <span dir="auto">{thereWords(preview.data.current)}</span>
        </p>
      )}
      {preview.error !== null && (
        <SendProblem error={preview.error} label="Ask again" onRetry={() => void preview.refetch()} />
      )}
      {send.error !== null && (
        <SendProblem
          error={send.error}
          onRetry={() => {
            if (send.error !== null && !isUncertain(send.error)) tried.current = null;
            if (etag !== null) send.mutate(etag);
          }}
        />
      )}
      <div className="outcome__actions">
        <Button
          data-autofocus
          disabled={etag === null}
          loading={send.isPending}
          onClick={() => etag !== null && send.mutate(etag)}
        >
          {preview.isFetching ? <Loader size={14} /> : 'Reset to Idle'}
        </Button>
        <Button variant="default" onClick={closeTask}>
          Leave it
        </Button>
      </div>
    </div>
  );
};

/** What is there already: to look at it is to ask what would become of setting it again. */
const useCurrent = (agentId: string) => {
  const definitions = usePresenceDefinitions();
  const current = useAgentRowOf(agentId)?.state.presence ?? null;
  const definitionId =
    current?.definitionId ??
    [...definitions.values()].find(({ isPrimary, system }) => isPrimary && system === current?.system)?.id ??
    null;
  const message = current?.message ?? null;
  return useMemo(() => (definitionId === null ? null : { definitionId, message }), [definitionId, message]);
};
