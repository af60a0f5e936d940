import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { FloorwatchRefused } from '../lib/api-client.ts';
import { sessionQuery } from './session-query.ts';

/**
 * What a refusal says about the session is told to the page: where nobody is signed in any more it asks to sign in, and
 * what was chosen is there again afterwards; a proof or a right that is out of date is fetched anew.
 */
export const useSessionNews = () => {
  const queries = useQueryClient();
  return useCallback(
    (error: Error): void => {
      const code = error instanceof FloorwatchRefused ? error.body?.code : undefined;
      if (code === 'signed-out') queries.setQueryData(sessionQuery.queryKey, null);
      if (code === 'csrf-failed' || code === 'not-allowed')
        void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
    [queries],
  );
};
