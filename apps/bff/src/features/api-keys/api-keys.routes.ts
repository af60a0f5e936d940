import {
  createApiKey,
  errorBody,
  listApiKeys,
  revokeApiKey,
  type ApiKeyView,
  type NamedEntity,
} from '@floorwatch/contracts';
import { apiKeyStateAt, covers, divisionId, type ApiKey, type Clock } from '@floorwatch/domain';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { KeyOffice } from '../../api-keys/key-office.ts';
import type { DirectoryNames } from '../../ingest/directory.ts';

export interface ApiKeysRoutesOptions {
  readonly office: KeyOffice;
  readonly names: () => DirectoryNames;
  readonly clock: Clock;
}

const errors = { '4xx': errorBody, '5xx': errorBody };
const config = { needs: 'manage' } as const;

export const apiKeysRoutes: FastifyPluginCallbackZod<ApiKeysRoutesOptions> = (app, { office, names, clock }, done) => {
  const viewOf = (key: ApiKey): ApiKeyView => apiKeyViewOf(key, { names: names().divisions, now: clock.now() });

  app.get(
    listApiKeys.path,
    { config, schema: { response: { 200: listApiKeys.reply, ...errors } } },
    async ({ viewer }) => {
      const grantable = KeyOffice.grantable(viewer, ['feed:transitions']);
      const divisions = names().divisions.filter(({ id }) => covers(grantable, divisionId(id)));
      return { keys: (await office.list({ viewer })).map(viewOf), divisions, mayOpenAll: grantable === 'all' };
    },
  );

  app.post(
    createApiKey.path,
    { config, schema: { body: createApiKey.body, response: { 201: createApiKey.reply, ...errors } } },
    async ({ viewer, body, id: correlationId }, reply) => {
      const { divisions, ...rest } = body;
      const wish = {
        ...rest,
        scopes: [...new Set(rest.scopes)],
        divisions: divisions === 'all' ? divisions : new Set(divisions.map(divisionId)),
      };
      const { key, text } = await office.create(wish, { viewer, correlationId });
      return reply.code(201).send({ key: viewOf(key), secret: text });
    },
  );

  const { path, params, reply } = revokeApiKey;
  app.post(
    path,
    { config, schema: { params, response: { 200: reply, ...errors } } },
    async ({ viewer, params: { id }, id: correlationId }) => viewOf(await office.revoke(id, { viewer, correlationId })),
  );
  done();
};

const iso = (instant: number): string => new Date(instant).toISOString();

const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));

const apiKeyViewOf = (
  key: ApiKey,
  { names, now }: { readonly names: readonly NamedEntity[]; readonly now: number },
): ApiKeyView => ({
  id: key.id,
  name: key.name,
  scopes: [...key.scopes],
  divisions:
    key.divisions === 'all'
      ? 'all'
      : [...key.divisions].map((id) => names.find((one) => one.id === String(id)) ?? { id, name: id }),
  state: apiKeyStateAt(key, now),
  createdBy: key.createdBy,
  createdAt: iso(key.createdAt),
  expiresAt: isoOrNull(key.expiresAt),
  revokedAt: isoOrNull(key.revokedAt),
  lastUsedAt: isoOrNull(key.lastUsedAt),
});
