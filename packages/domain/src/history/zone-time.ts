/** A calendar day, `2026-10-25`, of whichever zone it is told in. */
export type Day = string;

const DAY_MS = 24 * 3_600_000;

/** More zones than there are names: whoever asks for ever new spellings of them must not fill our memory. */
const MAX_ZONES = 700;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * How far the clocks of a zone are ahead of UTC at an instant, ms.
 * @param zone IANA name
 * @throws RangeError for a name that is no zone
 */
export const zoneOffsetMs = (at: number, zone: string): number => {
  const text = formatOf(zone).format(at);
  const [, sign, hours, minutes, seconds = '0'] = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(text) ?? [];
  if (sign === undefined) return 0; // "GMT" alone
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ms : ms;
};

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  if (formats.size >= MAX_ZONES) formats.clear();
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  return format;
};

/** What the clocks of the zone show at an instant, as the instant at which UTC shows the same, ms. */
export const localMs = (at: number, zone: string): number => at + zoneOffsetMs(at, zone);

/** The calendar day of an instant. */
export const dayOf = (at: number, zone: string): Day => isoDay(localMs(at, zone));

/** Calendar days later, or earlier where `count` is negative. */
export const addDays = (day: Day, count: number): Day => isoDay(Date.parse(day) + count * DAY_MS);

/** The Monday of the day's week. */
export const mondayOf = (day: Day): Day => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

/** The first instant of a calendar day, ms: midnight, or what the clocks jump to where there is no midnight. */
export const startOfDay = (day: Day, zone: string): number => instantOf(day, 0, zone);

/**
 * The first instant at which the clocks of the zone show a time, ms. A time that the clocks skip is when they skip it; a
 * day that a zone left out (Apia, 30 December 2011) has no length.
 * @param timeOfDayMs what the clocks show since midnight
 */
export const instantOf = (day: Day, timeOfDayMs: number, zone: string): number => {
  const shown = Date.parse(day) + timeOfDayMs;
  const candidates = [shown - zoneOffsetMs(shown - DAY_MS, zone), shown - zoneOffsetMs(shown + DAY_MS, zone)];
  const found = candidates.filter((at) => localMs(at, zone) === shown);
  return found.length > 0 ? Math.min(...found) : firstAtOrAfter(shown, zone);
};

/** When the clocks skip a time: the instant of the jump. */
const firstAtOrAfter = (shown: number, zone: string): number => {
  let before = shown - 2 * DAY_MS;
  let after = shown + 2 * DAY_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localMs(middle, zone) >= shown) after = middle;
    else before = middle;
  }
  return after;
};

const isoDay = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
