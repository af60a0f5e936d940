/**
 * Days of Europe/Berlin in 2026, counted from the law and not by a library: summer time is from 01:00 UTC on 29 March
 * to 01:00 UTC on 25 October, so those two days have 23 and 25 hours.
 */

export const BERLIN = 'Europe/Berlin';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST_MIDNIGHT_OF_SUMMER = Date.UTC(2026, 2, 30);
const LAST_MIDNIGHT_OF_SUMMER = Date.UTC(2026, 9, 25);

/** UTC instant of local midnight on the date whose own UTC midnight is given. */
const midnightOf = (date: number): number =>
  date - (date >= FIRST_MIDNIGHT_OF_SUMMER && date <= LAST_MIDNIGHT_OF_SUMMER ? 2 * HOUR : HOUR);

/** Local midnights within an interval, both ends included, ms. */
export const berlinMidnights = (from: number, to: number): number[] => {
  const midnights: number[] = [];
  for (let date = Math.floor(from / DAY) * DAY; midnightOf(date) <= to; date += DAY)
    if (midnightOf(date) >= from) midnights.push(midnightOf(date));
  return midnights;
};
