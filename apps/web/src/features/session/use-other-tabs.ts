import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { sessionQuery } from '../../live/session-query.ts';

const CHANNEL = 'floorwatch-session';

/** All tabs of a browser have one session: who signs in or out in one tells the others to look again. */
export const useOtherTabs = (): void => {
  const queries = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const who = session === undefined ? undefined : (session?.person?.userId ?? null);
  const channel = useRef<BroadcastChannel>(null);

  useEffect(() => {
    const opened = new BroadcastChannel(CHANNEL);
    opened.addEventListener('message', () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey }));
    channel.current = opened;
    return () => {
      channel.current = null;
      opened.close();
    };
  }, [queries]);

  useEffect(() => {
    if (who !== undefined) channel.current?.postMessage('changed');
  }, [who]);
};
