import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { z } from 'zod';

/** The platform's own descriptions. They are not part of this repository: whoever has them keeps them beside it. */
const SHARED = resolve(import.meta.dirname, '../../../../../shared');
const OPENAPI = resolve(SHARED, 'genesys-openapi-extract.json');
const NOTIFICATIONS = resolve(SHARED, 'genesys-notification-schemas.json');

export const HAS_PLATFORM_SCHEMAS = existsSync(OPENAPI) && existsSync(NOTIFICATIONS);

if (!HAS_PLATFORM_SCHEMAS)
  process.stdout.write(
    "conformance: skipped, the platform's descriptions are not beside this repository (../shared)\n",
  );

const schema = z.record(z.string(), z.unknown());
const definitions = z.record(z.string(), schema);

const openApi = z.object({
  definitions,
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        responses: z.record(z.string(), z.object({ schema: schema.optional() })),
        'x-inin-requires-permissions': z
          .object({ type: z.enum(['ANY', 'ALL']), permissions: z.array(z.string()) })
          .optional(),
      }),
    ),
  ),
});

const notifications = z.object({
  definitions,
  topics: z.record(z.string(), z.object({ eventBody: schema })),
  allTopics: z.array(z.string()),
});

/** Closes every object that lists its properties: what the platform does not know is an invention. */
const close = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(close);
  if (typeof value !== 'object' || value === null) return value;
  const closed = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, close(part)]));
  return 'properties' in closed && !('additionalProperties' in closed)
    ? { ...closed, additionalProperties: false }
    : closed;
};

const ANY_INTERVAL = /^\d{4}-\d\d-\d\dT[\d:.]+Z\/\d{4}-\d\d-\d\dT[\d:.]+Z$/;

const compiler = (held: z.infer<typeof definitions>): ((part: unknown) => ValidateFunction) => {
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
  formats.default(ajv);
  // Addresses inside answers are relative.
  ajv.addFormat('uri', /^\S+$/);
  ajv.addFormat('interval', ANY_INTERVAL);
  ajv.addSchema({ $id: 'platform', definitions: close(held) });
  const compiled = new Map<string, ValidateFunction>();
  return (part) => {
    const text = JSON.stringify(close(part)).replaceAll('"#/definitions/', '"platform#/definitions/');
    const known = compiled.get(text) ?? ajv.compile(schema.parse(JSON.parse(text)));
    compiled.set(text, known);
    return known;
  };
};

/** Inside an entity others are only referred to, whatever their schema requires of them when written (API §4.1). */
const isReference = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  'id' in data &&
  Object.keys(data).every((name) => ['id', 'name', 'selfUri'].includes(name));

const complaintsOf = (validate: ValidateFunction, body: unknown): string[] => {
  if (validate(body) === true) return [];
  const complaints = (validate.errors ?? [])
    .filter(({ keyword, data }) => keyword !== 'required' || !isReference(data))
    .map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
  return [...new Set(complaints.map((text) => text.replaceAll(/\d+/g, '#')))];
};

/** What the specification says about one operation. */
export interface SpecifiedOperation {
  readonly operationId: string;
  readonly permissions: { readonly type: 'ANY' | 'ALL'; readonly permissions: readonly string[] } | undefined;
  /** Why an answer is not what the platform would send; nothing when it is. */
  readonly complaintsAbout: (status: number, body: unknown) => string[];
}

/** Reads the OpenAPI extract. @returns the operation of a method and path, or undefined */
export const readSpecification = (): ((method: string, path: string) => SpecifiedOperation | undefined) => {
  const extract = openApi.parse(JSON.parse(readFileSync(OPENAPI, 'utf8')));
  const compile = compiler(extract.definitions);
  return (method, path) => {
    const operation = extract.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) return undefined;
    return {
      operationId: operation.operationId,
      permissions: operation['x-inin-requires-permissions'],
      complaintsAbout: (status, body) => {
        const response = operation.responses[String(status)] ?? operation.responses['default'];
        if (response === undefined) return [`status ${status} is not specified`];
        if (response.schema === undefined) return body === null ? [] : ['an answer without a schema has a body'];
        return complaintsOf(compile(response.schema), body);
      },
    };
  };
};

export interface CheckedEvent {
  readonly template: string;
  /** Of some topics the platform's names are known, and not their bodies. */
  readonly isDescribed: boolean;
  /** Why the body is not what the platform would send; nothing where it is. */
  readonly complaints: readonly string[];
}

/** Reads the notification schemas. @returns what an event is by them; null for a topic that the platform does not have */
export const readTopics = (): ((topicName: string, body: unknown) => CheckedEvent | null) => {
  const extract = notifications.parse(JSON.parse(readFileSync(NOTIFICATIONS, 'utf8')));
  const compile = compiler(extract.definitions);
  const topics = extract.allTopics.map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', '[.]').replaceAll('{id}', '[^.]+')}$`),
    eventBody: extract.topics[template]?.eventBody ?? null,
  }));
  return (topicName, body) => {
    const topic = topics.find(({ pattern }) => pattern.test(topicName));
    if (topic === undefined) return null;
    const { template, eventBody } = topic;
    const complaints = eventBody === null ? [] : complaintsOf(compile(eventBody), body);
    return { template, isDescribed: eventBody !== null, complaints };
  };
};
