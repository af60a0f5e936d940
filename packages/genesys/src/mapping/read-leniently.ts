import type { z } from 'zod';
import type { Oddities } from '../oddities.ts';

interface Reading {
  /** What is read, for the count of oddities: a topic template or a path template. */
  readonly surface: string;
  readonly oddities: Oddities;
}

/**
 * Reads an object part by part: a part that does not fit its schema is left out and noted, the others are kept.
 * One new enum value on the platform must not take a whole agent off the wall.
 */
export const readLeniently = <Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  value: unknown,
  { surface, oddities }: Reading,
): Partial<z.output<z.ZodObject<Shape>>> => {
  const whole = schema.safeParse(value);
  if (whole.success) return whole.data;
  if (typeof value !== 'object' || value === null) {
    oddities.note(`${surface}: not an object`);
    return {};
  }
  const parts: Record<string, unknown> = {};
  for (const [name, partSchema] of Object.entries(schema.shape)) {
    const part = (partSchema as z.ZodType).safeParse((value as Record<string, unknown>)[name]);
    if (part.success) parts[name] = part.data;
    else oddities.note(`${surface}: ${name}`);
  }
  return parts as Partial<z.output<z.ZodObject<Shape>>>;
};
