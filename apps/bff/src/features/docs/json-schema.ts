import { z } from 'zod';

/** As much of JSON Schema as is read here; the rest is passed on. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly $ref?: string;
}

/** Of what is sent out. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema => convert(schema, 'output');

/** Of what comes in: before text is read as a number or as a list. */
export const inputSchemaOf = (schema: z.ZodType): JsonSchema => {
  const input = convert(schema, 'input');
  const { properties: read = {} } = convert(schema, 'output');
  if (input.properties === undefined) return input;
  return {
    ...input,
    properties: Object.fromEntries(
      Object.entries(input.properties).map(([name, property]) => [
        name,
        isAnything(property) ? (read[name] ?? property) : property,
      ]),
    ),
  };
};

/** A number that is read from text may be given as anything that can be read: what it is read as says more. */
const isAnything = ({ type, anyOf, oneOf, enum: words, const: word }: JsonSchema): boolean =>
  [type, anyOf, oneOf, words, word].every((part) => part === undefined);

const convert = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    override: plain,
  });
  return rest as JsonSchema;
};

/** Leaves out bounds that say nothing (those of whole numbers as such), and spells out the fields of a record of known words. */
const plain = ({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  const { propertyNames: words, additionalProperties: value } = jsonSchema;
  if (typeof words !== 'object' || words.enum === undefined || typeof value !== 'object') return;
  jsonSchema.properties = Object.fromEntries(words.enum.map((word) => [String(word), value]));
  jsonSchema.additionalProperties = false;
  delete jsonSchema.propertyNames;
};
