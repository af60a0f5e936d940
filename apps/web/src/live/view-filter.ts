import type { Activity, AgentRow, FlagKind } from '@floorwatch/domain';
import { foldName } from './fold-name.ts';

/** The option for agents without a division. */
export const NO_DIVISION = 'none';

/** Which agents a wall shows. An empty set of a facet lets everybody pass; within a facet any of the options will do. */
export interface ViewFilter {
  readonly search: string;
  readonly activities: ReadonlySet<Activity>;
  readonly divisionIds: ReadonlySet<string>;
  readonly queueIds: ReadonlySet<string>;
  /** Teams by name: the platform gives an agent one. */
  readonly teams: ReadonlySet<string>;
  /** Only agents whose presence and routing status contradict each other (after the grace period). */
  readonly disagreeingOnly: boolean;
  /** Only agents whose row is flagged by the BFF as one to be read with care. */
  readonly flags: ReadonlySet<FlagKind>;
}

export const EVERYBODY: ViewFilter = {
  search: '',
  activities: new Set(),
  divisionIds: new Set(),
  queueIds: new Set(),
  teams: new Set(),
  disagreeingOnly: false,
  flags: new Set(),
};

/** One bit for each facet that keeps an agent off the wall. 0: the agent is on it. */
export const FACET = { search: 1, activity: 2, division: 4, queue: 8, disagreement: 16, flag: 32, team: 64 } as const;

/** Takes a filter apart once, so that judging 10,000 agents is cheap. */
export const compileFilter = (filter: ViewFilter): ((row: AgentRow, disagrees: boolean) => number) => {
  const words = foldName(filter.search).split(' ').filter(Boolean);
  const { activities, divisionIds, queueIds, teams, disagreeingOnly, flags } = filter;
  return (row, disagrees) =>
    (words.length > 0 && !hasAllWords(row, words) ? FACET.search : 0) |
    (activities.size > 0 && !activities.has(row.activity) ? FACET.activity : 0) |
    (divisionIds.size > 0 && !divisionIds.has(divisionOf(row)) ? FACET.division : 0) |
    (queueIds.size > 0 && !hasAnyQueue(row, queueIds) ? FACET.queue : 0) |
    (teams.size > 0 && !(row.profile.team !== null && teams.has(row.profile.team)) ? FACET.team : 0) |
    (disagreeingOnly && !disagrees ? FACET.disagreement : 0) |
    (flags.size > 0 && !row.flags.some(({ kind }) => flags.has(kind)) ? FACET.flag : 0);
};

export const divisionOf = (row: AgentRow): string => row.profile.divisionId ?? NO_DIVISION;

const hasAnyQueue = ({ queueIds }: AgentRow, wanted: ReadonlySet<string>): boolean =>
  queueIds !== null && queueIds.some((id) => wanted.has(id));

const hasAllWords = ({ profile }: AgentRow, words: readonly string[]): boolean => {
  const name = foldName(profile.name);
  return words.every((word) => name.includes(word));
};
