import { createApiKey, listApiKeys, revokeApiKey, type ApiKeyCreated, type CreateApiKey } from '@floorwatch/contracts';
import { queryOptions } from '@tanstack/react-query';
import { FloorwatchRefused, getFromApi, sendToApi } from '../../lib/api-client.ts';

/** When a key was last used is told to the minute; a page that stays open follows. */
const ASK_AGAIN_MS = 60_000;

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => getFromApi({ path: listApiKeys.path, reply: listApiKeys.reply, signal }),
  refetchInterval: ASK_AGAIN_MS,
  retry: (failures, error) => !(error instanceof FloorwatchRefused) && failures < 2,
});

/** @returns the key with its secret, which is told this once */
export const makeApiKey = async (wish: CreateApiKey): Promise<ApiKeyCreated> =>
  createApiKey.reply.parse(await sendToApi({ method: 'POST', path: createApiKey.path, body: wish }));

export const endApiKey = async (id: string): Promise<void> => {
  await sendToApi({ method: 'POST', path: revokeApiKey.path.replace(':id', encodeURIComponent(id)) });
};
