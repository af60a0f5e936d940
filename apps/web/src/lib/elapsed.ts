const SECONDS_PER_HOUR = 3600;
const DAYS_FROM_SECONDS = 100 * SECONDS_PER_HOUR;

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

/**
 * How long something has lasted, for a tile: `m:ss` up to an hour, then `h:mm h`, then whole days.
 * A start that lies in the future (clocks differ a little) is shown as 0:00, never as a negative time.
 */
export const formatElapsed = (elapsedMs: number): string => {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  if (seconds < SECONDS_PER_HOUR) return `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
  if (seconds >= DAYS_FROM_SECONDS) return `${Math.floor(seconds / (24 * SECONDS_PER_HOUR))} d`;
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)} h`;
};

/** The age of data, for the header and the banners: seconds up to two minutes, then as {@link formatElapsed}. */
export const formatAge = (ageMs: number): string =>
  ageMs < 120_000 ? `${Math.max(0, Math.floor(ageMs / 1000))} s` : formatElapsed(ageMs);
