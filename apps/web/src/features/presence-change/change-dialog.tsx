import type { PresenceChangeView, PresenceHoldView } from '@floorwatch/contracts';
import type { AgentRow } from '@floorwatch/domain';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { closeTask } from '../../live/presence-desk.ts';
import { useAgentRowOf } from '../../live/use-live.ts';
import { previewQuery, requestChange, requestHold } from './change-api.ts';
import { ChangeForm } from './change-form.tsx';
import { ChangeOutcome } from './change-outcome.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { DeskDialog } from './desk-dialog.tsx';
import { dropDraft, EMPTY_FORM, type ChangeForm as ChangeFormState } from './draft.ts';
import { HoldOutcome } from './hold-outcome.tsx';
import { isUncertain } from './send-problem.tsx';
import { useChangeForm } from './use-change-form.ts';
import { conflictIn, useSend } from './use-send.ts';
import { useWanted } from './use-wanted.ts';

type Sent =
  | { readonly kind: 'change'; readonly change: PresenceChangeView }
  | { readonly kind: 'hold'; readonly hold: PresenceHoldView };

interface ChangeDialogProps {
  readonly agentId: string;
  /** A definition that is chosen already; none where it is null or left out. */
  readonly suggested?: string | null;
}

/** Changes the presence of one agent: what it would meet is told before, what came of it after, and never anything in between. */
export const ChangeDialog = ({ agentId, suggested = null }: ChangeDialogProps) => {
  const row = useLastRow(agentId);
  const name = row?.profile.name ?? 'this agent';
  const [sent, setSent] = useState<Sent | null>(null);
  const [last, setLast] = useState<ChangeFormState>({ ...EMPTY_FORM, definitionId: suggested });
  const close = (): void => {
    dropDraft();
    closeTask();
  };
  return (
    <DeskDialog title={`Change ${name}`} onClose={close}>
      {sent === null ? (
        <Choosing
          agentId={agentId}
          suggested={suggested}
          row={row}
          start={last}
          onClose={close}
          onSent={(next, form) => {
            dropDraft();
            setLast({ ...form, overrideReason: null });
            setSent(next);
          }}
        />
      ) : sent.kind === 'change' ? (
        <ChangeOutcome first={sent.change} name={name} onAgain={() => setSent(null)} onClose={close} />
      ) : (
        <HoldOutcome first={sent.hold} name={name} onClose={close} />
      )}
    </DeskDialog>
  );
};

/** Of somebody who leaves the floor meanwhile the name is still known. */
const useLastRow = (agentId: string): AgentRow | null => {
  const row = useAgentRowOf(agentId);
  const [last, setLast] = useState(row);
  if (row !== null && row !== last) setLast(row);
  return row ?? last;
};

interface ChoosingProps extends ChangeDialogProps {
  readonly row: AgentRow | null;
  /** What was chosen before, where it came to nothing. */
  readonly start: ChangeFormState;
  readonly onSent: (sent: Sent, form: ChangeFormState) => void;
  readonly onClose: () => void;
}

const Choosing = ({ agentId, row, start, onSent, onClose }: ChoosingProps) => {
  const { form, change, nameTry, forgetTry, wasKept } = useChangeForm({ kind: 'change', agentId }, start);
  const { wanted, isCurrent } = useWanted(form);
  const preview = useQuery(previewQuery(agentId, wanted));
  const send = useSend(
    async ({ etag }: { readonly etag: string }): Promise<Sent> => {
      const { definitionId, when, minutes, overrideReason } = form;
      if (definitionId === null) throw new Error('Choose a presence first.');
      const wanted = {
        definitionId,
        message: form.message.trim() || null,
        override: overrideReason === null ? null : { reason: overrideReason },
      };
      const tried = { etag, key: nameTry(JSON.stringify([wanted, when, minutes, etag])) };
      return when === 'hold'
        ? { kind: 'hold', hold: await requestHold(agentId, { ...wanted, minutes }, tried) }
        : { kind: 'change', change: await requestChange(agentId, { ...wanted, when }, tried) };
    },
    (answer) => onSent(answer, form),
  );
  const conflict = conflictIn(send.error);
  const lookAgain = (): void => {
    forgetTry();
    send.reset();
    change({ overrideReason: null });
    void preview.refetch();
  };
  if (conflict !== undefined)
    return <ConflictNotice now={conflict} name={row?.profile.name ?? null} onAgain={lookAgain} onClose={onClose} />;
  return (
    <ChangeForm
      {...{ row, form, wasKept, preview }}
      isAsking={preview.isFetching || !isCurrent}
      onChange={(part) => {
        if (send.error !== null) send.reset();
        change(part);
      }}
      sending={{ isPending: send.isPending, error: send.error }}
      onSend={(etag) => {
        if (send.error !== null && !isUncertain(send.error)) forgetTry();
        send.mutate({ etag });
      }}
      onLookAgain={lookAgain}
    />
  );
};
