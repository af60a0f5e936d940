import type { CreatedWebhook, WebhookList, WebhookView } from '@floorwatch/contracts';
import { useMemo } from 'react';
import { formatCount } from '../../lib/amounts.ts';
import { formatInstant } from '../../lib/zone-time.ts';
import { useDivisions, useQueues } from '../../live/use-facets.ts';
import { WebhookActions } from './webhook-actions.tsx';
import { filterWords, stateOf, type Names } from './webhook-words.ts';

interface WebhookCardProps {
  readonly webhook: WebhookView;
  readonly zone: string;
  readonly divisions: WebhookList['divisions'];
  readonly onSecret: (created: CreatedWebhook) => void;
}

/** One webhook: whom it tells what, how that goes, and what can be done about it. */
export const WebhookCard = ({ webhook, zone, divisions, onSecret }: WebhookCardProps) => {
  const { name, url, filter, withNames, origin } = webhook;
  const { word, tone, advice } = stateOf(webhook, zone);
  const names = useNames();
  return (
    <li className="hook" data-tone={tone} aria-label={name}>
      <div className="hook__head">
        <h2 className="hook__name" dir="auto">
          {name}
        </h2>
        <span className="hook__state" data-tone={tone}>
          {word}
        </span>
        {origin === 'environment' && (
          <span className="hook__origin" title="Made at the start from WEBHOOK_ENDPOINT; deleted, it comes back then">
            from the environment
          </span>
        )}
      </div>
      <p className="hook__url">
        <code>{url}</code>
      </p>
      <p className="hook__filter">
        {filterWords(filter, names)}
        {withNames && ' · with names and own words'}
      </p>
      {advice !== null && <p className="hook__advice">{advice}</p>}
      <Figures webhook={webhook} zone={zone} />
      <WebhookActions {...{ webhook, divisions, onSecret }} />
    </li>
  );
};

const Figures = ({ webhook, zone }: Pick<WebhookCardProps, 'webhook' | 'zone'>) => {
  const { waiting, waitingSince, dead, lastSuccessAt, previousSecretUntil } = webhook;
  const at = (instant: string): string => formatInstant(Date.parse(instant), zone);
  return (
    <dl className="hook__figures">
      <div>
        <dt>Last taken</dt>
        <dd>{lastSuccessAt === null ? 'never' : at(lastSuccessAt)}</dd>
      </div>
      <div>
        <dt>Waiting</dt>
        <dd>
          {formatCount(waiting)}
          {waitingSince !== null && <span className="hook__since">, since {at(waitingSince)}</span>}
        </dd>
      </div>
      <div data-tone={dead > 0 ? 'alarm' : undefined}>
        <dt>Dead letters</dt>
        <dd>{formatCount(dead)}</dd>
      </div>
      {previousSecretUntil !== null && (
        <div>
          <dt>Signed with both secrets until</dt>
          <dd>{at(previousSecretUntil)}</dd>
        </div>
      )}
    </dl>
  );
};

const useNames = (): Names => {
  const divisions = useDivisions();
  const queues = useQueues();
  return useMemo(
    () => ({
      divisions: new Map(divisions.map(({ id, name }) => [id, name])),
      queues: new Map(queues.map(({ id, name }) => [id, name])),
    }),
    [divisions, queues],
  );
};
