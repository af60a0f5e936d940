import type { PresenceChange } from '@floorwatch/genesys';

/** The audit and the presence service tell the same change at instants that differ by so much at most, ms. */
export const SAME_CHANGE_MS = 2000;

/** Which of an agent's changes made the presence that began at `at` (ms); null where none is near enough. */
export const nearestChange = (changes: readonly PresenceChange[], at: number): PresenceChange | null => {
  const near = changes.filter((change) => Math.abs(change.at - at) <= SAME_CHANGE_MS);
  return near.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0] ?? null;
};
