import type { Interval } from '@floorwatch/domain';

/** Nobody sees more by zooming in further, ms. */
export const SHORTEST_WINDOW_MS = 60_000;

/** A stretch of time on a stretch of pixels. */
export interface TimeScale extends Interval {
  /** px */
  readonly width: number;
}

export const xOf = ({ from, to, width }: TimeScale, at: number): number => ((at - from) / (to - from)) * width;

/** Where a pixel of the scale is, as CSS wants it; before anything was measured nothing is anywhere. */
export const percentOf = ({ width }: TimeScale, x: number): string => `${width === 0 ? 0 : (x / width) * 100}%`;

export const timeAt = ({ from, to, width }: TimeScale, x: number): number =>
  width === 0 ? from : from + (x / width) * (to - from);

const lengthOf = ({ from, to }: Interval): number => to - from;

/** Moves a window into its bounds without changing its length, or makes it as long as they are. */
const moveInto = (window: Interval, bounds: Interval): Interval => {
  const length = Math.min(lengthOf(window), lengthOf(bounds));
  const from = Math.min(Math.max(window.from, bounds.from), bounds.to - length);
  return { from, to: from + length };
};

/**
 * A window `factor` times as long (below 1 zooms in) in which the instant `anchor` stays where it was on the screen, as
 * far as the bounds allow.
 */
export const zoomWindow = (
  window: Interval,
  { factor, anchor }: { readonly factor: number; readonly anchor: number },
  bounds: Interval,
): Interval => {
  const length = Math.min(Math.max(lengthOf(window) * factor, SHORTEST_WINDOW_MS), lengthOf(bounds));
  const share = lengthOf(window) === 0 ? 0 : (anchor - window.from) / lengthOf(window);
  const from = anchor - share * length;
  return moveInto({ from, to: from + length }, bounds);
};

/** The window so much later (earlier, if negative), ms; it stops at its bounds. */
export const panWindow = (window: Interval, byMs: number, bounds: Interval): Interval =>
  moveInto({ from: window.from + byMs, to: window.to + byMs }, bounds);

/** The least move that brings a stretch into the window, with a little room around it. */
export const showInWindow = (window: Interval, part: Interval, bounds: Interval): Interval => {
  const room = lengthOf(window) * 0.05;
  if (part.from < window.from) return panWindow(window, part.from - room - window.from, bounds);
  if (part.from >= window.to - room) return panWindow(window, part.from + room * 4 - window.to, bounds);
  return window;
};

export const isWhole = (window: Interval, bounds: Interval): boolean =>
  window.from <= bounds.from && window.to >= bounds.to;
