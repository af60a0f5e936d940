import { createContext, useContext, useLayoutEffect, useRef, useSyncExternalStore, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { AgentRow, Since } from '@floorwatch/domain';
import { formatElapsed } from '../lib/elapsed.ts';
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

/** The row of the agent with this id; null where there is no such agent on the board, or no board yet. */
export const useAgentRowOf = (id: string): AgentRow | null => {
  const { live } = useLiveServices();
  return useStore(live.store, () => live.rowOf(id));
};

/** Whether the agent's contradiction has lasted beyond its grace period. */
export const useDisagrees = (ref: number): boolean => {
  const { live } = useLiveServices();
  return useStore(live.store, () => live.disagrees(ref));
};

/**
 * Writes how long something lasts into an element, each second and without rendering. "≥" says that the true start was
 * not seen.
 */
export const useElapsedText = <Holder extends Element>(
  since: Since | null,
  format: (elapsedMs: number) => string = formatElapsed,
): RefObject<Holder | null> => {
  const { live, ticker } = useLiveServices();
  const holder = useRef<Holder>(null);
  const at = since?.at ?? null;
  const prefix = since?.exact === false ? '≥ ' : '';

  useLayoutEffect(() => {
    if (at === null) return undefined;
    const text = document.createTextNode('');
    const write = (): void => {
      const now = live.displayNow();
      const next = now === null ? '' : prefix + format(now - at);
      if (text.data !== next) text.data = next;
    };
    write();
    holder.current?.replaceChildren(text);
    const stop = ticker.onTick(write);
    return () => {
      stop();
      text.remove();
    };
  }, [at, prefix, format, live, ticker]);

  return holder;
};

/**
 * The platform's time, ms, in steps: renders again only when a step has passed. Null before the first frame. It stands
 * still while the data is stale.
 */
export const usePlatformNow = (stepMs: number): number | null => {
  const { live, ticker } = useLiveServices();
  return useSyncExternalStore(
    (onChange) => ticker.onTick(onChange),
    () => {
      const now = live.displayNow();
      return now === null ? null : Math.floor(now / stepMs) * stepMs;
    },
  );
};
