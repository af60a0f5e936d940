import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AgentRow } from '@floorwatch/domain';
import type { LiveConnection } from './live-connection.ts';
import type { LiveState, LiveStore } from './live-store.ts';
import type { Ticker } from './ticker.ts';

/** What `main` starts once for the page. */
export interface LiveServices {
  readonly live: LiveStore;
  readonly connection: LiveConnection;
  readonly ticker: Ticker;
}

export const LiveContext = createContext<LiveServices | null>(null);

export const useLiveServices = (): LiveServices => {
  const services = useContext(LiveContext);
  if (services === null) throw new Error('A component outside <LiveContext> asked for the live floor.');
  return services;
};

/** Reads the live state by a narrow selector: renders again only when what it selects changes. */
export const useLive = <Selected>(select: (state: LiveState) => Selected): Selected =>
  useStore(useLiveServices().live.store, select);

/** One agent's row; null once the agent has left. */
export const useAgentRow = (ref: number): AgentRow | null => {
  const { live } = useLiveServices();
  return useStore(live.store, () => live.rowAt(ref));
};

/** Whether the agent's contradiction has lasted beyond its grace period. */
export const useDisagrees = (ref: number): boolean => {
  const { live } = useLiveServices();
  return useStore(live.store, () => live.disagrees(ref));
};
