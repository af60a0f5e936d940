import { useState, type KeyboardEvent } from 'react';
import type { Mark } from './lane.ts';
import { percentOf, xOf, type TimeScale } from './time-window.ts';

interface MarksLaneProps {
  readonly marks: readonly Mark[];
  readonly scale: TimeScale;
  readonly speak: (mark: Mark) => string;
  readonly onShow: (mark: Mark | null) => void;
}

/** Nothing of a mark may be too small to be seen or hit, px. */
const LEAST_PX = 6;

/** Gaps, contradictions and volatile stretches, under the lanes they are about. */
export const MarksLane = ({ marks, scale, speak, onShow }: MarksLaneProps) => {
  const shown = marks.filter(({ from, to }) => to > scale.from && from < scale.to);
  const [at, setAt] = useState(0);
  const current = Math.min(at, Math.max(shown.length - 1, 0));
  const mark = shown[current];
  if (shown.length === 0) return null;
  const stepTo = (index: number): void => {
    const next = shown[index];
    if (next === undefined) return;
    setAt(index);
    onShow(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (event.key === 'Escape') onShow(null);
    if (to === undefined || event.shiftKey) return;
    event.preventDefault();
    stepTo(to);
  };
  return (
    <div className="lane lane--marks">
      <span className="lane__label" aria-hidden="true">
        Marks
      </span>
      <div
        className="lane__track"
        role="slider"
        tabIndex={0}
        aria-label="Marks: gaps, contradictions and volatile stretches; arrow keys step from one to the next"
        aria-valuemin={0}
        aria-valuemax={shown.length - 1}
        aria-valuenow={current}
        aria-valuetext={mark === undefined ? 'None' : speak(mark)}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && stepTo(current)}
        onBlur={() => onShow(null)}
        onPointerLeave={(event) => event.pointerType !== 'touch' && onShow(null)} // a finger leaves as it taps
      >
        {shown.map((one, index) => {
          const x = Math.max(xOf(scale, one.from), 0);
          const width = Math.max(Math.min(xOf(scale, one.to), scale.width) - x, LEAST_PX);
          return (
            <span
              key={`${one.kind} ${one.from} ${one.to}`}
              className="mark"
              data-kind={one.kind}
              data-current={index === current || undefined}
              style={{ insetInlineStart: percentOf(scale, x), width: percentOf(scale, width) }}
              onPointerEnter={() => onShow(one)}
            />
          );
        })}
      </div>
    </div>
  );
};
