import type { Activity } from '@floorwatch/domain';
import type { ReactElement } from 'react';

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** Two lines that are not the same: presence and routing status contradict each other. */
const DISAGREEMENT = <path d="M2 5.5h12M2 10.5h12M11 1.5l-6 13" {...line} />;

/** A flag on its pole: the row is to be read with care. */
const FLAGGED = <path d="M3.5 15V1.5M3.5 2.5h9l-2.5 3 2.5 3h-9" {...line} />;

/**
 * One shape for each activity, drawn on 16 × 16 in `currentColor`. No two share an outline, so an activity can be told
 * without its colour; those who can take a contact or have one are solid, the others are drawn in line.
 */
export const GLYPHS: Readonly<Record<Activity, ReactElement>> = {
  notResponding: (
    <path
      fillRule="evenodd"
      d="M8 1.2 15.4 14.3a.8.8 0 0 1-.7 1.2H1.3a.8.8 0 0 1-.7-1.2L8 1.2ZM7.1 6v4.6h1.8V6H7.1Zm0 5.8v1.8h1.8v-1.8H7.1Z"
    />
  ),
  ready: (
    <path
      fillRule="evenodd"
      d="M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8 .8Zm3.1 4.3L7 9.3 4.9 7.2l-1.3 1.3L7 11.9l5.4-5.5-1.3-1.3Z"
    />
  ),
  interacting: <path d="M3 1.5h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H8.3L4.5 15v-3.5H3a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2Z" />,
  afterCallWork: <path d="m10.7 1.5 3.8 3.8-8.6 8.6-4.7.9.9-4.7 8.6-8.6Z" />,
  communicating: (
    <path d="M4.3 1.2 6.6 4.6 5.2 6.3c.8 1.9 2.4 3.5 4.4 4.4l1.7-1.4 3.5 2.3c-.3 2-1.6 3.3-3.3 3.2C6 14.4 1.6 10 1.1 4.5 1 2.8 2.3 1.5 4.3 1.2Z" />
  ),
  available: <circle cx="8" cy="8" r="6" {...line} />,
  busy: <path d="M2 2h12v12H2V2Zm3 5v2h6V7H5Z" fillRule="evenodd" />,
  break: (
    <path
      d="M2 4.5h9.5v5.8a3.5 3.5 0 0 1-3.5 3.5H5.5A3.5 3.5 0 0 1 2 10.3V4.5Zm9.5 1.7h1a2 2 0 0 1 0 4h-1M5 .8v1.9M8.5.8v1.9"
      {...line}
    />
  ),
  meal: <path d="M4.8 1v14M2.3 1v3.3a2.5 2.5 0 0 0 5 0V1M11.5 15V1c2 1 2.6 3.3 2.6 6.5h-2.6" {...line} />,
  meeting: (
    <g {...line}>
      <circle cx="5.8" cy="8" r="4.3" />
      <circle cx="10.2" cy="8" r="4.3" />
    </g>
  ),
  training: (
    <path
      d="M8 3.3C6.2 2 4 1.7 1.3 1.8v10.7c2.7-.1 4.9.2 6.7 1.7 1.8-1.5 4-1.8 6.7-1.7V1.8C12 1.7 9.8 2 8 3.3Zm0 0v10.9"
      {...line}
    />
  ),
  away: <path d="M9.5 2H3v12h6.5M6.5 8h8M11.5 4.8 14.7 8l-3.2 3.2" {...line} />,
  idle: <path d="M3.5 1.5h9L8 8l4.5 6.5h-9L8 8 3.5 1.5Z" {...line} />,
  offline: <path d="M4.7 3.6a6 6 0 1 0 6.6 0M8 1v6" {...line} />,
  unknown: <path d="M4.5 5.5A3.5 3.5 0 1 1 9.3 8.7C8.4 9.1 8 9.6 8 10.8M8 13.2v1.9" {...line} />,
};

/** The shapes, once for the page; {@link ActivityGlyph} refers to them, which keeps a tile at two nodes for its glyph. */
export const GlyphSheet = () => (
  <svg width="0" height="0" aria-hidden="true" style={{ position: 'absolute' }}>
    <defs>
      {Object.entries(GLYPHS).map(([activity, shape]) => (
        <symbol key={activity} id={`glyph-${activity}`} viewBox="0 0 16 16">
          {shape}
        </symbol>
      ))}
      <symbol id="glyph-disagreement" viewBox="0 0 16 16">
        {DISAGREEMENT}
      </symbol>
      <symbol id="glyph-flagged" viewBox="0 0 16 16">
        {FLAGGED}
      </symbol>
    </defs>
  </svg>
);

/** The shape of an activity. Decorative: the word always stands beside it. */
export const ActivityGlyph = ({ activity }: { readonly activity: Activity | 'disagreement' | 'flagged' }) => (
  <svg className="glyph" fill="currentColor" aria-hidden="true">
    <use href={`#glyph-${activity}`} />
  </svg>
);
