import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { timeAt } from './time-window.ts';
import type { TimeWindow } from './use-time-window.ts';

const ZOOM_STEP = 1.5;
/** Of what is shown, by one press of an arrow key. */
const PAN_SHARE = 0.15;
/** Further than this, px, a press is a drag. */
const DRAG_PX = 4;
/** How much a turn of the wheel zooms: a notch (100) by about a third. */
const WHEEL_ZOOM = 0.003;

interface Gestures {
  readonly time: TimeWindow;
  /** Where the axis begins in the element, and how long it is, px. */
  readonly axis: () => DOMRect | null;
  /** The instant that keys zoom about; null for the middle of what is shown. */
  readonly anchor: number | null;
}

/** Wheel with Ctrl zooms, sideways pans; drag pans; + − 0 and arrows do it all. */
export const useTimelineGestures = ({ time, axis, anchor }: Gestures) => {
  const element = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; isMoving: boolean } | null>(null);
  const [isDragging, setDragging] = useState(false);
  const msPerPx = (): number => (time.window.to - time.window.from) / Math.max(axis()?.width ?? 1, 1);

  useEffect(() => {
    const onWheel = (event: WheelEvent): void => {
      const box = axis();
      if (box === null) return;
      const shown = { ...time.window, width: box.width };
      if (event.ctrlKey || event.metaKey) {
        time.zoomBy(Math.exp(event.deltaY * WHEEL_ZOOM), timeAt(shown, event.clientX - box.left));
        event.preventDefault();
        return;
      }
      const sideways = event.shiftKey ? event.deltaX + event.deltaY : event.deltaX;
      if (Math.abs(sideways) < Math.abs(event.deltaY) && !event.shiftKey) return;
      time.panBy((sideways * (shown.to - shown.from)) / Math.max(box.width, 1));
      event.preventDefault();
    };
    const target = element.current;
    target?.addEventListener('wheel', onWheel, { passive: false }); // React's own cannot keep the page from scrolling
    return () => target?.removeEventListener('wheel', onWheel);
  }, [time, axis]);

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button === 0) drag.current = { x: event.clientX, isMoving: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const held = drag.current;
    if (held === null) return;
    if (!held.isMoving && Math.abs(event.clientX - held.x) < DRAG_PX) return;
    if (!held.isMoving) event.currentTarget.setPointerCapture(event.pointerId);
    time.panBy((held.x - event.clientX) * msPerPx());
    drag.current = { x: event.clientX, isMoving: true };
    setDragging(true);
  };
  const endDrag = (): void => {
    drag.current = null;
    setDragging(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const action = actionOf(event.key, time, anchor ?? undefined);
    if (action === null) return;
    event.preventDefault();
    action();
  };

  return {
    element,
    isDragging,
    handlers: { onPointerDown, onPointerMove, onPointerUp: endDrag, onPointerCancel: endDrag, onKeyDown },
  };
};

const actionOf = (key: string, time: TimeWindow, anchor: number | undefined): (() => void) | null => {
  switch (key) {
    case '+':
    case '=':
      return () => time.zoomBy(1 / ZOOM_STEP, anchor);
    case '-':
      return () => time.zoomBy(ZOOM_STEP, anchor);
    case '0':
      return time.showAll;
    case 'ArrowLeft':
      return () => time.panByShare(-PAN_SHARE);
    case 'ArrowRight':
      return () => time.panByShare(PAN_SHARE);
    default:
      return null;
  }
};
