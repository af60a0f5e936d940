import { useState, type FocusEvent, type KeyboardEvent } from 'react';
import { useHotkey } from '../../lib/use-hotkey.ts';

interface Grid {
  readonly refs: readonly number[];
  readonly columns: number;
  readonly scrollToRow: (row: number) => void;
  /** Where the cursor stands at first; null for the first tile. */
  readonly start: number | null;
  /** The keyboard is on the wall and moves. */
  readonly onMove: () => void;
  readonly onLeave: () => void;
}

/** How many places a key moves through the order; null for keys that mean nothing here. */
const stepOf = (key: string, columns: number, count: number): number | null => {
  switch (key) {
    case 'ArrowRight':
    case 'j':
      return 1;
    case 'ArrowLeft':
    case 'k':
      return -1;
    case 'ArrowDown':
      return columns;
    case 'ArrowUp':
      return -columns;
    case 'Home':
      return -count;
    case 'End':
      return count;
    default:
      return null;
  }
};

/** The tile the keyboard stands on. One tile can be reached by Tab; arrows, j and k move from there. */
export const useGridCursor = ({ refs, columns, scrollToRow, start, onMove, onLeave }: Grid) => {
  const [chosen, setChosen] = useState<number | null>(start);
  const [focusing, setFocusing] = useState<number | null>(null);
  const current = chosen !== null && refs.includes(chosen) ? chosen : (refs[0] ?? null);

  const moveTo = (index: number): void => {
    const ref = refs[Math.min(Math.max(index, 0), refs.length - 1)];
    if (ref === undefined) return;
    onMove();
    scrollToRow(Math.floor(refs.indexOf(ref) / columns));
    setChosen(ref);
    setFocusing(ref);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || current === null) return;
    if (event.key === 'Escape' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const step = stepOf(event.key, columns, refs.length);
    if (step === null) return;
    event.preventDefault();
    const from = refs.indexOf(current);
    const to = from + step;
    const leavesTheWall = Math.abs(step) === columns && (to < 0 || to >= refs.length);
    if (!leavesTheWall) moveTo(to);
  };

  useHotkey(['j', 'k'], () => {
    if (current !== null) moveTo(refs.indexOf(current));
  });

  const onFocus = (event: FocusEvent): void => {
    const ref = Number(event.target.closest('[data-ref]')?.getAttribute('data-ref') ?? Number.NaN);
    if (Number.isInteger(ref)) setChosen(ref);
    onMove();
  };

  const onBlur = (event: FocusEvent): void => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    setFocusing(null);
    onLeave();
  };

  return { current, focusing, onKeyDown, onFocus, onBlur };
};
