import { useSyncExternalStore } from 'react';
import { useLiveServices } from '../../live/use-live.ts';

const SECOND_MS = 1000;

/** The BFF's time in whole seconds, ms; null before the first frame. Renders once a second. */
export const useServerSecond = (): number | null => {
  const { live, ticker } = useLiveServices();
  return useSyncExternalStore(
    (onChange) => ticker.onTick(onChange),
    () => {
      const now = live.serverNow();
      return now === null ? null : Math.floor(now / SECOND_MS) * SECOND_MS;
    },
  );
};

/** Whole seconds until an instant of the BFF by its own clock; 0 once it is over, and where its time is not known. */
export const useSecondsUntil = (instant: string | null): number => {
  const now = useServerSecond();
  return instant === null || now === null ? 0 : Math.max(0, Math.ceil((Date.parse(instant) - now) / SECOND_MS));
};
