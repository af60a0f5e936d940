import type { CreatedWebhook, DeliveryView, WebhookList, WebhookView } from '@floorwatch/contracts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatCount } from '../../lib/amounts.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Failure } from './failure.tsx';
import { useDeed } from './use-deed.ts';
import { useWebhooksSearch } from './use-webhooks-search.ts';
import { WebhookFormDialog } from './webhook-form-dialog.tsx';
import { targetOf } from './webhook-words.ts';
import { askToDelete, askToPause, askToPing, askToReplay, askToRotate } from './webhooks-query.ts';

interface WebhookActionsProps {
  readonly webhook: WebhookView;
  readonly divisions: WebhookList['divisions'];
  readonly onSecret: (created: CreatedWebhook) => void;
}

type Asked = 'edit' | 'rotate' | 'delete' | 'replay';

/** What can be done with a webhook. What cannot be taken back is asked twice. */
export const WebhookActions = ({ webhook, divisions, onSecret }: WebhookActionsProps) => {
  const { search, change } = useWebhooksSearch();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => setAsked(null);
  const pause = useDeed(() => askToPause(webhook, webhook.state !== 'paused'));
  const ping = useDeed(() => askToPing(webhook));
  const isLogOpen = search.webhook === webhook.id;
  const openLog = (): void =>
    change({ webhook: isLogOpen ? undefined : webhook.id, state: undefined, agent: undefined });
  return (
    <>
      <div className="hook__actions" role="group" aria-label={`Actions for ${webhook.name}`}>
        <Button size="compact-sm" variant={isLogOpen ? 'light' : 'default'} aria-pressed={isLogOpen} onClick={openLog}>
          Delivery log
        </Button>
        <Button size="compact-sm" variant="default" loading={ping.isPending} onClick={() => ping.mutate()}>
          Send a test
        </Button>
        <Button size="compact-sm" variant="default" loading={pause.isPending} onClick={() => pause.mutate()}>
          {webhook.state === 'paused' ? 'Go on' : 'Pause'}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setAsked('edit')}>
          Edit
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setAsked('rotate')}>
          New secret
        </Button>
        {webhook.dead > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => setAsked('replay')}>
            Replay dead
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => setAsked('delete')}>
          Delete
        </Button>
      </div>
      {ping.data !== undefined && <PingResult delivery={ping.data} />}
      <Failure error={pause.error ?? ping.error} />
      {asked === 'edit' && (
        <WebhookFormDialog webhook={webhook} divisions={divisions} onClose={close} onCreated={onSecret} />
      )}
      <Confirmations {...{ webhook, asked, onSecret }} onClose={close} />
    </>
  );
};

interface ConfirmationsProps extends Pick<WebhookActionsProps, 'webhook' | 'onSecret'> {
  readonly asked: Asked | null;
  readonly onClose: () => void;
}

const Confirmations = ({ webhook, asked, onSecret, onClose }: ConfirmationsProps) => {
  const rotate = useDeed(async () => onSecret(await askToRotate(webhook)), onClose);
  const remove = useDeed(() => askToDelete(webhook), onClose);
  const replay = useDeed(() => askToReplay(webhook.id, 'all'), onClose);
  const { name, waiting, dead } = webhook;
  if (asked === 'rotate')
    return (
      <ConfirmDialog title={`A new secret for ${name}?`} verb="Make a new secret" deed={rotate} onClose={onClose}>
        <p>It is shown once. For a day messages are signed with both, so that the receiver can be changed meanwhile.</p>
      </ConfirmDialog>
    );
  if (asked === 'delete')
    return (
      <ConfirmDialog title={`Delete ${name}?`} verb="Delete" isDangerous deed={remove} onClose={onClose}>
        <p>
          {targetOf(webhook.url)} is not told of anything any more. Its log goes too, with {formatCount(waiting)}{' '}
          waiting and {formatCount(dead)} dead messages. This cannot be taken back.
        </p>
      </ConfirmDialog>
    );
  if (asked === 'replay')
    return (
      <ConfirmDialog title={`Replay to ${name}?`} verb="Replay" deed={replay} onClose={onClose}>
        <p>
          {formatCount(dead)} dead {dead === 1 ? 'message waits' : 'messages wait'} again, at most 1,000 at a time. They
          come after what was delivered since: receivers know them by their instants and ids.
        </p>
      </ConfirmDialog>
    );
  return null;
};

const PingResult = ({ delivery: { error, status, latencyMs } }: { readonly delivery: DeliveryView }) => (
  <p className="hook__result" role="status" data-tone={error === null ? 'good' : 'alarm'}>
    {error === null
      ? `The test was taken: ${status ?? ''} after ${latencyMs ?? 0} ms.`
      : `The test was not taken: ${error}.`}
  </p>
);
