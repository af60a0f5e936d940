import { listPresenceDefinitions } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { scopeHere } from '../../plugins/access.ts';
import { definitionsWithin } from '../../scopes/names-within.ts';
import { ApiError } from '../../plugins/api-error.ts';

export interface PresenceDefinitionsRoutesOptions {
  readonly names: () => DirectoryNames;
}

export const presenceDefinitionsRoutes: FastifyPluginCallbackZod<PresenceDefinitionsRoutesOptions> = (
  app,
  { names },
  done,
) => {
  app.get(
    listPresenceDefinitions.path,
    { config: { needs: 'see-floor' }, schema: { response: { 200: listPresenceDefinitions.reply } } },
    async (request, reply) => {
      const { revision, presenceDefinitions } = names();
      if (revision === 0) throw new ApiError(503, 'not-ready', 'The names have not been read from Genesys Cloud yet');
      void reply.header('cache-control', 'private, no-cache');
      return { definitions: [...definitionsWithin(presenceDefinitions, scopeHere(request, 'see-floor'))] };
    },
  );
  done();
};
