import { useDivisions, useQueues } from '../../live/use-facets.ts';
import { ACTIVITY_WORD, FLAG_WORDS } from '../../look/words.ts';
import { useWallSearch } from './use-wall-search.ts';
import type { WallSearch } from './wall-search.ts';

interface FilterPart {
  /** For instance `division North or South`. */
  readonly words: string;
  /** What to take away to be rid of it. */
  readonly without: keyof WallSearch;
}

/** Everything that keeps agents off the wall, in words. */
export const useFilterParts = (): readonly FilterPart[] => {
  const { q, activity, disagree, flag, division, queue, team } = useWallSearch().search;
  const names = new Map([...useDivisions(), ...useQueues()].map(({ id, name }) => [id, name]));
  const part = (without: keyof WallSearch, options: readonly string[] | undefined, before = ''): FilterPart[] =>
    options === undefined ? [] : [{ without, words: before + options.join(' or ') }];
  const named = (ids: readonly string[] | undefined): readonly string[] | undefined =>
    ids?.map((id) => names.get(id) ?? id);
  return [
    ...part('q', q === undefined ? undefined : [`name has “${q}”`]),
    ...part(
      'activity',
      activity?.map((name) => ACTIVITY_WORD[name]),
    ),
    ...part('disagree', disagree === undefined ? undefined : ['disagreeing']),
    ...part(
      'flag',
      flag?.map((kind) => FLAG_WORDS[kind].short),
    ),
    ...part('division', named(division), 'division '),
    ...part('queue', named(queue), 'queue '),
    ...part('team', team, 'team '),
  ];
};
