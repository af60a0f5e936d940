import type { BulkChangeView, PresenceChangeView, PresenceHoldView } from '@floorwatch/contracts';
import { CHANGE_STATES } from '@floorwatch/domain';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatClockTime } from '../../lib/clock-time.ts';
import { closeTask, openTask } from '../../live/presence-desk.ts';
import { useAgentRowOf } from '../../live/use-live.ts';
import { cancelChange, letGo, undoChange } from './change-api.ts';
import { isSettled, STATE_WORDS } from './change-words.ts';
import { useSecondsUntil } from './use-server-second.ts';
import { useSend } from './use-send.ts';

const AgentName = ({ agentId }: { readonly agentId: string }) => (
  <Link to="/agents/$id" params={{ id: agentId }} className="under-way__name" dir="auto" onClick={closeTask}>
    {useAgentRowOf(agentId)?.profile.name ?? 'An agent'}
  </Link>
);

interface LineProps {
  readonly what: ReactNode;
  readonly state: string;
  readonly note: string | null;
  readonly children: ReactNode;
}

const Line = ({ what, state, note, children }: LineProps) => (
  <li className="under-way__line">
    <div className="under-way__what">
      {what}
      <span className="under-way__state">{state}</span>
      {note !== null && <span className="under-way__note">{note}</span>}
    </div>
    {children}
  </li>
);

const byWords = ({ by }: Pick<PresenceChangeView, 'by'>): string => (by.name === null ? '' : ` · ${by.name}`);

/** One change: taken back while it waits, undone for a few seconds after. */
export const ChangeLine = ({ change }: { readonly change: PresenceChangeView }) => {
  const { id, agentId, state, wanted, undoableUntil, problem } = change;
  const left = useSecondsUntil(undoableUntil);
  const undo = useSend(undoChange);
  const cancel = useSend(cancelChange);
  const error = undo.error ?? cancel.error;
  return (
    <Line
      what={
        <>
          <AgentName agentId={agentId} /> → <b dir="auto">{wanted?.label ?? 'Idle (reset)'}</b>
        </>
      }
      state={`${STATE_WORDS[state]}${byWords(change)}`}
      note={error?.message ?? problem?.message ?? null}
    >
      {left > 0 && (
        <Button size="compact-xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate(id)}>
          Undo ({left} s)
        </Button>
      )}
      {state === 'waiting' && (
        <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
          Take it back
        </Button>
      )}
    </Line>
  );
};

/** One hold: until when, and the way to let go. */
export const HoldLine = ({ hold }: { readonly hold: PresenceHoldView }) => {
  const { id, agentId, wanted, endsAt, ended, reasserted } = hold;
  const release = useSend(letGo);
  const times = reasserted === 0 ? '' : `, set again ${String(reasserted)}×`;
  return (
    <Line
      what={
        <>
          <AgentName agentId={agentId} /> · <b dir="auto">{wanted.label}</b>
        </>
      }
      state={`${ended === null ? `until ${formatClockTime(Date.parse(endsAt))}${times}` : ended.reason}${byWords(hold)}`}
      note={release.error?.message ?? null}
    >
      {ended === null && (
        <Button size="compact-xs" variant="default" loading={release.isPending} onClick={() => release.mutate(id)}>
          Let go
        </Button>
      )}
    </Line>
  );
};

/** One bulk, and the way to its results. */
export const BulkLine = ({ bulk }: { readonly bulk: BulkChangeView }) => {
  const total = CHANGE_STATES.reduce((sum, state) => sum + (bulk.counts[state] ?? 0), 0);
  const done = CHANGE_STATES.reduce((sum, state) => sum + (isSettled(state) ? (bulk.counts[state] ?? 0) : 0), 0);
  return (
    <Line
      what={
        <>
          {total} agents → <b dir="auto">{bulk.wanted.label}</b>
        </>
      }
      state={`${BULK_WORDS[bulk.state]}: ${String(done)} of ${String(total)}${byWords(bulk)}`}
      note={bulk.reason}
    >
      <Button size="compact-xs" variant="default" onClick={() => openTask({ kind: 'bulk-progress', bulkId: bulk.id })}>
        Show
      </Button>
    </Line>
  );
};

export const BULK_WORDS: Readonly<Record<BulkChangeView['state'], string>> = {
  running: 'Going on',
  done: 'Done',
  cancelled: 'Cancelled',
  stopped: 'Stopped',
};
