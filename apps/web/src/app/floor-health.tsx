import type { WarningKind } from '@floorwatch/domain';
import { lazy, Suspense, useState } from 'react';
import { useWallSearch } from '../features/wall/use-wall-search.ts';
import { withoutFilters, type WallSearch } from '../features/wall/wall-search.ts';
import { useHotkey } from '../lib/use-hotkey.ts';

/** Loaded when it is first asked for: nobody needs it to see the floor. */
const FloorHealthPanel = lazy(async () => ({
  default: (await import('../features/floor-health/floor-health-panel.tsx')).FloorHealthPanel,
}));

/** The floor health panel, as the address has it open or closed. */
export const FloorHealth = () => {
  const { search, change } = useWallSearch();
  const isOpen = search.health === 'open';
  useHotkey(['h'], () => change((held) => ({ ...held, health: 'open' })));
  const [wasAsked, setAsked] = useState(isOpen);
  if (isOpen && !wasAsked) setAsked(true);
  if (!wasAsked) return null;
  return (
    <Suspense>
      <FloorHealthPanel
        isOpen={isOpen}
        onClose={() => change((held) => ({ ...held, health: undefined }))}
        onShow={(kind) => change((held) => showOnly(kind, held))}
      />
    </Suspense>
  );
};

/** Exactly the agents with a warning, and the panel out of the way. */
const showOnly = (kind: WarningKind, held: WallSearch) => ({
  ...withoutFilters(held),
  health: undefined,
  ...(kind === 'discrepancy' ? { disagree: 'only' as const } : { flag: [kind] }),
});
