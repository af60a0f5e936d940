import type { Activity, MetricState } from '@floorwatch/domain';
import { ActivityGlyph } from './glyphs.tsx';

/** The shape that stands for each of the six: that of the activity it is made of, or of the plainest of several. */
const SHAPE: Readonly<Record<MetricState, Activity>> = {
  available: 'ready',
  onCall: 'interacting',
  wrapUp: 'afterCallWork',
  notReady: 'busy',
  offline: 'offline',
  unknown: 'unknown',
};

export const MetricSign = ({ state }: { readonly state: MetricState }) => (
  <span className="metric-sign" data-metric={state}>
    <ActivityGlyph activity={SHAPE[state]} />
  </span>
);
