import { Button } from '@mantine/core';
import { startSelecting, stopSelecting, usePresenceDesk } from '../../live/presence-desk.ts';

/** Begins and ends choosing several agents; for whoever may change somebody. */
export const SelectButton = () => {
  const mayChange = usePresenceDesk(({ scope }) => scope !== null);
  const isSelecting = usePresenceDesk(({ selection }) => selection !== null);
  if (!mayChange) return null;
  return (
    <Button
      variant={isSelecting ? 'filled' : 'default'}
      size="sm"
      className="toolbar__select"
      aria-label="Select agents"
      aria-pressed={isSelecting}
      title="Choose several agents and change them together (x on a tile)"
      onClick={isSelecting ? stopSelecting : startSelecting}
    >
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        aria-hidden="true"
      >
        <path d="M1.5 1.5h9v9h-9zM13 5v8.5H5M3.6 6l1.7 1.8L8.6 4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </Button>
  );
};
