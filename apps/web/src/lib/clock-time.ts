const format = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** A time of day in the viewer's zone with the zone's name, for instance `14:02:10 CEST`. */
export const formatClockTime = (instantMs: number): string => format.format(instantMs);
