import type { DeliveryView, WebhookView } from '@floorwatch/contracts';
import { Button } from '@mantine/core';
import { formatInstant } from '../../lib/zone-time.ts';
import { useWebhooksSearch } from './use-webhooks-search.ts';
import { Failure } from './failure.tsx';
import { useDeed } from './use-deed.ts';
import { prettyJson } from './webhook-words.ts';
import { askToReplay } from './webhooks-query.ts';

interface DeliveryDetailsProps {
  readonly webhook: WebhookView;
  readonly delivery: DeliveryView;
  readonly zone: string;
}

/** What was sent, what was answered, and what can be done about it. */
export const DeliveryDetails = ({ webhook, delivery, zone }: DeliveryDetailsProps) => {
  const { change } = useWebhooksSearch();
  const replay = useDeed(() => askToReplay(webhook.id, [delivery.id]));
  const { messageId, attemptedAt, status, response, error, request, agent } = delivery;
  return (
    <div className="sent">
      <dl className="sent__facts">
        <div>
          <dt>webhook-id</dt>
          <dd>
            <code>{messageId}</code>
          </dd>
        </div>
        <div>
          <dt>Last attempt</dt>
          <dd>{attemptedAt === null ? 'none yet' : formatInstant(Date.parse(attemptedAt), zone)}</dd>
        </div>
        <div>
          <dt>Answer</dt>
          <dd>{status === null ? (error ?? 'none yet') : String(status)}</dd>
        </div>
      </dl>
      <div className="sent__bodies">
        <Body title="Sent" text={prettyJson(request)} />
        <Body title="Answered" text={response === null || response === '' ? 'Nothing.' : response} />
      </div>
      <div className="sent__actions">
        {delivery.state === 'dead' && (
          <Button size="compact-sm" loading={replay.isPending} onClick={() => replay.mutate()}>
            Replay this one
          </Button>
        )}
        {agent !== null && (
          <Button size="compact-sm" variant="default" onClick={() => change({ agent: agent.id })}>
            All about this agent
          </Button>
        )}
      </div>
      <Failure error={replay.error} />
    </div>
  );
};

const Body = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <figure className="sent__body">
    <figcaption>{title}</figcaption>
    <pre tabIndex={0} aria-label={title}>
      {text}
    </pre>
  </figure>
);
