import type { Interval } from '../history/history.ts';
import { badRequest } from '../server/platform-error.ts';

const DAY_MS = 24 * 3_600_000;

/** Reads `start/end` (API §9). @throws 400 invalid.date, or bad.request when it is longer than `maxDays` */
export const readInterval = (text: string, maxDays: number): Interval => {
  const [start = '', end = '', ...rest] = text.split('/');
  const from = Date.parse(start);
  const to = Date.parse(end);
  if (rest.length > 0 || Number.isNaN(from) || Number.isNaN(to) || to <= from)
    throw badRequest(
      'Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ/yyyy-MM-ddTHH:mm:ss.SSSZ',
      'invalid.date',
    );
  if (to - from > maxDays * DAY_MS) throw badRequest(`interval: at most ${maxDays} days can be asked for at once`);
  return { from, to };
};

export const isoOf = (instant: number): string => new Date(instant).toISOString();
