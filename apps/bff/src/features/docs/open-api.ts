import { CSRF_HEADER, errorBody } from '@floorwatch/contracts';
import type { Need } from '../../plugins/access.ts';
import type { DescribedRoute } from './described-route.ts';
import { inputSchemaOf, jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { TAGS, type OperationDocs, type OperationTable } from './operation-docs.ts';
import { HEADER_WORDS } from './operations.ts';

export interface OpenApiOptions {
  readonly routes: readonly DescribedRoute[];
  readonly operations: OperationTable;
  /** What is said of parameters, by name. */
  readonly parameterWords: Readonly<Record<string, string>>;
  readonly release: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

interface Content {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, Content>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, Response>>;
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, unknown>> & { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, unknown>>;
}

const ABOUT =
  'The API of this Floorwatch. Pages of Floorwatch use it with the session of whoever is signed in; other systems read the feed with an API key. ' +
  'Every answer is cut to the divisions of whoever asks. Times are ISO 8601 in UTC. Errors have one shape: a code to act on, a message for people, and a correlation id that ties it to the log.';

const ERROR_EXAMPLE = {
  code: 'rate-limited',
  message: 'Too many requests within a minute: wait a moment',
  correlationId: '4f6f1c1e-8a4e-4b0b-9a53-1f8f2f6f3b7d',
  retryAfterMs: 12_000,
};

const ERRORS: Readonly<Record<string, Response>> = {
  '4XX': {
    description: 'It cannot be answered as it was asked: the code says why, and the message what to do',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' }, example: ERROR_EXAMPLE } },
  },
  '5XX': {
    description: 'It cannot be answered now',
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/Error' },
        example: {
          ...ERROR_EXAMPLE,
          code: 'store-unavailable',
          message: 'What Floorwatch keeps cannot be reached right now',
        },
      },
    },
  },
};

/** The description of everything there is to ask, made of the contracts that check it. */
export const openApiOf = ({ routes, operations, parameterWords, release }: OpenApiOptions): OpenApiDocument => {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const docs = operations[route.name] ?? undocumented(route);
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(route, docs, parameterWords);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Floorwatch',
      version: release,
      description: ABOUT,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This Floorwatch' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { Error: jsonSchemaOf(errorBody) },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'floorwatch_session',
          description: 'Of a person who has signed in.',
        },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key of Floorwatch, `floorwatch_…`: an administrator makes it on the page “API keys”.',
        },
      },
    },
  };
};

/** A route that nobody has described yet is there all the same. */
const undocumented = ({ name }: DescribedRoute): OperationDocs => ({
  tag: 'Operations',
  summary: name,
  reply: { text: '', contentType: 'application/json' },
});

const operationOf = (
  route: DescribedRoute,
  docs: OperationDocs,
  words: OpenApiOptions['parameterWords'],
): Operation => ({
  operationId: operationIdOf(route),
  summary: docs.summary,
  description: [docs.description, needWords(route.needs)].filter((text) => text !== undefined).join(' '),
  tags: [docs.tag],
  security: securityOf(route.needs),
  parameters: parametersOf(route, docs, words),
  ...(route.body !== null && {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: inputSchemaOf(route.body), example: docs.body } },
    },
  }),
  responses: { ...repliesOf(route, docs), ...ERRORS },
});

/** `GET /api/agents/:id/history` → `getAgentsIdHistory` */
const operationIdOf = ({ method, path }: DescribedRoute): string =>
  [method.toLowerCase(), ...path.replace(/^\/api\//, '').matchAll(/[A-Za-z0-9]+/g)]
    .map((part) => String(part))
    .map((part, index) => (index === 0 ? part : part.slice(0, 1).toUpperCase() + part.slice(1)))
    .join('');

const needWords = (needs: Need): string => {
  if (typeof needs === 'object') return `Takes an API key with the scope ${needs.key}.`;
  if (needs === 'nothing') return 'Takes no sign-in.';
  return needs === 'signed-in' ? 'Takes a session.' : `Takes a session with the right ${needs}.`;
};

const securityOf = (needs: Need): Operation['security'] => {
  if (typeof needs === 'object') return [{ apiKey: [] }];
  return needs === 'nothing' ? [] : [{ session: [] }];
};

const parametersOf = (
  { method, needs, params, query }: DescribedRoute,
  { parameters = {}, headers = [] }: OperationDocs,
  words: OpenApiOptions['parameterWords'],
): Parameter[] => {
  const told = (schema: DescribedRoute['query'], place: Parameter['in']): Parameter[] => {
    const { properties = {}, required = [] } = schema === null ? {} : inputSchemaOf(schema);
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      description: words[name] ?? '',
      schema: property,
      ...(parameters[name] !== undefined && { example: parameters[name] }),
    }));
  };
  const isWriteOfSession = method !== 'GET' && typeof needs !== 'object' && needs !== 'nothing';
  const csrf: Parameter = {
    name: CSRF_HEADER,
    in: 'header',
    required: true,
    description: 'The csrfToken of the session, from GET /api/session.',
    schema: { type: 'string' },
    example: 'a-token-of-this-session',
  };
  const others = headers.map((name): Parameter => {
    const { description = '', example } = HEADER_WORDS[name] ?? {};
    return { name, in: 'header', required: true, description, schema: { type: 'string' }, example };
  });
  return [...told(params, 'path'), ...told(query, 'query'), ...others, ...(isWriteOfSession ? [csrf] : [])];
};

const repliesOf = (route: DescribedRoute, { reply, alsoAs = {} }: OperationDocs): Operation['responses'] => {
  if ('words' in reply) return { [reply.status]: { description: reply.words } };
  const others = Object.entries(alsoAs).map(([type, example]): [string, Content] => [
    type,
    type === 'application/json' ? { schema: { type: 'object' } } : { schema: { type: 'string' }, example },
  ]);
  if ('text' in reply) {
    const content = { [reply.contentType]: { schema: { type: 'string' }, example: reply.text } };
    return { 200: { description: 'The answer', content: { ...content, ...Object.fromEntries(others) } } };
  }
  const schema = route.reply ?? reply.schema ?? null;
  const json: Content = { schema: schema === null ? {} : jsonSchemaOf(schema), example: reply.json };
  const content = { 'application/json': json, ...Object.fromEntries(others) };
  return { [reply.status ?? 200]: { description: 'The answer', content } };
};
