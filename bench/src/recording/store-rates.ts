import { agentId, type AgentId, type AvailabilityWindow, type Transition } from '@floorwatch/domain';
import type { Store } from '@floorwatch/store';
import { makePlace, type EngineChoice } from '../store/store-place.ts';
import { inventTransitions, windowsFor } from './invented-past.ts';

const DAY_MS = 86_400_000;

/** As many as the recorder writes at once. */
const BATCH = 500;

export interface StoreRates {
  /** Changes written in a second, and windows. */
  readonly transitionsPerSecond: number;
  readonly windowsPerSecond: number;
}

/** Writes a busy day of so many agents into an empty store, in the order in which it happened. */
export const measureStoreRates = async (engine: EngineChoice, agents: number): Promise<StoreRates> => {
  const place = await makePlace(engine);
  const store = await place.open();
  try {
    const range = { from: Date.parse('2026-03-30T00:00:00.000Z'), to: Date.parse('2026-03-30T00:00:00.000Z') + DAY_MS };
    const ids = Array.from({ length: agents }, (_, index) => agentId(`agent-${String(index)}`));
    const pasts = new Map(ids.map((id, index) => [id, inventTransitions(id, range, index)]));
    const transitions = [...pasts.values()].flat().toSorted((a, b) => a.at - b.at);
    const windows = [...pasts].flatMap(([id, past]) => windowsFor(id, past, range));
    return {
      transitionsPerSecond: await rateOf(transitions, (batch) => store.recording.addTransitions(batch)),
      windowsPerSecond: await rateOf(windows, (batch) => store.recording.putWindows(batch)),
    };
  } finally {
    await store.close();
    await place.remove();
  }
};

const rateOf = async <Item>(items: readonly Item[], write: (batch: readonly Item[]) => Promise<unknown>) => {
  const startedAt = performance.now();
  for (let from = 0; from < items.length; from += BATCH) await write(items.slice(from, from + BATCH));
  return (items.length / (performance.now() - startedAt)) * 1000;
};

/** Puts a past into a store, windows and all. */
export const fillStore = async (
  { recording }: Store,
  past: ReadonlyMap<
    AgentId,
    { readonly transitions: readonly Transition[]; readonly windows: readonly AvailabilityWindow[] }
  >,
): Promise<void> => {
  for (const { transitions, windows } of past.values()) {
    for (let from = 0; from < transitions.length; from += 4 * BATCH)
      await recording.addTransitions(transitions.slice(from, from + 4 * BATCH));
    for (let from = 0; from < windows.length; from += 4 * BATCH)
      await recording.putWindows(windows.slice(from, from + 4 * BATCH));
  }
};
