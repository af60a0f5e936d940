import { DELIVERY_LOG_STATES, type WebhookView } from '@floorwatch/contracts';
import { Button, CloseButton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { zoneWords } from '../../lib/zone-time.ts';
import { useAgentRowOf, usePlatformNow } from '../../live/use-live.ts';
import { DeliveryTable } from './delivery-table.tsx';
import { useWebhooksSearch } from './use-webhooks-search.ts';
import { DELIVERY_WORD } from './webhook-words.ts';
import { WebhooksFailed, WebhooksLoading } from './webhooks-states.tsx';
import { deliveriesQuery } from './webhooks-query.ts';

const HOUR_MS = 3_600_000;

/** What was sent to one webhook and what came of it, newest first. */
export const DeliveryLog = ({ webhook }: { readonly webhook: WebhookView }) => {
  const { zone, change } = useWebhooksSearch();
  const now = usePlatformNow(HOUR_MS);
  const id = useId();
  const caption = `Messages to ${webhook.name}, newest first, times in ${now === null ? zone : zoneWords(zone, { from: now, to: now + 1 })}`;
  return (
    <section className="deliveries" aria-labelledby={id}>
      <div className="deliveries__head">
        <h2 className="deliveries__title" id={id}>
          Delivery log of {webhook.name}
        </h2>
        <CloseButton
          aria-label="Close the log"
          onClick={() => change({ webhook: undefined, state: undefined, agent: undefined })}
        />
      </div>
      <LogFilter />
      <LogEntries webhook={webhook} caption={caption} />
      <p className="deliveries__note">
        {caption}. Delivered ones are kept for three days, the newest 10,000; dead ones for a month.
      </p>
    </section>
  );
};

const LogFilter = () => {
  const { search, change } = useWebhooksSearch();
  const { agent } = search;
  const name = useAgentRowOf(agent ?? '')?.profile.name ?? agent;
  return (
    <div className="deliveries__filter" role="group" aria-label="Filter">
      <label className="deliveries__choice">
        <span>State</span>
        <select
          className="range__input"
          value={search.state ?? ''}
          onChange={(event) => change({ state: DELIVERY_LOG_STATES.find((one) => one === event.currentTarget.value) })}
        >
          <option value="">Any</option>
          {DELIVERY_LOG_STATES.map((state) => (
            <option key={state} value={state}>
              {DELIVERY_WORD[state].word}
            </option>
          ))}
        </select>
      </label>
      {agent !== undefined && (
        <Button
          size="sm"
          variant="light"
          rightSection={<span aria-hidden="true">×</span>}
          onClick={() => change({ agent: undefined })}
        >
          <span dir="auto">About {name}</span>
          <span className="hidden">: remove from the filter</span>
        </Button>
      )}
    </div>
  );
};

const LogEntries = ({ webhook, caption }: { readonly webhook: WebhookView; readonly caption: string }) => {
  const { search, zone } = useWebhooksSearch();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    deliveriesQuery(webhook.id, search),
  );
  if (data === undefined)
    return error === null ? <WebhooksLoading /> : <WebhooksFailed error={error} onRetry={() => void refetch()} />;
  const deliveries = data.pages.flatMap((page) => page.deliveries);
  return (
    <>
      {deliveries.length === 0 ? <NoDeliveries /> : <DeliveryTable {...{ webhook, deliveries, zone, caption }} />}
      {hasNextPage && (
        <Button
          className="deliveries__more"
          variant="default"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </>
  );
};

const NoDeliveries = () => {
  const { search, change } = useWebhooksSearch();
  const isFiltered = search.state !== undefined || search.agent !== undefined;
  return (
    <p className="deliveries__none" role="status">
      {isFiltered
        ? 'No message that is kept is like that. '
        : 'Nothing that it tells of has happened since it was made.'}
      {isFiltered && (
        <Button size="compact-sm" variant="default" onClick={() => change({ state: undefined, agent: undefined })}>
          Show all
        </Button>
      )}
    </p>
  );
};
