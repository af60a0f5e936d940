import { covers, type DivisionId, type DivisionScope } from '@floorwatch/domain';
import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';

/** What somebody wants to do to the presence of agents; each opens something of its own. */
export type DeskTask =
  /** The short list of what can be done to one agent, at a place on the screen, px. */
  | { readonly kind: 'menu'; readonly agentId: string; readonly at: { readonly x: number; readonly y: number } }
  /** With a presence that is chosen already, where something suggests one. */
  | { readonly kind: 'change'; readonly agentId: string; readonly definitionId?: string }
  | { readonly kind: 'reset'; readonly agentId: string }
  | { readonly kind: 'bulk'; readonly agentIds: readonly string[] }
  /** Everything that is being changed. */
  | { readonly kind: 'under-way' }
  /** A bulk that goes on, or its results. */
  | { readonly kind: 'bulk-progress'; readonly bulkId: string };

/** Where a choice that was not sent is kept in this tab, so that a session that ends does not lose it. */
export const DRAFT_KEY = 'floorwatch-presence-draft';

/** What is under way for an agent. `pending`: asked for, not seen yet · `waiting`: for the end of the contact · `held`: set again if it drifts */
export type UnderWay = 'pending' | 'waiting' | 'held';

interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins; null before the first choice. */
  readonly anchor: string | null;
}

interface Desk {
  readonly task: DeskTask | null;
  /** What had the focus when the task began: it gets it back. */
  readonly opener: HTMLElement | null;
  /** Divisions in which the viewer may change presences; null for nowhere. */
  readonly scope: DivisionScope | null;
  readonly underWay: ReadonlyMap<string, UnderWay>;
  /** Null while nobody selects. */
  readonly selection: Selection | null;
}

/** What the wall, the agent's page and the dialogs of the presence change share. The dialogs are loaded when they are asked for. */
export const usePresenceDesk = create<Desk>(() => ({
  task: null,
  opener: null,
  scope: null,
  underWay: new Map(),
  selection: null,
}));

const { getState, setState } = usePresenceDesk;

/** @param task what to open */
export const openTask = (task: DeskTask): void => {
  const { activeElement } = document;
  const isNext = getState().task !== null; // from the menu to a dialog: the focus goes back to before both
  setState({
    task,
    ...(!isNext && { opener: activeElement instanceof HTMLElement ? activeElement : null }),
  });
};

/** Closes whatever is open and puts the focus back. */
export const closeTask = (): void => {
  const { opener } = getState();
  setState({ task: null, opener: null });
  if (opener?.isConnected === true) opener.focus({ preventScroll: true });
};

/** Whether to offer the change of an agent in this division. */
export const useMayChange = (division: DivisionId | null): boolean =>
  usePresenceDesk(({ scope }) => covers(scope, division));

export const startSelecting = (): void => setState({ selection: { ids: new Set(), anchor: null } });

export const stopSelecting = (): void => setState({ selection: null });

/** Chooses exactly these. */
export const selectOnly = (ids: Iterable<string>): void => setState({ selection: { ids: new Set(ids), anchor: null } });

/** Puts an agent into the selection, or out of it; starts one where there is none. */
export const toggleSelected = (agentId: string): void => {
  const ids = new Set(getState().selection?.ids);
  if (!ids.delete(agentId)) ids.add(agentId);
  setState({ selection: { ids, anchor: agentId } });
};

/**
 * Adds everybody from the last one chosen to this one.
 * @param order whom the wall shows and who may be changed, in its order
 */
export const selectRange = (agentId: string, order: readonly string[]): void => {
  const { ids = new Set<string>(), anchor = null } = getState().selection ?? {};
  const to = order.indexOf(agentId);
  const from = anchor === null ? to : order.indexOf(anchor);
  if (to < 0 || from < 0) return;
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  setState({ selection: { ids: new Set([...ids, ...range]), anchor: anchor ?? agentId } });
};

/** What a tile shows of all this. */
export interface TileDesk {
  readonly mayChange: boolean;
  readonly isSelecting: boolean;
  readonly isSelected: boolean;
  readonly underWay: UnderWay | null;
}

/** Renders a tile only when one of its own four facts changes: thousands of them listen. */
export const useTileDesk = (agentId: string, division: DivisionId | null): TileDesk =>
  usePresenceDesk(
    useShallow(({ scope, selection, underWay }) => ({
      mayChange: covers(scope, division),
      isSelecting: selection !== null,
      isSelected: selection?.ids.has(agentId) === true,
      underWay: underWay.get(agentId) ?? null,
    })),
  );
