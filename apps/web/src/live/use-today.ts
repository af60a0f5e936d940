import { useStore } from 'zustand';
import { timeOfDay } from '../lib/browser-clock.ts';
import { dayAt, type CalendarDay } from '../lib/zone-time.ts';
import { useLiveServices } from './use-live.ts';

/**
 * The day it is in the zone, by the platform's clock: the viewer's computer may be wrong, and a simulated organisation
 * has a time of its own. Null while the platform's time is still to come; the computer's own is taken where it cannot come.
 */
export const useToday = (zone: string): CalendarDay | null => {
  const { live } = useLiveServices();
  return useStore(live.store, ({ connection }) => {
    const now = live.displayNow();
    if (now !== null) return dayAt(now, zone);
    return connection.kind === 'waiting' || connection.kind === 'refused' ? dayAt(timeOfDay(), zone) : null;
  });
};
