import fastifyPlugin from 'fastify-plugin';
import { noteRoutes, type DescribedRoute } from './described-route.ts';
import { docsPageOf } from './docs-page.ts';
import { openApiOf } from './open-api.ts';
import { OPERATIONS, PARAMETER_WORDS } from './operations.ts';

export interface DocsRoutesOptions {
  readonly release: string;
}

interface Docs {
  readonly page: string;
  readonly document: string;
}

/**
 * What there is to ask, for people and for programs: every route that is registered from now on. It holds nothing of the
 * organisation, and so is open to all who get here.
 */
export const docsRoutes = fastifyPlugin<DocsRoutesOptions>((app, { release }, done) => {
  const routes = noteRoutes(app);
  const config = { needs: 'nothing' } as const;
  let made: Docs | null = null;
  const docs = (): Docs => (made ??= makeDocs({ routes, release })); // when it is asked for: a start does not wait for it

  app.get('/api/docs', { config }, (_request, reply) => reply.type('text/html; charset=utf-8').send(docs().page));

  app.get('/api/docs/openapi.json', { config }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(docs().document),
  );
  done();
});

const makeDocs = ({ routes, release }: DocsRoutesOptions & { readonly routes: readonly DescribedRoute[] }): Docs => {
  const document = openApiOf({ routes, operations: OPERATIONS, parameterWords: PARAMETER_WORDS, release });
  return { page: docsPageOf(document), document: JSON.stringify(document) };
};
