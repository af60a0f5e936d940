/** Names of today that browsers may still list under an old one, or not at all. */
const ALSO_KNOWN = [
  'UTC',
  'America/Argentina/Buenos_Aires',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
] as const;

/** Every zone to choose from: the viewer's own first, then UTC, then by name. */
export const zoneNames = (own: string): readonly string[] => [
  ...new Set([own, 'UTC', ...[...Intl.supportedValuesOf('timeZone'), ...ALSO_KNOWN].toSorted()]),
];

/** Zones whose name has every word of the text; "new york" finds America/New_York. */
export const findZones = (zones: readonly string[], text: string): readonly string[] => {
  const words = text
    .toLowerCase()
    .split(/[\s_/]+/)
    .filter(Boolean);
  return zones.filter((zone) => words.every((word) => zone.toLowerCase().includes(word)));
};
