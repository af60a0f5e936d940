import { listPresenceDefinitions } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { DirectoryNames } from '../../ingest/directory.ts';
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
    { schema: { response: { 200: listPresenceDefinitions.reply } } },
    async (_request, reply) => {
      const { revision, presenceDefinitions } = names();
      if (revision === 0) throw new ApiError(503, 'not-ready', 'The names have not been read from Genesys Cloud yet');
      void reply.header('cache-control', 'no-cache');
      return { definitions: [...presenceDefinitions] };
    },
  );
  done();
};
