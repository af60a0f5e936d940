import { GRANULARITIES } from '@floorwatch/domain';
import { z } from 'zod';

/** An instant as ISO 8601 with a zone; answers are in UTC. */
export const instant = z.iso.datetime({ offset: true });

/** An IANA name, for instance `Europe/Berlin`. Days, and so a 23 h or 25 h one, are those of this zone. */
export const zone = z
  .string()
  .min(1)
  .max(64)
  .refine(isZone, 'must be the IANA name of a time zone, for instance Europe/Berlin');

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Days and weeks (from Monday) are those of the zone's calendar, hours and parts of them those of its clocks. */
export const granularity = z.enum(GRANULARITIES);

/** Longest range of one question, days: what the platform answers for one agent (API §9.1). */
export const MAX_RANGE_DAYS = 31;

/** `from` inclusive, `to` exclusive. A `to` in the future is cut at now. */
export const timeRange = z.object({ from: instant, to: instant });
