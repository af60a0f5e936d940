import { MAX_BULK_AGENTS, type BulkPreview, type PresenceDefinition } from '@floorwatch/contracts';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { usePresenceDefinitions } from '../../live/presence-labels.ts';
import { closeTask, openTask, stopSelecting } from '../../live/presence-desk.ts';
import { useLiveServices } from '../../live/use-live.ts';
import { bulkPreviewQuery, requestBulk } from './change-api.ts';
import { OBSTACLE_WORDS } from './change-words.ts';
import { DeskDialog } from './desk-dialog.tsx';
import { dropDraft } from './draft.ts';
import { DryRunTable } from './dry-run-table.tsx';
import { groupOf, includedIn } from './dry-run-groups.ts';
import { PresenceChoice } from './presence-choice.tsx';
import { isUncertain, SendProblem } from './send-problem.tsx';
import { useChangeForm } from './use-change-form.ts';
import { useSend } from './use-send.ts';
import { useWanted } from './use-wanted.ts';
import { isReason, OverrideReason } from './verdict-panel.tsx';

const WIDE = 1080;
const NOBODY: ReadonlySet<string> = new Set();

/** The platform refuses it there (API §5.6). */
const refuseOnQueue = ({ system }: PresenceDefinition): string | null =>
  system === 'onQueue' ? OBSTACLE_WORDS['on-queue-in-bulk'] : null;

/** Changes several agents: first a dry run that tells what would become of each, then whoever is left in it. */
export const BulkDialog = ({ agentIds }: { readonly agentIds: readonly string[] }) => {
  const { form, change, nameTry, forgetTry, wasKept } = useChangeForm({ kind: 'bulk', agentIds: [...agentIds] });
  const [excluded, setExcluded] = useState(NOBODY);
  const { wanted, isCurrent } = useWanted(form);
  const dryRun = useQuery(bulkPreviewQuery(agentIds, wanted));
  const isAsking = dryRun.isFetching || !isCurrent;
  const label = usePresenceDefinitions().get(form.definitionId ?? '')?.label ?? null;
  const close = (): void => {
    dropDraft();
    closeTask();
  };
  const told = isAsking || form.definitionId === null ? undefined : dryRun.data;
  const overrides = told?.mayOverride === true && isReason(form.overrideReason);
  const included = told === undefined ? [] : includedIn(told.agents, { excluded, overrides });
  const send = useSend(
    () => {
      const { definitionId, overrideReason } = form;
      if (definitionId === null) throw new Error('Choose a presence first.');
      const override = overrides && overrideReason !== null ? { reason: overrideReason } : null;
      const body = { definitionId, message: form.message.trim() || null, agents: included, override };
      return requestBulk(body, nameTry(JSON.stringify(body)));
    },
    ({ id }) => {
      dropDraft();
      stopSelecting();
      openTask({ kind: 'bulk-progress', bulkId: id });
    },
  );
  const start = (): void => {
    if (send.error !== null && !isUncertain(send.error)) forgetTry();
    send.mutate(undefined);
  };
  return (
    <DeskDialog title={`Change ${countWords(agentIds.length)}`} size={WIDE} onClose={close}>
      {wasKept && (
        <p className="change__kept" role="status">
          This was chosen before the page was left or the session ended, and was not sent. Look at it again.
        </p>
      )}
      <div className="bulk">
        <PresenceChoice
          divisions={useDivisionsOf(agentIds)}
          definitionId={form.definitionId}
          message={form.message}
          refuse={refuseOnQueue}
          onChoose={(definitionId) => change({ definitionId, overrideReason: null })}
          onWrite={(message) => change({ message })}
        />
        <section className="bulk__told" aria-label="Dry run">
          {form.definitionId === null ? (
            <p className="change__hint">
              Choose a presence: a dry run then tells what would become of each of them. Nothing is changed by it.
            </p>
          ) : dryRun.error !== null && !isAsking ? (
            <SendProblem error={dryRun.error} label="Ask again" onRetry={() => void dryRun.refetch()} />
          ) : told === undefined ? (
            <p className="change__hint" role="status">
              <Loader size={12} /> Dry run of {countWords(agentIds.length)}…
            </p>
          ) : (
            <DryRunTable agents={told.agents} {...{ excluded, overrides }} onExclude={setExcluded} />
          )}
        </section>
      </div>
      {told !== undefined && mayOverrideSome(told) && (
        <OverrideReason
          reason={form.overrideReason}
          onReason={(overrideReason) => change({ overrideReason: overrideReason === '' ? null : overrideReason })}
        />
      )}
      {send.error !== null && <SendProblem error={send.error} onRetry={start} />}
      <div className="change__end">
        {told !== undefined && <span className="bulk__time">{durationWords(told.estimatedMs)}</span>}
        <Button variant="default" disabled={told === undefined} onClick={() => void dryRun.refetch()}>
          Dry run again
        </Button>
        <Button disabled={included.length === 0} loading={send.isPending} onClick={start}>
          {label === null ? 'Choose a presence' : `Set ${countWords(included.length)} to ${label}`}
        </Button>
      </div>
    </DeskDialog>
  );
};

const countWords = (count: number): string =>
  count === 1 ? 'one agent' : `${Math.min(count, MAX_BULK_AGENTS).toLocaleString('en')} agents`;

const mayOverrideSome = ({ mayOverride, agents }: BulkPreview): boolean =>
  mayOverride && agents.some((agent) => groupOf(agent) === 'blocked');

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

const durationWords = (ms: number): string => {
  if (ms >= MINUTE_MS) return `Takes about ${String(Math.ceil(ms / MINUTE_MS))} min at the pace Genesys Cloud allows`;
  return `Takes about ${String(Math.max(1, Math.ceil(ms / SECOND_MS)))} s`;
};

const useDivisionsOf = (agentIds: readonly string[]): ReadonlySet<string | null> => {
  const { live } = useLiveServices();
  return useMemo(
    () => new Set(agentIds.map((agentId) => live.rowOf(agentId)?.profile.divisionId ?? null)),
    [agentIds, live],
  );
};
