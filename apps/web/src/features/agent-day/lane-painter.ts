import type { Activity } from '@floorwatch/domain';
import type { LaneSegment } from './lane.ts';
import { xOf, type TimeScale } from './time-window.ts';

/** Narrower than this, px, a segment cannot be told from its neighbours. */
const THIN_PX = 2;
/** Thin neighbours are drawn as one bunch of about this width, px. */
const BUNCH_PX = 4;

/** Something on a lane that can be pointed at: one segment, or a bunch of them that are too thin to be told apart. */
export interface PaintedItem {
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly width: number;
  /** One, or all of the bunch. */
  readonly segments: readonly [LaneSegment, ...LaneSegment[]];
}

export interface PaintedLane {
  readonly items: readonly PaintedItem[];
  /** One outline for each colour; `unknown` is hatched. */
  readonly paths: ReadonlyMap<Activity, string>;
}

/**
 * Draws a lane: few outlines however many segments there are. A bunch is drawn as the shares of its time, one above the
 * other, so that nothing is hidden and nothing is drawn larger than it was.
 */
export const paintLane = (segments: readonly LaneSegment[], scale: TimeScale, height: number): PaintedLane => {
  const items = itemsOf(segments, scale);
  const strokes = new Map<Activity, string[]>();
  const draw = (hue: Activity, rect: Rect): void => {
    const held = strokes.get(hue);
    if (held === undefined) strokes.set(hue, [rectPath(rect)]);
    else held.push(rectPath(rect));
  };
  for (const { x, width, segments: held } of items) {
    if (held.length === 1) {
      draw(held[0].hue, { x, y: 0, width: Math.max(width, 1), height });
      continue;
    }
    let y = 0;
    for (const { hue, share } of sharesOf(held)) {
      draw(hue, { x, y, width, height: share * height });
      y += share * height;
    }
  }
  return { items, paths: new Map([...strokes].map(([hue, parts]) => [hue, parts.join('')])) };
};

const itemsOf = (segments: readonly LaneSegment[], scale: TimeScale): PaintedItem[] => {
  const items: PaintedItem[] = [];
  let bunch: [LaneSegment, ...LaneSegment[]] | null = null;
  const close = (): void => {
    if (bunch !== null) items.push(itemOf(bunch, scale));
    bunch = null;
  };
  for (const segment of segments) {
    if (segment.to <= scale.from || segment.from >= scale.to) continue;
    const isThin = xOf(scale, segment.to) - xOf(scale, segment.from) < THIN_PX;
    const goesOn = bunch !== null && bunch.at(-1)?.to === segment.from;
    if (!isThin || !goesOn) close();
    if (!isThin) {
      items.push(itemOf([segment], scale));
      continue;
    }
    if (bunch === null) bunch = [segment];
    else bunch.push(segment);
    if (xOf(scale, segment.to) - xOf(scale, bunch[0].from) >= BUNCH_PX) close();
  }
  close();
  return items;
};

const itemOf = (segments: [LaneSegment, ...LaneSegment[]], scale: TimeScale): PaintedItem => {
  const { from } = segments[0];
  const to = segments.at(-1)?.to ?? from;
  const x = Math.max(xOf(scale, from), 0);
  return { from, to, x, width: Math.min(xOf(scale, to), scale.width) - x, segments };
};

export interface Share {
  readonly hue: Activity;
  readonly word: string;
  readonly ms: number;
  /** Of the time of all, 0…1. */
  readonly share: number;
}

/** How much of the time of some segments each thing had, longest first. */
export const sharesOf = (segments: readonly LaneSegment[]): Share[] => {
  const byWord = new Map<string, { hue: Activity; word: string; ms: number }>();
  let total = 0;
  for (const { hue, word, from, to } of segments) {
    const held = byWord.get(word);
    if (held === undefined) byWord.set(word, { hue, word, ms: to - from });
    else held.ms += to - from;
    total += to - from;
  }
  return [...byWord.values()]
    .toSorted((a, b) => b.ms - a.ms)
    .map((part) => ({ ...part, share: total === 0 ? 0 : part.ms / total }));
};

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

const rectPath = ({ x, y, width, height }: Rect): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${-round(width)}z`;

/** The item at an instant; null where the lane is empty. Items are in order. */
export const itemAt = (items: readonly PaintedItem[], at: number): number | null => {
  let low = 0;
  let high = items.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item === undefined) return null;
    if (at < item.from) high = middle - 1;
    else if (at >= item.to) low = middle + 1;
    else return middle;
  }
  return null;
};

interface LaneCursor {
  /** What is in sight. */
  readonly items: readonly PaintedItem[];
  /** Where the keyboard stands among them. */
  readonly current: number;
  /** All of the lane. */
  readonly segments: readonly LaneSegment[];
}

/**
 * Where a key leads on a lane: within sight from item to item, beyond it to the next segment.
 * @returns null where there is nothing further, undefined for a key that means nothing here
 */
export const itemAfterKey = (key: string, { items, current, segments }: LaneCursor): PaintedItem | null | undefined => {
  const first = items[0];
  const last = items.at(-1);
  switch (key) {
    case 'ArrowRight':
      return items[current + 1] ?? outOfSight(segments.find(({ from }) => last !== undefined && from >= last.to));
    case 'ArrowLeft':
      return items[current - 1] ?? outOfSight(segments.findLast(({ to }) => first !== undefined && to <= first.from));
    case 'Home':
      return outOfSight(segments[0]);
    case 'End':
      return outOfSight(segments.at(-1));
    default:
      return undefined;
  }
};

const outOfSight = (segment: LaneSegment | undefined): PaintedItem | null =>
  segment === undefined ? null : { from: segment.from, to: segment.to, x: 0, width: 0, segments: [segment] };
