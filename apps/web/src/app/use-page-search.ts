import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { dropAbsent, readPageSearch, type PageSearch } from '../lib/page-search.ts';

type Change = { [Name in keyof PageSearch]?: PageSearch[Name] | undefined };

/** What every page has in its address, and the way to change it; the rest of the address stays as it is. */
export const usePageSearch = () => {
  const search = useSearch({ strict: false, select: readPageSearch, structuralSharing: true });
  const navigate = useNavigate();
  const change = useCallback(
    /** @param replace keeps the step out of the browser's history */
    (next: Change, replace = false): void => {
      void navigate({ to: '.', search: (held) => dropAbsent({ ...held, ...next }), replace });
    },
    [navigate],
  );
  return { search, change };
};
