import type { QueryClient } from '@tanstack/react-query';
import { browserClock, timeOfDay } from '../lib/browser-clock.ts';
import { createSleepWatch } from '../lib/sleep-watch.ts';
import { agentListQuery } from '../live/agent-list-query.ts';
import { openBrowserSocket } from '../live/browser-socket.ts';
import { explainListFailure } from '../live/explain-problem.ts';
import { LiveConnection } from '../live/live-connection.ts';
import { LiveStore } from '../live/live-store.ts';
import { Ticker } from '../live/ticker.ts';
import type { LiveServices } from '../live/use-live.ts';
import { reloadOnce } from './reload-once.ts';

/** Puts the live floor together and starts it. It runs as long as the page does. */
export const startLive = (queryClient: QueryClient): LiveServices => {
  const live = new LiveStore(browserClock);
  const ticker = new Ticker(browserClock);
  const connection = new LiveConnection({
    clock: browserClock,
    random: Math.random,
    live,
    openSocket: openBrowserSocket,
    loadList: (signal) => {
      signal.addEventListener('abort', () => void queryClient.cancelQueries({ queryKey: agentListQuery.queryKey }));
      return queryClient.fetchQuery(agentListQuery);
    },
    explain: explainListFailure,
    reloadPage: reloadOnce,
  });
  const hasSlept = createSleepWatch(browserClock, timeOfDay);
  ticker.onTick(() => {
    if (hasSlept()) connection.reconnect();
    live.tick();
  });
  ticker.start();
  window.addEventListener('online', () => connection.retryNow());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') connection.retryNow();
  });
  connection.start();
  return { live, connection, ticker };
};
