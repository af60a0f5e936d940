import { z } from 'zod';
import { badRequest } from '../server/platform-error.ts';

/** Filters as all analytics queries write them: predicates and groups of predicates, joined by `and` or `or`. */

const predicate = z.object({
  dimension: z.string().optional(),
  operator: z.enum(['matches', 'exists', 'notExists']).default('matches'),
  value: z.string().nullable().optional(),
});

export type Predicate = z.output<typeof predicate>;

const clause = z.object({ type: z.enum(['and', 'or']), predicates: z.array(predicate).default([]) });

export const analyticsFilter = clause.extend({ clauses: z.array(clause).default([]) });

export type AnalyticsFilter = z.output<typeof analyticsFilter>;

/** Values of a thing by dimension; undefined for dimensions it does not have. */
export type DimensionsOf<Item> = (item: Item, dimension: string) => readonly string[] | undefined;

/** @throws 400 for a dimension that cannot be filtered by */
export const passes = <Item>(item: Item, filter: AnalyticsFilter, dimensionsOf: DimensionsOf<Item>): boolean => {
  const holds = ({ dimension = '', operator, value }: Predicate): boolean => {
    const held = dimensionsOf(item, dimension);
    if (held === undefined) throw badRequest(`dimension ${dimension} cannot be filtered by here`);
    if (operator === 'exists') return held.length > 0;
    if (operator === 'notExists') return held.length === 0;
    return held.includes(value ?? '');
  };
  const join = (type: 'and' | 'or', parts: readonly boolean[]): boolean =>
    parts.length === 0 || (type === 'and' ? parts.every(Boolean) : parts.some(Boolean));
  return join(filter.type, [
    ...filter.predicates.map(holds),
    ...filter.clauses.map(({ type, predicates }) => join(type, predicates.map(holds))),
  ]);
};

/** The values of one dimension that a filter names; null when it does not name any. */
export const valuesNamed = (filters: readonly AnalyticsFilter[], dimension: string): ReadonlySet<string> | null => {
  const values = filters
    .flatMap(({ predicates, clauses }) => [...predicates, ...clauses.flatMap((one) => one.predicates)])
    .filter((one) => one.dimension === dimension && one.operator === 'matches')
    .map(({ value }) => value ?? '');
  return values.length === 0 ? null : new Set(values);
};
