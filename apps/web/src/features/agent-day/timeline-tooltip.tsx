import type { Activity } from '@floorwatch/domain';
import { ActivityGlyph } from '../../look/glyphs.tsx';
import type { ItemWords } from './item-words.ts';

interface TimelineTooltipProps {
  readonly words: ItemWords;
  readonly hue: Activity | 'flagged';
  /** Middle of what it is about: share of the axis, 0…1. */
  readonly place: number;
}

/** What is told of one thing on the timeline. Screen readers hear it as the value of the lane. */
export const TimelineTooltip = ({ words, hue, place }: TimelineTooltipProps) => (
  <div
    className="tooltip"
    aria-hidden="true"
    data-activity={hue}
    style={{ '--place': String(Math.min(Math.max(place, 0), 1)) } as Record<`--${string}`, string>}
  >
    <p className="tooltip__title">
      <ActivityGlyph activity={hue} />
      {words.title}
    </p>
    <p className="tooltip__when">{words.when}</p>
    {words.lines.map((line) => (
      <p key={line} className="tooltip__line">
        {line}
      </p>
    ))}
  </div>
);
