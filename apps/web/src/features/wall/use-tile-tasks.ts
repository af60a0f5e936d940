import { covers } from '@floorwatch/domain';
import type { KeyboardEvent, MouseEvent } from 'react';
import { openTask, selectRange, stopSelecting, toggleSelected, usePresenceDesk } from '../../live/presence-desk.ts';
import { useLiveServices } from '../../live/use-live.ts';

interface Listeners {
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const tileAt = (target: EventTarget): Element | null =>
  target instanceof Element ? target.closest('[data-agent-id]') : null;

/**
 * What clicks and keys on tiles mean to the presence change: the menu of a tile, choosing several, `p` and `x`. One
 * listener for all tiles; what it does not take goes on to the others.
 */
export const useTileTasks = (others: Listeners): Listeners => {
  const { live } = useLiveServices();

  const mayChange = (id: string): boolean =>
    covers(usePresenceDesk.getState().scope, live.rowOf(id)?.profile.divisionId ?? null);
  const choose = (id: string, isRange: boolean): void => {
    if (!mayChange(id)) return;
    if (isRange) selectRange(id, live.shownIds().filter(mayChange));
    else toggleSelected(id);
  };

  const onClick = (event: MouseEvent): void => {
    const id = tileAt(event.target)?.getAttribute('data-agent-id') ?? null;
    const button = event.target instanceof Element ? event.target.closest('.tile__menu') : null;
    if (id !== null && button !== null) {
      const { left, bottom } = button.getBoundingClientRect();
      openTask({ kind: 'menu', agentId: id, at: { x: left, y: bottom } });
    } else if (id !== null && usePresenceDesk.getState().selection !== null) {
      event.preventDefault();
      choose(id, event.shiftKey);
    } else others.onClick(event);
  };

  /** @returns whether the key was meant for this */
  const take = ({ key, shiftKey }: KeyboardEvent, id: string, isOnButton: boolean): boolean => {
    const isSelecting = usePresenceDesk.getState().selection !== null;
    if (key === 'Escape' && isSelecting) stopSelecting();
    else if (key.toLowerCase() === 'x' || (key === ' ' && isSelecting && !isOnButton)) choose(id, shiftKey);
    else if (key === 'p' && mayChange(id)) openTask({ kind: 'change', agentId: id });
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const id = tileAt(event.target)?.getAttribute('data-agent-id') ?? null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const isOnButton = event.target instanceof HTMLButtonElement;
    if (id !== null && isPlain && take(event, id, isOnButton)) event.preventDefault();
    else others.onKeyDown(event);
  };

  return { onClick, onKeyDown };
};
