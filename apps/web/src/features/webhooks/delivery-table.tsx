import type { DeliveryView, WebhookView } from '@floorwatch/contracts';
import { useId, useState } from 'react';
import { formatInstant } from '../../lib/zone-time.ts';
import { LineOpener } from '../../ui/line-opener.tsx';
import { DeliveryDetails } from './delivery-details.tsx';
import { DELIVERY_WORD } from './webhook-words.ts';

interface DeliveryTableProps {
  readonly webhook: WebhookView;
  readonly deliveries: readonly DeliveryView[];
  readonly zone: string;
  /** What it is of, for those who cannot see it. */
  readonly caption: string;
}

/** Messages, a line each; request and answer of one open below it. */
export const DeliveryTable = ({ webhook, deliveries, zone, caption }: DeliveryTableProps) => (
  <div className="rows" data-cards role="region" aria-label={caption} tabIndex={0}>
    <table className="deliveries__table">
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Happened</th>
          <th scope="col">About</th>
          <th scope="col">State</th>
          <th scope="col">Answer</th>
          <th scope="col" className="deliveries__number">
            Latency
          </th>
          <th scope="col" className="deliveries__number">
            Attempts
          </th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryLines key={delivery.id} {...{ webhook, delivery, zone }} />
        ))}
      </tbody>
    </table>
  </div>
);

interface DeliveryLinesProps {
  readonly webhook: WebhookView;
  readonly delivery: DeliveryView;
  readonly zone: string;
}

const DeliveryLines = ({ webhook, delivery, zone }: DeliveryLinesProps) => {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { occurredAt, agent, type, state, status, error, latencyMs, attempts } = delivery;
  const { word, meaning, tone } = DELIVERY_WORD[state];
  const when = formatInstant(Date.parse(occurredAt), zone);
  return (
    <>
      <tr className="deliveries__line">
        <LineOpener
          isOpen={isOpen}
          opens={id}
          label={`Message of ${when}: request and answer`}
          onToggle={() => setOpen(!isOpen)}
        >
          <time dateTime={occurredAt}>{when}</time>
        </LineOpener>
        <th scope="row" dir="auto">
          {agent === null ? (type === 'webhook.ping' ? 'A test' : type) : (agent.name ?? agent.id)}
        </th>
        <td>
          <span className="deliveries__state" data-tone={tone} title={meaning}>
            {word}
          </span>
        </td>
        <td className="deliveries__answer" dir="auto">
          {error ?? (status === null ? '–' : String(status))}
        </td>
        <td className="deliveries__number">{latencyMs === null ? '–' : `${latencyMs} ms`}</td>
        <td className="deliveries__number">{attempts}</td>
      </tr>
      {isOpen && (
        <tr className="deliveries__details" id={id}>
          <td colSpan={6}>
            <DeliveryDetails {...{ webhook, delivery, zone }} />
          </td>
        </tr>
      )}
    </>
  );
};
