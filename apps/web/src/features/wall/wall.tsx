import './wall.css';
import './wall-states.css';
import { useEffect, useMemo, type ReactNode } from 'react';
import { useLive, useLiveServices } from '../../live/use-live.ts';
import { ActivityTotals } from './activity-totals.tsx';
import { AgentGrid } from './agent-grid.tsx';
import type { Density } from './grid-layout.ts';
import { useWallSearch } from './use-wall-search.ts';
import { filterOf } from './wall-search.ts';
import { WallToolbar } from './wall-toolbar.tsx';
import { LoadingWall, NobodyHere, NobodyMatches, StartingWall } from './wall-states.tsx';

/**
 * The wall: totals, filters and a tile for every agent.
 * @param below what belongs to the choice of several agents
 */
export const Wall = ({ below }: { readonly below?: ReactNode }) => {
  const { live } = useLiveServices();
  const { search } = useWallSearch();
  const filter = useMemo(() => filterOf(search), [search]);
  const sort = search.sort ?? 'attention';
  useEffect(() => live.setOptions({ filter, sort }), [live, filter, sort]);
  const freshness = useLive((state) => state.freshness.kind);

  return (
    <main className="wall" data-freshness={freshness}>
      <h1 className="hidden">Agents on the floor</h1>
      <ActivityTotals />
      <WallToolbar />
      <Floor density={search.density ?? 'compact'} />
      {below}
    </main>
  );
};

/** The tiles, or the reason why there are none. */
const Floor = ({ density }: { readonly density: Density }) => {
  const refs = useLive(({ view }) => view?.refs ?? null);
  const total = useLive(({ view }) => view?.total ?? 0);
  const isStarting = useLive(({ upstream }) => upstream?.state === 'starting');
  if (refs === null) return <LoadingWall />;
  if (refs.length > 0) return <AgentGrid refs={refs} density={density} />;
  if (total > 0) return <NobodyMatches hidden={total} />;
  return isStarting ? <StartingWall /> : <NobodyHere />;
};
