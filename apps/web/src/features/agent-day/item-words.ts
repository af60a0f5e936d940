import { formatDuration } from '../../lib/amounts.ts';
import { setByWords } from '../../look/words.ts';
import type { LaneSegment, Mark } from './lane.ts';
import { sharesOf, type PaintedItem } from './lane-painter.ts';
import { tellSecond, type TimeTelling } from '../../lib/time-telling.ts';

/** What is told of something on a lane, in words. */
export interface ItemWords {
  readonly title: string;
  /** From when to when, and how long. */
  readonly when: string;
  readonly lines: readonly string[];
}

export const SOURCE_WORD = {
  event: 'Heard as it happened',
  snapshot: 'Found by a reading',
  analytics: 'Told by Genesys Cloud’s history',
} as const;

/** `14:02:10 – 15:00:00 · 0:57:50`; "≥" where the true start was not seen. */
export const whenWords = (
  { from, to, startsExactly, isOngoing }: Pick<LaneSegment, 'from' | 'to' | 'startsExactly' | 'isOngoing'>,
  telling: TimeTelling,
): string => {
  const start = `${startsExactly ? '' : '≤ '}${tellSecond(from, telling)}`;
  const length = `${startsExactly ? '' : '≥ '}${formatDuration((to - from) / 1000)}`;
  return `${start} – ${isOngoing ? 'now' : tellSecond(to, telling)} · ${length}`;
};

/** What is told of one segment, or of a bunch of them. */
export const itemWords = (item: PaintedItem, marks: readonly Mark[], telling: TimeTelling): ItemWords => {
  const [first, ...rest] = item.segments;
  if (rest.length > 0)
    return {
      title: `${item.segments.length} changes`,
      when: whenWords({ ...item, startsExactly: true, isOngoing: false }, telling),
      lines: sharesOf(item.segments)
        .slice(0, 5)
        .map(({ word, ms }) => `${word} ${formatDuration(ms / 1000)}`),
    };
  return {
    title: first.word,
    when: whenWords(first.key === null ? { ...first, startsExactly: true } : first, telling),
    lines: segmentLines(first, marks),
  };
};

const segmentLines = (segment: LaneSegment, marks: readonly Mark[]): string[] => {
  if (segment.key === null) return [gapReason(segment, marks)];
  return [
    ...segment.details,
    ...(segment.actor === null ? [] : [setByWords(segment.actor.by, segment.actor.name)]),
    ...(segment.source === null ? [] : [SOURCE_WORD[segment.source]]),
  ];
};

/** Why nothing is known of a stretch. */
export const gapReason = ({ from, to }: LaneSegment, marks: readonly Mark[]): string =>
  marks.find((mark) => mark.kind === 'gap' && mark.from < to && mark.to > from)?.reason ??
  'Nothing was recorded then, and Genesys Cloud’s own history has nothing. It counts as no status.';

/** The same as one sentence, for screen readers. */
export const speakItem = ({ title, when, lines }: ItemWords): string => [title, when, ...lines].join('. ');
