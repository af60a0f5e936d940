import type { AgentAvailabilityLine, AvailabilitySortKey } from '@floorwatch/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../history/history-page.ts';
import type { AskedRange } from '../history/asked-range.ts';

export interface LineOrder {
  readonly sort: AvailabilitySortKey;
  readonly order: 'asc' | 'desc';
}

/** A line's place: what it is sorted by, then its name, then its id, so that no two have the same. */
type Place = readonly [value: number | null, name: string, agentId: string];

const position = z.object({
  place: z.tuple([z.number().nullable(), z.string(), z.string()]).readonly(),
  from: z.number(),
  to: z.number(),
  askedTo: z.number(),
});

/** Where a page ended, and the ends of the range as they stood when the first page was made. */
export type LinePosition = z.infer<typeof position>;

/** @throws ApiError 400 for a text that is none of ours */
export const readLineCursor = (cursor: string): LinePosition => decodeCursor(cursor, position);

export const cursorOfLine = (
  line: AgentAvailabilityLine,
  { range: { from, to, askedTo }, sort }: LineOrder & { readonly range: AskedRange },
): string => encodeCursor({ place: placeOf(line, sort), from, to, askedTo } satisfies LinePosition);

export const inOrder = (lines: readonly AgentAvailabilityLine[], { sort, order }: LineOrder): AgentAvailabilityLine[] =>
  lines
    .map((line) => ({ line, place: placeOf(line, sort) }))
    .toSorted((a, b) => compare(a.place, b.place, { sort, order }))
    .map(({ line }) => line);

/** Lines behind a place. The place need not be there any more. */
export const afterPosition = (
  lines: readonly AgentAvailabilityLine[],
  { place }: LinePosition,
  { sort, order }: LineOrder,
): AgentAvailabilityLine[] => lines.filter((line) => compare(placeOf(line, sort), place, { sort, order }) > 0);

/** By name there is no value to compare: the names themselves are turned round. */
const placeOf = ({ name, agentId, total }: AgentAvailabilityLine, sort: AvailabilitySortKey): Place => [
  sort === 'name' ? null : total[sort],
  name,
  agentId,
];

const names = new Intl.Collator('en', { numeric: true });

/** Those without a figure come last in either order; equal figures stay by name. */
const compare = ([a, nameA, idA]: Place, [b, nameB, idB]: Place, { sort, order }: LineOrder): number => {
  const sign = order === 'asc' ? 1 : -1;
  const byName = names.compare(nameA, nameB) || (idA < idB ? -1 : idA > idB ? 1 : 0);
  if (sort === 'name') return sign * byName;
  if ((a === null) !== (b === null)) return a === null ? 1 : -1;
  return sign * ((a ?? 0) - (b ?? 0)) || byName;
};
