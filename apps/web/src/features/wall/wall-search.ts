import { ACTIVITIES, FLAG_KINDS, type Activity, type FlagKind } from '@floorwatch/domain';
import { listIn, readPageSearch, textIn, type PageSearch } from '../../lib/page-search.ts';
import { SORT_KEYS, type SortKey } from '../../live/view-order.ts';
import type { ViewFilter } from '../../live/view-filter.ts';
import { DENSITIES, type Density } from './grid-layout.ts';

/** The whole view of a wall, as it stands in the address. Absent means "everybody" or the default. */
export interface WallSearch extends PageSearch {
  readonly q?: string;
  readonly activity?: readonly Activity[];
  readonly division?: readonly string[];
  readonly queue?: readonly string[];
  /** Names of teams. */
  readonly team?: readonly string[];
  /** Only agents whose presence and routing status contradict each other. */
  readonly disagree?: 'only';
  /** Only agents whose row is to be read with care, for one of these reasons. */
  readonly flag?: readonly FlagKind[];
  readonly sort?: Exclude<SortKey, 'attention'>;
  readonly density?: Exclude<Density, 'compact'>;
}

/** Reads the view from an address. What makes no sense is left out: an old link shows the rest of what it meant. */
export const readWallSearch = (raw: Readonly<Record<string, unknown>>): WallSearch => {
  const activity = listIn(raw['activity']).filter(isActivity);
  const division = listIn(raw['division']);
  const queue = listIn(raw['queue']);
  const team = listIn(raw['team']);
  const flag = listIn(raw['flag']).filter(isFlagKind);
  const q = textIn(raw['q']);
  const sort = SORT_KEYS.find((key) => key === raw['sort']);
  const density = DENSITIES.find((name) => name === raw['density']);
  return {
    ...(q !== '' && { q }),
    ...(activity.length > 0 && { activity }),
    ...(division.length > 0 && { division }),
    ...(queue.length > 0 && { queue }),
    ...(team.length > 0 && { team }),
    ...(raw['disagree'] === 'only' && { disagree: 'only' }),
    ...(flag.length > 0 && { flag }),
    ...(sort !== undefined && sort !== 'attention' && { sort }),
    ...(density !== undefined && density !== 'compact' && { density }),
    ...readPageSearch(raw),
  };
};

const isActivity = (value: string): value is Activity => ACTIVITIES.some((activity) => activity === value);

const isFlagKind = (value: string): value is FlagKind => FLAG_KINDS.some((kind) => kind === value);

/** What the address says about whom to show. */
export const filterOf = (search: WallSearch): ViewFilter => ({
  search: search.q ?? '',
  activities: new Set(search.activity),
  divisionIds: new Set(search.division),
  queueIds: new Set(search.queue),
  teams: new Set(search.team),
  disagreeingOnly: search.disagree === 'only',
  flags: new Set(search.flag),
});

/** Everything that keeps agents off the wall taken away; order, density, theme and the panel stay. */
export const withoutFilters = ({ sort, density, theme, health }: WallSearch): WallSearch => ({
  ...(sort !== undefined && { sort }),
  ...(density !== undefined && { density }),
  ...(theme !== undefined && { theme }),
  ...(health !== undefined && { health }),
});

export const hasFilters = ({ q, activity, division, queue, team, disagree, flag }: WallSearch): boolean =>
  [q, activity, division, queue, team, disagree, flag].some((part) => part !== undefined);

/**
 * What a click on a count makes of the choice: exactly those agents, or everybody again when they were already the
 * only ones. With `extend` (Shift, Ctrl or ⌘ held) the options are added to the choice or taken out of it.
 */
export const chooseOptions = <Option extends string>(
  chosen: readonly Option[],
  options: readonly Option[],
  extend: boolean,
): readonly Option[] => {
  const allChosen = options.every((option) => chosen.includes(option));
  if (!extend) return allChosen && chosen.length === options.length ? [] : options;
  return allChosen
    ? chosen.filter((option) => !options.includes(option))
    : [...chosen, ...options.filter((option) => !chosen.includes(option))];
};
