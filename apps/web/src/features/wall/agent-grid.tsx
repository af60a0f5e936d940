import './agent-tile.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type CSSProperties } from 'react';
import { usePresenceDesk } from '../../live/presence-desk.ts';
import { useLiveServices } from '../../live/use-live.ts';
import { AgentTile } from './agent-tile.tsx';
import { cornerOf, layOutGrid, type Density, type GridLayout } from './grid-layout.ts';
import { useElementWidth } from '../../lib/use-element-width.ts';
import { useGlide } from './use-glide.ts';
import { useGridCursor } from './use-grid-cursor.ts';
import { useTileTasks } from './use-tile-tasks.ts';
import { useWallPlace } from './wall-place.ts';

const OVERSCAN_ROWS = 3;

interface AgentGridProps {
  readonly refs: readonly number[];
  readonly density: Density;
}

/**
 * The tiles, of which only those in sight are in the document. Tiles keep their identity when the order changes, so
 * they can glide to their new place.
 */
export const AgentGrid = ({ refs, density }: AgentGridProps) => {
  const { live, ticker } = useLiveServices();
  const scroller = useRef<HTMLDivElement>(null);
  const [measure, width] = useElementWidth();
  const layout = useMemo(() => layOutGrid(width, density), [width, density]);
  const rowHeight = layout.tileHeight + layout.gap;
  const rowCount = Math.ceil(refs.length / layout.columns);
  const virtualizer = useVirtualizer({
    count: width === 0 ? 0 : rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useEffect(() => ticker.onTick(() => beat(scroller.current)), [ticker]);
  const place = useWallPlace({ scroller, isReady: width > 0 });
  const cursor = useGridCursor({
    refs,
    columns: layout.columns,
    start: place.startsAt,
    scrollToRow: (row) => virtualizer.scrollToIndex(row),
    onMove: () => live.holdOrder(),
    onLeave: () => live.releaseOrder(),
  });
  const tasks = useTileTasks({ onClick: place.onClick, onKeyDown: cursor.onKeyDown });
  const isSelecting = usePresenceDesk(({ selection }) => selection !== null);
  const releaseUnlessFocused = (): void => {
    if (!scroller.current?.contains(document.activeElement)) live.releaseOrder();
  };
  const shown = indexesIn(virtualizer.getVirtualItems(), layout.columns, refs.length);
  useGlide(scroller, placesOf(shown, refs, layout));

  return (
    <div ref={scroller} className="grid" onPointerMove={() => live.holdOrder()} onPointerLeave={releaseUnlessFocused}>
      <div
        ref={measure}
        role="list"
        aria-label="Agents"
        className="grid__sheet"
        data-density={density}
        data-selecting={isSelecting || undefined}
        style={sheetStyle(virtualizer.getTotalSize(), layout)}
        onClick={tasks.onClick}
        onKeyDown={tasks.onKeyDown}
        onFocus={cursor.onFocus}
        onBlur={cursor.onBlur}
      >
        {shown.map((index) => {
          const ref = refs[index];
          if (ref === undefined) return null;
          return (
            <AgentTile
              key={ref}
              agentRef={ref}
              {...cornerOf(layout, index)}
              place={index + 1}
              count={refs.length}
              isSmall={density === 'matrix'}
              isCurrent={ref === cursor.current}
              takesFocus={ref === cursor.focusing}
            />
          );
        })}
      </div>
    </div>
  );
};

const placesOf = (shown: readonly number[], refs: readonly number[], layout: GridLayout): Map<number, string> =>
  new Map(
    shown.flatMap((index) => {
      const ref = refs[index];
      const { x, y } = cornerOf(layout, index);
      return ref === undefined ? [] : [[ref, `${String(x)} ${String(y)}`] as const];
    }),
  );

/**
 * The pulse of the alarm, once a second. Not a CSS animation: one that never ends makes the browser draw every frame
 * of the day, which on a floor of 10,000 costs more than all the events together.
 */
const beat = (grid: HTMLElement | null): void => {
  grid?.toggleAttribute('data-beat');
};

const sheetStyle = (
  height: number,
  { tileWidth, tileHeight, fontSize }: GridLayout,
): CSSProperties & Record<`--${string}`, string> => ({
  height: `${height}px`,
  fontSize: `${fontSize}px`,
  '--tile-width': `${tileWidth}px`,
  '--tile-height': `${tileHeight}px`,
});

const indexesIn = (rows: readonly { readonly index: number }[], columns: number, count: number): number[] => {
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return [];
  const from = first.index * columns;
  const to = Math.min(count, (last.index + 1) * columns);
  return Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
};
