import { useSyncExternalStore } from 'react';

const print = window.matchMedia('print');

const subscribe = (onChange: () => void): (() => void) => {
  print.addEventListener('change', onChange);
  return () => print.removeEventListener('change', onChange);
};

/** Whether the page is being printed: what cannot be scrolled, pointed at or opened must be there in full. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => print.matches);
