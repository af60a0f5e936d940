import type { FastifyInstance, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { Need } from '../../plugins/access.ts';

/** As much of a route as its description needs. */
export interface DescribedRoute {
  /** `GET /api/agents/:id` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly needs: Need;
  readonly params: z.ZodType | null;
  readonly query: z.ZodType | null;
  readonly body: z.ZodType | null;
  /** Of the answer that was asked for. */
  readonly reply: z.ZodType | null;
}

/** Notes down the routes that are registered from now on. @returns the list, which grows */
export const noteRoutes = (app: FastifyInstance): readonly DescribedRoute[] => {
  const routes: DescribedRoute[] = [];
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) if (method !== 'HEAD') routes.push(describe(method, route));
  });
  return routes;
};

const describe = (method: string, { url, schema, config }: RouteOptions): DescribedRoute => {
  const replies = z.record(z.string(), z.unknown()).safeParse(schema?.response ?? {}).data ?? {};
  return {
    name: `${method} ${url}`,
    method,
    path: url,
    needs: config?.needs ?? 'signed-in',
    params: schemaOrNull(schema?.params),
    query: schemaOrNull(schema?.querystring),
    body: schemaOrNull(schema?.body),
    reply: schemaOrNull(replies['200'] ?? replies['201'] ?? replies['202']),
  };
};

const schemaOrNull = (schema: unknown): z.ZodType | null => (schema instanceof z.ZodType ? schema : null);
