import { useCallback } from 'react';

/** What takes the place of something that had the focus takes the focus too. */
export const useFocusOnMount = () =>
  useCallback((element: HTMLElement | null): void => element?.focus({ preventScroll: true }), []);
