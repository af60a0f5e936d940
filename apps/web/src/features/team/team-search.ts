import { AVAILABILITY_SORT_KEYS, type AvailabilitySortKey } from '@floorwatch/contracts';
import { GRANULARITIES, type Granularity } from '@floorwatch/domain';
import { listIn } from '../../lib/page-search.ts';
import { readRangeSearch, type RangeSearch } from '../../lib/range-search.ts';

/** Whom figures are about. Several options of one kind widen, several kinds narrow; nothing means everybody. */
export interface TeamScope {
  readonly division?: readonly string[];
  readonly queue?: readonly string[];
  /** Names of teams. */
  readonly team?: readonly string[];
}

/** The whole team view, as it stands in the address. Absent means the default. */
export interface TeamSearch extends RangeSearch, TeamScope {
  readonly grain?: Granularity;
  readonly sort?: Exclude<AvailabilitySortKey, 'name'>;
  readonly order?: 'desc';
}

/** Reads the view from an address. What makes no sense is left out: an old link shows the rest of what it meant. */
export const readTeamSearch = (raw: Readonly<Record<string, unknown>>, fallbackZone: string): TeamSearch => {
  const division = listIn(raw['division']);
  const queue = listIn(raw['queue']);
  const team = listIn(raw['team']);
  const grain = GRANULARITIES.find((name) => name === raw['grain']);
  const sort = AVAILABILITY_SORT_KEYS.find((key) => key === raw['sort']);
  return {
    ...readRangeSearch(raw, fallbackZone),
    ...(division.length > 0 && { division }),
    ...(queue.length > 0 && { queue }),
    ...(team.length > 0 && { team }),
    ...(grain !== undefined && { grain }),
    ...(sort !== undefined && sort !== 'name' && { sort }),
    ...(raw['order'] === 'desc' && { order: 'desc' }),
  };
};
