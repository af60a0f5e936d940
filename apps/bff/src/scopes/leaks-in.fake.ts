import type { SomeAgent } from './divided-floor.fake.ts';

/** Every way in which a text may be written in what was sent. */
const spellings = (text: string): string[] => [
  ...new Set([
    text,
    JSON.stringify(text).slice(1, -1),
    text.replaceAll(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    encodeURIComponent(text),
  ]),
];

/**
 * Ids and names of foreign agents that are somewhere in the bytes, in any spelling and in UTF-8 or Latin-1. A name that is
 * part of an own agent's ("Prince") tells nothing.
 */
export const leaksIn = (
  bytes: Buffer,
  { own, foreign }: { readonly own: readonly SomeAgent[]; readonly foreign: readonly SomeAgent[] },
): string[] =>
  foreign
    .flatMap(({ id, name }) => [id, name])
    .filter((text) => !own.some(({ name }) => name.includes(text)))
    .filter((text) =>
      spellings(text).some(
        (one) =>
          bytes.includes(Buffer.from(one, 'utf8')) || (isLatin1(one) && bytes.includes(Buffer.from(one, 'latin1'))),
      ),
    );

/** Others lose half of each letter there, and are then like a text of anybody's. */
const isLatin1 = (text: string): boolean => !/[^\u0020-\u00FF]/.test(text);
