import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { agentAddress } from '../../lib/agent-address.ts';
import { closeTask, openTask, toggleSelected, type DeskTask } from '../../live/presence-desk.ts';
import { useAgentRowOf } from '../../live/use-live.ts';

/** As wide and, with all its items, as high as it is drawn, px. */
const WIDTH = 230;
const HEIGHT = 190;
const MARGIN = 8;

/** How many items a key moves on; null for keys that mean nothing here. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** What can be done to the agent of a tile, beside that tile. Not the component library's menu: that one weighs on the first load of every page. */
export const TileMenu = ({ agentId, at }: Extract<DeskTask, { kind: 'menu' }>) => {
  const row = useAgentRowOf(agentId);
  const navigate = useNavigate();
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    itemsOf(menu.current)[0]?.focus();
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && menu.current?.contains(event.target) !== true) closeTask();
    };
    document.addEventListener('pointerdown', onPress, { capture: true });
    return () => document.removeEventListener('pointerdown', onPress, { capture: true });
  }, []);
  if (row === null) return null;
  const left = Math.max(MARGIN, Math.min(at.x, window.innerWidth - WIDTH - MARGIN));
  const top = Math.max(MARGIN, Math.min(at.y, window.innerHeight - HEIGHT - MARGIN));
  return (
    <div
      ref={menu}
      role="menu"
      className="tile-menu"
      aria-label={row.profile.name}
      tabIndex={-1}
      style={{ left, top, width: WIDTH }}
      onKeyDown={moveOrClose}
    >
      <p className="tile-menu__name" role="presentation" dir="auto">
        {row.profile.name}
      </p>
      <Item label="Change presence…" onChoose={() => openTask({ kind: 'change', agentId })} />
      {row.state.routing?.state === 'notResponding' && (
        <Item label="Reset Not Responding…" onChoose={() => openTask({ kind: 'reset', agentId })} />
      )}
      <Item
        label="Choose several, from here"
        onChoose={() => {
          closeTask();
          toggleSelected(agentId);
        }}
      />
      <a
        role="menuitem"
        className="tile-menu__item"
        tabIndex={-1}
        href={agentAddress(agentId)}
        onClick={(event) => {
          closeTask();
          if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a window of its own: the browser's
          event.preventDefault();
          void navigate({ to: '/agents/$id', params: { id: agentId } });
        }}
      >
        Open the agent’s page
      </a>
    </div>
  );
};

const Item = ({ label, onChoose }: { readonly label: string; readonly onChoose: () => void }) => (
  <button type="button" role="menuitem" className="tile-menu__item" tabIndex={-1} onClick={onChoose}>
    {label}
  </button>
);

const itemsOf = (menu: Element | null): HTMLElement[] => [
  ...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
];

const moveOrClose = (event: KeyboardEvent<HTMLElement>): void => {
  const items = itemsOf(event.currentTarget);
  const step = STEPS[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') closeTask();
  else if (step === undefined) return;
  else {
    const from = items.findIndex((item) => item === document.activeElement);
    const to = Number.isFinite(step) ? (from + step + items.length) % items.length : step < 0 ? 0 : items.length - 1;
    items[to]?.focus();
  }
  event.preventDefault();
  event.stopPropagation();
};
