/** A stretch of time, ms since 1970 on the platform's clock; `to` is not part of it. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** What two intervals have in common; null when that is nothing. */
export const overlapOf = (a: Interval, b: Interval): Interval | null => {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? { from, to } : null;
};

/** The same time without overlaps, oldest first. */
export const unionOf = (intervals: readonly Interval[]): Interval[] => {
  const union: { from: number; to: number }[] = [];
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = union.at(-1);
    if (from >= to) continue;
    if (last === undefined || from > last.to) union.push({ from, to });
    else last.to = Math.max(last.to, to);
  }
  return union;
};

/** What of an interval is in none of the others, oldest first. */
export const restOf = (whole: Interval, others: readonly Interval[]): Interval[] => {
  const rest: Interval[] = [];
  let { from } = whole;
  for (const other of unionOf(others)) {
    const free = overlapOf(whole, { from, to: other.from });
    if (free !== null) rest.push(free);
    from = Math.max(from, other.to);
  }
  return from < whole.to ? [...rest, { from, to: whole.to }] : rest;
};
