import type { Since } from '@floorwatch/domain';
import { useElapsedText } from '../../live/use-live.ts';

/** How long something lasts, ticking without rendering. */
export const ElapsedTime = ({ since }: { readonly since: Since | null }) => (
  <span ref={useElapsedText<HTMLSpanElement>(since)} className="tile__time" />
);
