import type { Since } from '@floorwatch/domain';

/** An ISO instant of the platform in ms; null where it is missing or unreadable. */
export const toInstantMs = (text: string | null | undefined): number | null => {
  const ms = text ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? null : ms;
};

/** When something began; without an instant all we know is that it holds at `platformNow`. */
export const toSince = (text: string | null | undefined, platformNow: number): Since => {
  const at = toInstantMs(text);
  return at === null ? { at: platformNow, exact: false } : { at, exact: true };
};
