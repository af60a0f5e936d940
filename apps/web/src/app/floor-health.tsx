import type { WarningKind } from '@floorwatch/domain';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { readWallSearch, withoutFilters, type WallSearch } from '../features/wall/wall-search.ts';
import { useHotkey } from '../lib/use-hotkey.ts';
import { usePageSearch } from './use-page-search.ts';

/** Loaded when it is first asked for: nobody needs it to see the floor. */
const FloorHealthPanel = lazy(async () => ({
  default: (await import('../features/floor-health/floor-health-panel.tsx')).FloorHealthPanel,
}));

/** The floor health panel, as the address has it open or closed. */
export const FloorHealth = () => {
  const { search, change } = usePageSearch();
  const navigate = useNavigate();
  const isOpen = search.health === 'open';
  useHotkey(['h'], () => change({ health: 'open' }));
  const [wasAsked, setAsked] = useState(isOpen);
  if (isOpen && !wasAsked) setAsked(true);
  if (!wasAsked) return null;
  return (
    <Suspense>
      <FloorHealthPanel
        isOpen={isOpen}
        onClose={() => change({ health: undefined })}
        onShow={(kind) => void navigate({ to: '/', search: (held) => showOnly(kind, readWallSearch(held)) })}
      />
    </Suspense>
  );
};

/** Exactly the agents with a warning, and the panel out of the way. */
const showOnly = (kind: WarningKind, held: WallSearch): WallSearch => {
  const { health: _open, ...rest } = withoutFilters(held);
  return { ...rest, ...(kind === 'discrepancy' ? { disagree: 'only' } : { flag: [kind] }) };
};
