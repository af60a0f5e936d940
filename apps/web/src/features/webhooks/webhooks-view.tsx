import '../../ui/subpage.css';
import './webhooks.css';
import type { CreatedWebhook, WebhookList } from '@floorwatch/contracts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { DeliveryLog } from './delivery-log.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { useWebhooksSearch } from './use-webhooks-search.ts';
import { WebhookCard } from './webhook-card.tsx';
import { WebhookFormDialog } from './webhook-form-dialog.tsx';
import { NoWebhooks, WebhooksFailed, WebhooksLoading } from './webhooks-states.tsx';
import { webhooksQuery } from './webhooks-query.ts';

interface WebhooksViewProps {
  /** The zone of times. */
  readonly zonePicker: ReactNode;
}

/** Who is told of every change, and how that goes. */
export const WebhooksView = ({ zonePicker }: WebhooksViewProps) => {
  const { data, error, refetch } = useQuery(webhooksQuery);
  return (
    <main className="subpage webhooks">
      <div className="webhooks__head">
        <h1 className="subpage__title">Webhooks</h1>
        {zonePicker}
      </div>
      {data === undefined &&
        (error === null ? <WebhooksLoading /> : <WebhooksFailed error={error} onRetry={() => void refetch()} />)}
      {data !== undefined && error !== null && <WebhooksFailed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <WebhookCards list={data} />}
    </main>
  );
};

const WebhookCards = ({ list }: { readonly list: WebhookList }) => {
  const { search, zone } = useWebhooksSearch();
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<CreatedWebhook | null>(null);
  const open = list.webhooks.find(({ id }) => id === search.webhook) ?? null;
  const onSecret = (created: CreatedWebhook): void => {
    setMaking(false);
    setMade(created);
  };
  const maker = <Button onClick={() => setMaking(true)}>New webhook</Button>;
  return (
    <>
      {list.webhooks.length === 0 ? (
        <NoWebhooks>{maker}</NoWebhooks>
      ) : (
        <>
          <div className="webhooks__bar">
            <p>
              Each change that is recorded is sent to these addresses, signed, at least once, and in order for each
              agent.
            </p>
            {maker}
          </div>
          <ul className="webhooks__cards">
            {list.webhooks.map((webhook) => (
              <WebhookCard key={webhook.id} {...{ webhook, zone, onSecret }} divisions={list.divisions} />
            ))}
          </ul>
        </>
      )}
      {open !== null && <DeliveryLog webhook={open} />}
      {isMaking && (
        <WebhookFormDialog
          webhook={null}
          divisions={list.divisions}
          onClose={() => setMaking(false)}
          onCreated={onSecret}
        />
      )}
      {made !== null && <SecretDialog created={made} onClose={() => setMade(null)} />}
    </>
  );
};
