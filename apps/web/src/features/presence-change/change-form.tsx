import type { PresenceChangePreview } from '@floorwatch/contracts';
import type { AgentRow } from '@floorwatch/domain';
import { Button, Loader } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { usePresenceDefinitions } from '../../live/presence-labels.ts';
import { thereWords } from './change-words.ts';
import type { ChangeForm as Form } from './draft.ts';
import { PresenceChoice } from './presence-choice.tsx';
import { SendProblem } from './send-problem.tsx';
import { isReason, WhatHappens } from './verdict-panel.tsx';
import { mayBeHeld, WhenChoice } from './when-choice.tsx';

interface ChangeFormProps {
  readonly row: AgentRow | null;
  readonly form: Form;
  /** The choice is from before: the session had ended, or the page was loaded again. */
  readonly wasKept: boolean;
  readonly preview: UseQueryResult<PresenceChangePreview>;
  /** What is told is not of this choice, or not of now: nothing may be made of it. */
  readonly isAsking: boolean;
  readonly sending: { readonly isPending: boolean; readonly error: Error | null };
  readonly onChange: (part: Partial<Form>) => void;
  /** @param etag the presence that was shown, and nothing else, is to be replaced */
  readonly onSend: (etag: string) => void;
  readonly onLookAgain: () => void;
}

/** The choice on one side, what it would meet and do on the other. */
export const ChangeForm = (props: ChangeFormProps) => {
  const { row, form, wasKept, preview, isAsking, sending, onChange, onSend, onLookAgain } = props;
  const definitions = usePresenceDefinitions();
  const label = definitions.get(form.definitionId ?? '')?.label ?? null;
  const isHoldable = (definitionId: string | null): boolean =>
    mayBeHeld(definitions.get(definitionId ?? '')?.system ?? 'idle');
  const division = row?.profile.divisionId ?? null;
  const divisions = useMemo(() => new Set([division]), [division]);
  const told = isAsking || form.definitionId === null ? undefined : preview.data;
  const ready = told !== undefined && mayBeSent(told, form) ? told : null;
  return (
    <form
      className="change"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready !== null && !sending.isPending) onSend(ready.etag);
      }}
    >
      {wasKept && sending.error === null && (
        <p className="change__kept" role="status">
          This was chosen before the page was left or the session ended, and was not sent. Look at it again.
        </p>
      )}
      <div className="change__sides">
        <PresenceChoice
          divisions={divisions}
          definitionId={form.definitionId}
          message={form.message}
          onChoose={(definitionId) =>
            onChange({
              definitionId,
              overrideReason: null,
              ...(form.when === 'hold' && !isHoldable(definitionId) && { when: 'now' }),
            })
          }
          onWrite={(message) => onChange({ message })}
        />
        <section className="change__side" aria-label="What it would do" aria-live="polite">
          <Told
            {...{ row, form, preview, isAsking, onChange, onLookAgain }}
            isHoldable={isHoldable(form.definitionId)}
          />
        </section>
      </div>
      {sending.error !== null && (
        <SendProblem error={sending.error} onRetry={() => (ready === null ? onLookAgain() : onSend(ready.etag))} />
      )}
      <div className="change__end">
        <Button type="submit" disabled={ready === null} loading={sending.isPending}>
          {label === null ? 'Choose a presence' : SEND_WORDS[form.when](label, form.minutes)}
        </Button>
      </div>
    </form>
  );
};

const SEND_WORDS: Readonly<Record<Form['when'], (label: string, minutes: number) => string>> = {
  now: (label) => `Set to ${label}`,
  'after-contact': (label) => `Set to ${label} after the contact`,
  hold: (label, minutes) => `Hold ${label} for ${String(minutes)} min`,
};

const mayBeSent = ({ obstacles, mayOverride }: PresenceChangePreview, { overrideReason }: Form): boolean =>
  obstacles.length === 0 ||
  (obstacles.every((obstacle) => obstacle === 'schedule-blocks') && mayOverride && isReason(overrideReason));

interface ToldProps extends Pick<
  ChangeFormProps,
  'row' | 'form' | 'preview' | 'isAsking' | 'onChange' | 'onLookAgain'
> {
  readonly isHoldable: boolean;
}

const Told = ({ row, form, preview, isAsking, isHoldable, onChange, onLookAgain }: ToldProps) => {
  const { error } = preview;
  const shown = useShown({ form, preview, isAsking });
  if (form.definitionId === null)
    return (
      <p className="change__hint">Choose a presence: what the schedule says and what it does is told here first.</p>
    );
  if (error !== null && !isAsking)
    return <SendProblem error={error} label="Ask again" onRetry={() => void preview.refetch()} />;
  if (shown === null)
    return (
      <p className="change__hint">
        <Loader size={12} /> Asking what it would meet…
      </p>
    );
  return (
    <div className="change__told" aria-busy={isAsking}>
      <p className="change__now">
        <span className="change__label">Now</span> <span dir="auto">{thereWords(shown.current)}</span>
        {shown.current !== null && shown.current.message !== null && <span dir="auto"> “{shown.current.message}”</span>}
      </p>
      {hasMovedOn(row, shown) && (
        <div className="problem" role="status">
          <p>The presence has changed while this was open: what is told here is of the one before.</p>
          <Button size="compact-sm" variant="default" onClick={onLookAgain}>
            Look again
          </Button>
        </div>
      )}
      <WhatHappens
        preview={shown}
        reason={form.overrideReason}
        onReason={(overrideReason) => onChange({ overrideReason })}
      />
      <WhenChoice
        when={form.when}
        minutes={form.minutes}
        isOnContact={shown.isOnContact}
        isHoldable={isHoldable}
        onChange={onChange}
      />
    </div>
  );
};

/** While another message is being written what is told of the presence stays to be read, but cannot be acted on. */
const useShown = ({ form, preview, isAsking }: Pick<ToldProps, 'form' | 'preview' | 'isAsking'>) => {
  const [last, setLast] = useState<{ readonly of: string | null; readonly told: PresenceChangePreview } | null>(null);
  const { data } = preview;
  if (!isAsking && data !== undefined && (last?.told !== data || last.of !== form.definitionId))
    setLast({ of: form.definitionId, told: data });
  return last?.of === form.definitionId ? last.told : null;
};

/** The live floor shows a presence that began after the one that was told. */
const hasMovedOn = (row: AgentRow | null, { current }: PresenceChangePreview): boolean => {
  const live = row?.state.presence ?? null;
  if (live === null || current === null) return false;
  return live.since.at > Date.parse(current.since.at) && live.definitionId !== current.definitionId;
};
