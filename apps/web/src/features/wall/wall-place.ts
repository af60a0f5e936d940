import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState, type MouseEvent, type RefObject } from 'react';
import type { LiveStore } from '../../live/live-store.ts';
import { useLiveServices } from '../../live/use-live.ts';
import { writePlainSearch } from '../../lib/plain-search.ts';
import type { WallSearch } from './wall-search.ts';

/** Where somebody stood on the wall when they left it. */
interface WallPlace {
  readonly search: WallSearch;
  /** How far it was scrolled, px. */
  readonly scrollTop: number;
  /** The agent they went to, by ref; null where they left in another way. */
  readonly agentRef: number | null;
}

const places = new WeakMap<LiveStore, WallPlace>();

const route = getRouteApi('/');

/** The wall as it was left last, for the way back. */
export const lastWallSearch = (live: LiveStore): WallSearch => places.get(live)?.search ?? {};

interface Grid {
  readonly scroller: RefObject<HTMLElement | null>;
  /** The tiles are laid out, so that there is something to scroll. */
  readonly isReady: boolean;
}

/**
 * Keeps the place on the wall while an agent's page is read: whoever comes back to the same view finds it scrolled as
 * it was, with the keyboard on the tile they left by.
 */
export const useWallPlace = ({ scroller, isReady }: Grid) => {
  const { live } = useLiveServices();
  const search = route.useSearch();
  const navigate = useNavigate();
  const [start] = useState(() => {
    const place = places.get(live);
    return place !== undefined && writePlainSearch({ ...place.search }) === writePlainSearch({ ...search })
      ? place
      : null;
  });
  const agentRef = useRef(start?.agentRef ?? null);

  useLayoutEffect(() => {
    if (isReady && start !== null) scroller.current?.scrollTo({ top: start.scrollTop });
  }, [isReady, start, scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    return () => {
      places.set(live, { search, scrollTop: element?.scrollTop ?? 0, agentRef: agentRef.current });
    };
  }, [live, search, scroller]);

  /** One listener for all tiles: a plain click stays within this page, any other one is the browser's. */
  const onClick = (event: MouseEvent): void => {
    const tile = event.target instanceof Element ? event.target.closest('[data-agent-id]') : null;
    const id = tile?.getAttribute('data-agent-id') ?? null;
    if (id === null || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    agentRef.current = Number(tile?.getAttribute('data-ref'));
    void navigate({ to: '/agents/$id', params: { id } });
  };

  return { startsAt: start?.agentRef ?? null, onClick };
};
