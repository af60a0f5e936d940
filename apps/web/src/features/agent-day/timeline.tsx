import './timeline.css';
import { Button } from '@mantine/core';
import type { Activity, Interval } from '@floorwatch/domain';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useElementWidth } from '../../lib/use-element-width.ts';
import { usePlatformNow } from '../../live/use-live.ts';
import { useGrownLanes } from './grow-lanes.ts';
import { itemWords, speakItem, whenWords, type ItemWords } from './item-words.ts';
import type { LaneKind, Lanes, Mark } from './lane.ts';
import type { PaintedItem } from './lane-painter.ts';
import type { LiveTail } from './live-tail.ts';
import { MarksLane } from './marks-lane.tsx';
import { timeTellingOf } from '../../lib/time-telling.ts';
import { isWhole, percentOf, showInWindow, xOf, type TimeScale } from './time-window.ts';
import { discrepancyMarks } from './told-lanes.ts';
import { TimelineAxis } from './timeline-axis.tsx';
import { TimelineLane } from './timeline-lane.tsx';
import { TimelineTooltip } from './timeline-tooltip.tsx';
import { useTimelineGestures } from './use-timeline-gestures.ts';
import type { TimeWindow } from './use-time-window.ts';

interface TimelineProps {
  readonly told: Lanes;
  readonly tail: LiveTail;
  readonly marks: readonly Mark[];
  /** Stretches that are still to come from the API. */
  readonly pending: readonly Interval[];
  readonly range: Interval;
  readonly zone: string;
  readonly shown: readonly LaneKind[];
  readonly time: TimeWindow;
}

interface Shown {
  readonly words: ItemWords;
  readonly hue: Activity | 'flagged';
  readonly at: number;
}

const SECOND_MS = 1000;
/** Slower than this nothing grows: a contradiction is marked once it has lasted. */
const SLOWEST_MS = 5000;

/** All lanes over one time axis; the current segments grow while one looks. */
export const Timeline = ({ told, tail, marks, pending, range, zone, shown, time }: TimelineProps) => {
  const { window } = time;
  const [measureWidth, width] = useElementWidth();
  const axis = useRef<Element | null>(null);
  const measure = useCallback(
    (element: Element | null) => {
      axis.current = element;
      measureWidth(element);
    },
    [measureWidth],
  );
  const axisBox = useCallback(() => axis.current?.getBoundingClientRect() ?? null, []);
  const { from, to } = window;
  const scale = useMemo<TimeScale>(() => ({ from, to, width }), [from, to, width]);
  const pixelMs = Math.min(Math.max((to - from) / Math.max(width, 1), SECOND_MS), SLOWEST_MS);
  const lanes = useGrownLanes(told, tail, { range, stepMs: pixelMs });
  const allMarks = useMemo(
    () => [...marks, ...discrepancyMarks(lanes.activity)].toSorted((a, b) => a.from - b.from),
    [marks, lanes.activity],
  );
  const [pointed, setPointed] = useState<Shown | null>(null);
  const { element, isDragging, handlers } = useTimelineGestures({ time, axis: axisBox, anchor: pointed?.at ?? null });

  const telling = timeTellingOf(range, zone);
  const words = (item: PaintedItem): ItemWords => itemWords(item, marks, telling);
  const markWords = (mark: Mark): ItemWords => ({
    title: mark.word,
    when: whenWords({ ...mark, startsExactly: true, isOngoing: false }, telling),
    lines: [mark.reason],
  });
  const showItem = (item: PaintedItem | null, byKey: boolean): void => {
    if (item !== null && byKey) time.setWindow((held, bounds) => showInWindow(held, item, bounds));
    setPointed(item === null ? null : { words: words(item), hue: item.segments[0].hue, at: middleOf(item, window) });
  };
  const showMark = (mark: Mark | null): void =>
    setPointed(mark === null ? null : { words: markWords(mark), hue: 'flagged', at: middleOf(mark, window) });

  return (
    <div className="timeline" ref={element} data-dragging={isDragging || undefined} {...handlers}>
      <Hatch />
      <TimelineAxis scale={scale} zone={zone} measure={measure} />
      <div className="timeline__lanes">
        {shown.map((kind) => (
          <TimelineLane
            key={kind}
            kind={kind}
            segments={lanes[kind]}
            scale={scale}
            speak={(item) => speakItem(words(item))}
            onShow={showItem}
          />
        ))}
        <MarksLane marks={allMarks} scale={scale} speak={(mark) => speakItem(markWords(mark))} onShow={showMark} />
        <Overlays scale={scale} pending={pending} />
        {pointed !== null && !isDragging && (
          <TimelineTooltip
            words={pointed.words}
            hue={pointed.hue}
            place={xOf(scale, pointed.at) / Math.max(width, 1)}
          />
        )}
      </div>
      <ZoomButtons time={time} range={range} />
    </div>
  );
};

const middleOf = ({ from, to }: Interval, window: Interval): number =>
  (Math.max(from, window.from) + Math.min(to, window.to)) / 2;

/** What is not known is drawn hatched, wherever it is drawn. */
const Hatch = () => (
  <svg width="0" height="0" aria-hidden="true" style={{ position: 'absolute' }}>
    <defs>
      <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="7" className="hatch__line" />
      </pattern>
    </defs>
  </svg>
);

/** Over all lanes: what is still to come, and now. */
const Overlays = ({ scale, pending }: { readonly scale: TimeScale; readonly pending: readonly Interval[] }) => {
  const now = usePlatformNow(SECOND_MS);
  const share = (at: number): string => percentOf(scale, Math.min(Math.max(xOf(scale, at), 0), scale.width));
  return (
    <div className="timeline__overlays" aria-hidden="true">
      {pending
        .filter(({ from, to }) => to > scale.from && from < scale.to)
        .map(({ from, to }) => (
          <span
            key={from}
            className="timeline__pending"
            style={{ insetInlineStart: share(from), insetInlineEnd: `calc(100% - ${share(to)})` }}
          />
        ))}
      {now !== null && now > scale.from && now < scale.to && (
        <span className="timeline__now" style={{ insetInlineStart: share(now) }}>
          <span>now</span>
        </span>
      )}
    </div>
  );
};

const ZoomButtons = ({ time, range }: { readonly time: TimeWindow; readonly range: Interval }) => (
  <div className="timeline__zoom" role="group" aria-label="Zoom">
    <Button
      size="compact-sm"
      variant="default"
      aria-label="Zoom in"
      title="Zoom in (+, or Ctrl and wheel)"
      onClick={() => time.zoomBy(1 / 2)}
    >
      +
    </Button>
    <Button
      size="compact-sm"
      variant="default"
      aria-label="Zoom out"
      title="Zoom out (−)"
      disabled={isWhole(time.window, range)}
      onClick={() => time.zoomBy(2)}
    >
      −
    </Button>
    <Button
      size="compact-sm"
      variant="default"
      title="Show all (0)"
      disabled={isWhole(time.window, range)}
      onClick={time.showAll}
    >
      All
    </Button>
  </div>
);
