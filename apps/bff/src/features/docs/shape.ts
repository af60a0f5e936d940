import { code, html, type Html } from './html.ts';
import type { JsonSchema } from './json-schema.ts';

/** Deeper than that nobody reads. */
const MAX_DEPTH = 8;

/** A value in words: `number, 25 to 1000, 100 where left out`. */
export const schemaWords = (schema: JsonSchema): string => {
  const parts = [kindOf(schema), boundsOf(schema)];
  if (schema.default !== undefined) parts.push(`${JSON.stringify(schema.default)} where left out`);
  return parts.filter((part) => part !== '').join(', ');
};

const kindOf = (schema: JsonSchema): string => {
  const { type, format, enum: words, const: word, items } = schema;
  if (words !== undefined) return words.map(String).join(' | ');
  if (word !== undefined) return JSON.stringify(word);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return [...new Set(branches.map(kindOf))].join(' or ');
  if (schema.prefixItems !== undefined) return `list of ${String(schema.prefixItems.length)}`;
  if (type === 'array' && items !== undefined && items !== false) return `list of ${kindOf(items)}`;
  if (format === 'date-time') return 'instant';
  return typeof type === 'string' ? type : (type ?? ['anything']).join(' or ');
};

const boundsOf = ({ minimum, maximum, minLength, maxLength }: JsonSchema): string => {
  if (minimum !== undefined && maximum !== undefined) return `${String(minimum)} to ${String(maximum)}`;
  if (minimum !== undefined) return `${String(minimum)} or more`;
  if (minLength !== undefined && minLength > 1) return `${String(minLength)} characters or more`;
  return maxLength === undefined ? '' : `at most ${String(maxLength)} characters`;
};

/** Every field of an object, with the objects in it. */
export const shapeOf = (schema: JsonSchema, depth = 0): Html => {
  if (depth >= MAX_DEPTH) return html``;
  const fields = Object.entries(schema.properties ?? {});
  return html`<ul class="shape">
    ${fields.map(
      ([name, field]) =>
        html`<li>
          ${code(name)}${schema.required?.includes(name) === true ? '' : ' (may be missing)'}: ${schemaWords(field)}
          ${insideOf(field).map((one) => shapeOf(one, depth + 1))}
        </li>`,
    )}
  </ul>`;
};

/** The objects that a value is, or may be, or holds. */
const insideOf = (schema: JsonSchema): JsonSchema[] => {
  if (schema.properties !== undefined) return [schema];
  if (schema.items !== undefined && schema.items !== false) return insideOf(schema.items);
  return (schema.anyOf ?? schema.oneOf ?? []).flatMap(insideOf);
};
