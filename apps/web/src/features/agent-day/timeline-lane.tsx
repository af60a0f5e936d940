import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { LANE_WORD, type LaneKind, type LaneSegment } from './lane.ts';
import { itemAfterKey, itemAt, paintLane, type PaintedItem } from './lane-painter.ts';
import { percentOf, timeAt, type TimeScale } from './time-window.ts';

/** Drawn height, px. */
const HEIGHT = 30;
/** Room a word needs, px: its letters and some air. */
const LETTER_PX = 6.6;
const AIR_PX = 12;

interface TimelineLaneProps {
  readonly kind: LaneKind;
  readonly segments: readonly LaneSegment[];
  readonly scale: TimeScale;
  /** What is told of an item, for screen readers. */
  readonly speak: (item: PaintedItem) => string;
  /** An item is pointed at or stepped to; null when no longer. */
  readonly onShow: (item: PaintedItem | null, byKey: boolean) => void;
}

/** One lane: a few outlines however many segments, words where there is room, and a place for the keyboard to step through. */
export const TimelineLane = ({ kind, segments, scale, speak, onShow }: TimelineLaneProps) => {
  const painted = useMemo(() => paintLane(segments, scale, HEIGHT), [segments, scale]);
  const { items, paths } = painted;
  const [at, setAt] = useState<number | null>(null);
  const current = at === null ? 0 : (itemAt(items, at) ?? 0);
  const item = items[current];

  const stepTo = (next: PaintedItem | null): void => {
    if (next === null) return;
    setAt(next.from);
    onShow(next, true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onShow(null, true);
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = itemAfterKey(event.key, { items, current, segments });
    if (next === undefined) return;
    event.preventDefault();
    stepTo(next);
  };
  const point = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const index = itemAt(items, timeAt(scale, event.clientX - box.left));
    const pointed = index === null ? null : (items[index] ?? null);
    if (pointed !== null) setAt(pointed.from);
    onShow(pointed, false);
  };

  return (
    <div className="lane" data-lane={kind}>
      <span className="lane__label" aria-hidden="true">
        {LANE_WORD[kind]}
      </span>
      <div
        className="lane__track"
        role="slider"
        tabIndex={0}
        aria-label={`${LANE_WORD[kind]}: arrow keys step from one to the next`}
        aria-valuemin={0}
        aria-valuemax={Math.max(items.length - 1, 0)}
        aria-valuenow={current}
        aria-valuetext={item === undefined ? 'Nothing in the time shown' : speak(item)}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && stepTo(item ?? null)}
        onBlur={() => onShow(null, true)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={(event) => event.pointerType !== 'touch' && onShow(null, false)} // a finger leaves as it taps
      >
        <svg
          className="lane__drawing"
          viewBox={`0 0 ${Math.max(scale.width, 1)} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {[...paths].map(([hue, path]) => (
            <path
              key={hue}
              className="lane__stretch"
              data-activity={hue}
              d={path}
              {...(hue === 'unknown' && { fill: 'url(#hatch)' })}
            />
          ))}
        </svg>
        <LaneWords items={items} scale={scale} />
      </div>
    </div>
  );
};

/** Words where a segment is wide enough for its own; "≥" where its true start was not seen. */
const LaneWords = ({ items, scale }: { readonly items: readonly PaintedItem[]; readonly scale: TimeScale }) => (
  <>
    {items.map(({ from, x, width, segments: [segment, ...more] }) => {
      if (more.length > 0 || segment.key === null) return null;
      const mark = segment.startsExactly || segment.from <= scale.from ? '' : '≥ ';
      const text = `${mark}${segment.word}`;
      const fits = width >= text.length * LETTER_PX + AIR_PX;
      if (!fits && width < AIR_PX * 2) return null;
      return (
        <span
          key={from}
          className="lane__word"
          data-activity={segment.hue}
          style={{ insetInlineStart: percentOf(scale, x), width: percentOf(scale, width) }}
        >
          {fits ? (
            text
          ) : (
            <svg className="glyph" fill="currentColor">
              <use href={`#glyph-${segment.hue}`} />
            </svg>
          )}
        </span>
      );
    })}
  </>
);
