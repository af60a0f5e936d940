import { useDivisions, useQueues } from '../../live/use-facets.ts';
import type { TeamScope } from './team-search.ts';

interface ScopePart {
  readonly kind: keyof TeamScope;
  /** For instance `division North or South`. */
  readonly words: string;
}

/** What narrows the view, each kind in words. */
export const useScopeParts = ({ division, queue, team }: TeamScope): readonly ScopePart[] => {
  const names = new Map([...useDivisions(), ...useQueues()].map(({ id, name }) => [id, name]));
  const partOf = (kind: keyof TeamScope, chosen: readonly string[] | undefined): ScopePart[] =>
    chosen === undefined ? [] : [{ kind, words: `${kind} ${chosen.map((id) => names.get(id) ?? id).join(' or ')}` }];
  return [...partOf('division', division), ...partOf('queue', queue), ...partOf('team', team)];
};

/** Whom the view is about: `Everybody`, or `Division North, queue Sales or Claims`. */
export const useScopeWords = (scope: TeamScope): string => {
  const parts = useScopeParts(scope);
  const words = parts.map((part) => part.words).join(', ');
  return words === '' ? 'Everybody' : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};
