import { z } from 'zod';
import type { UserProfile } from '../org/user-profile.ts';
import { badRequest } from '../server/platform-error.ts';
import { USER_EXPANDS } from './user-entity.ts';

/** `POST /users/search` (API §4.4). */

const TYPES = [
  'EXACT',
  'STARTS_WITH',
  'CONTAINS',
  'TERM',
  'TERMS',
  'REQUIRED_FIELDS',
  'MATCH_ALL',
  'QUERY_STRING',
] as const;
const MAX_CRITERIA = 50;
const MAX_VALUES = 1000;

interface Criterion {
  readonly type: (typeof TYPES)[number];
  readonly fields?: readonly string[] | undefined;
  readonly value?: string | undefined;
  readonly values?: readonly string[] | undefined;
  readonly operator?: 'AND' | 'OR' | 'NOT' | undefined;
  readonly group?: readonly Criterion[] | undefined;
}

const criterion: z.ZodType<Criterion> = z.lazy(() =>
  z.object({
    type: z.enum(TYPES),
    fields: z.array(z.string()).optional(),
    value: z.string().optional(),
    values: z.array(z.string()).optional(),
    operator: z.enum(['AND', 'OR', 'NOT']).optional(),
    group: z.array(criterion).optional(),
  }),
);

export const userSearch = z.object({
  pageSize: z.int().min(1).max(500).default(25),
  pageNumber: z.int().min(1).default(1),
  sortBy: z.string().default('name'),
  sortOrder: z.enum(['ASC', 'DESC', 'SCORE']).default('ASC'),
  expand: z.array(z.enum(USER_EXPANDS)).default([]),
  enforcePermissions: z.boolean().default(true),
  query: z.array(criterion).default([]),
});

export type UserSearch = z.output<typeof userSearch>;

/** Fields that can be searched, and what they hold. */
const FIELDS: Readonly<Record<string, (user: UserProfile) => string>> = {
  id: ({ id }) => id,
  guid: ({ id }) => id,
  name: ({ name }) => name,
  email: ({ email }) => email,
  username: ({ email }) => email,
  title: ({ title }) => title,
  department: ({ department }) => department,
  state: ({ state }) => state,
  divisionId: ({ division }) => division.id,
  'division.id': ({ division }) => division.id,
  'team.id': ({ team }) => team.id,
  'manager.id': ({ managerId }) => managerId ?? '',
};

/** @throws 400 for criteria that are too many, too long, or about fields that do not exist */
export const userMatches = (user: UserProfile, { query }: UserSearch): boolean => {
  if (query.length > MAX_CRITERIA) throw badRequest('Too many search criteria.', 'too.many.search.criteria');
  return matchesAll(user, query);
};

/** `OR` joins a criterion to what stands before it; everything else must hold, `NOT` the other way round. */
const matchesAll = (user: UserProfile, criteria: readonly Criterion[]): boolean =>
  criteria.reduce((holds, one, index) => {
    if (one.operator === 'OR' && index > 0) return holds || matchesOne(user, one);
    return holds && (one.operator === 'NOT') !== matchesOne(user, one);
  }, true);

const matchesOne = (user: UserProfile, { type, fields = [], value, values = [], group }: Criterion): boolean => {
  if (values.length > MAX_VALUES)
    throw badRequest('Too many values in a search criterion.', 'search.criteria.values.exceed.limit');
  if (group !== undefined) return matchesAll(user, group);
  const wanted = value === undefined ? values : [value, ...values];
  if (type === 'MATCH_ALL') return true;
  return fields.some((field) => {
    const read = FIELDS[field];
    if (read === undefined) throw badRequest(`query.fields: ${field} cannot be searched`);
    const held = read(user);
    return type === 'REQUIRED_FIELDS' ? held !== '' : wanted.some((text) => compare(type, held, text));
  });
};

const compare = (type: Criterion['type'], held: string, wanted: string): boolean => {
  const [one, other] = [held.toLowerCase(), wanted.toLowerCase()];
  switch (type) {
    case 'STARTS_WITH':
      return one.startsWith(other);
    case 'CONTAINS':
    case 'QUERY_STRING':
      return one.includes(other);
    default:
      return one === other;
  }
};
