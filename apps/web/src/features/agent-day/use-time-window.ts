import type { Interval } from '@floorwatch/domain';
import { useCallback, useEffect, useState } from 'react';
import { browserClock } from '../../lib/browser-clock.ts';
import { readZoom, writeZoom } from './agent-day-search.ts';
import { isWhole, panWindow, zoomWindow } from './time-window.ts';

/** Moving goes into the address once it pauses: browsers limit how often an address may change. */
const PAUSE_MS = 250;

interface Held {
  /** What the address said, or was told last. */
  readonly zoom: string;
  readonly range: Interval;
  readonly window: Interval;
}

const windowOf = (zoom: string, range: Interval): Interval => {
  const asked = readZoom(zoom);
  return asked === null || asked.to <= range.from || asked.from >= range.to ? range : panWindow(asked, 0, range);
};

const zoomOf = (window: Interval, range: Interval): string => (isWhole(window, range) ? '' : writeZoom(window));

/**
 * What of a range the time axis shows, and the ways to change it. It moves at once and is written to the address when it
 * comes to rest; an address that changes by itself (a link, the way back) moves it.
 */
export const useTimeWindow = (zoom: string, range: Interval, commit: (zoom: string) => void) => {
  const [held, setHeld] = useState<Held>(() => ({ zoom, range, window: windowOf(zoom, range) }));
  const isOther = held.range.from !== range.from || held.range.to !== range.to;
  let { window } = held;
  if (isOther || held.zoom !== zoom) {
    window = windowOf(zoom, range);
    setHeld({ zoom, range, window });
  }

  const wanted = zoomOf(window, range);
  useEffect(() => {
    if (wanted === zoom) return undefined;
    return browserClock.after(PAUSE_MS, () => {
      setHeld((now) => ({ ...now, zoom: wanted }));
      commit(wanted);
    });
  }, [wanted, zoom, commit]);

  const setWindow = useCallback(
    (next: (window: Interval, bounds: Interval) => Interval) =>
      setHeld((now) => ({ ...now, window: next(now.window, now.range) })),
    [],
  );
  const zoomBy = useCallback(
    (factor: number, anchor?: number) =>
      setWindow((now, bounds) => zoomWindow(now, { factor, anchor: anchor ?? (now.from + now.to) / 2 }, bounds)),
    [setWindow],
  );
  const panBy = useCallback((ms: number) => setWindow((now, bounds) => panWindow(now, ms, bounds)), [setWindow]);
  /** Moves by a share of what is shown. */
  const panByShare = useCallback(
    (share: number) => setWindow((now, bounds) => panWindow(now, (now.to - now.from) * share, bounds)),
    [setWindow],
  );
  const showAll = useCallback(() => setWindow((_now, bounds) => bounds), [setWindow]);
  return { window, setWindow, zoomBy, panBy, panByShare, showAll };
};

export type TimeWindow = ReturnType<typeof useTimeWindow>;
