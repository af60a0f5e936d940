import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  pauseWebhook,
  pingWebhook,
  replayDeliveries,
  rotateWebhookSecret,
  type CreatedWebhook,
  type DeliveryView,
  type WebhookSettingsAsked,
  type WebhookView,
} from '@floorwatch/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { FloorwatchRefused, getFromApi, sendToApi } from '../../lib/api-client.ts';
import { writePlainSearch } from '../../lib/plain-search.ts';
import type { WebhooksSearch } from './webhooks-search.ts';

/** How often the page looks how webhooks are doing, ms. */
const LOOK_EVERY_MS = 5000;

const PAGE = 50;

const retry = (failures: number, error: Error): boolean => !(error instanceof FloorwatchRefused) && failures < 2;

const pathOf = ({ path }: { readonly path: string }, id: string): string => path.replace(':id', encodeURIComponent(id));

export const WEBHOOKS_KEY = ['webhooks'];

/** All webhooks of whom the viewer may manage them, and where they may tell of. */
export const webhooksQuery = queryOptions({
  queryKey: [...WEBHOOKS_KEY, 'list'],
  queryFn: ({ signal }) => getFromApi({ path: listWebhooks.path, reply: listWebhooks.reply, signal }),
  refetchInterval: LOOK_EVERY_MS,
  retry,
});

/** What was sent to one, page by page. */
export const deliveriesQuery = (id: string, { state, agent }: Pick<WebhooksSearch, 'state' | 'agent'>) => {
  const asked = writePlainSearch({ state, agent, limit: String(PAGE) });
  return infiniteQueryOptions({
    queryKey: [...WEBHOOKS_KEY, 'log', id, asked],
    queryFn: ({ pageParam, signal }) =>
      getFromApi({
        path: `${pathOf(listDeliveries, id)}${asked}${pageParam === '' ? '' : `&cursor=${pageParam}`}`,
        reply: listDeliveries.reply,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_EVERY_MS,
    retry,
  });
};

export const askToCreate = async (settings: WebhookSettingsAsked): Promise<CreatedWebhook> =>
  createWebhook.reply.parse(await sendToApi({ method: 'POST', path: createWebhook.path, body: settings }));

export const askToChange = async (
  { id, version }: WebhookView,
  settings: WebhookSettingsAsked,
): Promise<WebhookView> => {
  const body = { ...settings, version };
  return changeWebhook.reply.parse(await sendToApi({ method: 'PUT', path: pathOf(changeWebhook, id), body }));
};

export const askToRotate = async ({ id, version }: WebhookView): Promise<CreatedWebhook> => {
  const path = pathOf(rotateWebhookSecret, id);
  return rotateWebhookSecret.reply.parse(await sendToApi({ method: 'POST', path, body: { version } }));
};

export const askToPause = async ({ id }: WebhookView, isPaused: boolean): Promise<WebhookView> =>
  pauseWebhook.reply.parse(await sendToApi({ method: 'POST', path: pathOf(pauseWebhook, id), body: { isPaused } }));

export const askToDelete = async ({ id }: WebhookView): Promise<void> => {
  await sendToApi({ method: 'DELETE', path: pathOf(deleteWebhook, id) });
};

export const askToPing = async ({ id }: WebhookView): Promise<DeliveryView> =>
  pingWebhook.reply.parse(await sendToApi({ method: 'POST', path: pathOf(pingWebhook, id) }));

/** @returns how many wait again */
export const askToReplay = async (id: string, deliveries: 'all' | readonly string[]): Promise<number> => {
  const body = { deliveries };
  const answer = await sendToApi({ method: 'POST', path: pathOf(replayDeliveries, id), body });
  return replayDeliveries.reply.parse(answer).replayed;
};
