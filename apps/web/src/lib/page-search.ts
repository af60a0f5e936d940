/** What every page's address may say. */
export interface PageSearch {
  /** Absent: as this computer prefers. */
  readonly theme?: 'light' | 'dark';
  /** The floor health panel stands open. */
  readonly health?: 'open';
}

export const readPageSearch = ({ theme, health }: Readonly<Record<string, unknown>>): PageSearch => ({
  ...((theme === 'light' || theme === 'dark') && { theme }),
  ...(health === 'open' && { health }),
});

const MAX_TEXT = 200;

/** A text from an address, cut to what makes sense; empty if it is none. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : '');

/** A list from an address, each once. */
export const listIn = (value: unknown): string[] => {
  const items: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return [...new Set(items.filter((item): item is string => typeof item === 'string' && item !== ''))];
};

/** An address without what is not asked for. */
export const dropAbsent = <Search extends object>(search: {
  [Name in keyof Search]: Search[Name] | undefined;
}): Search =>
  Object.fromEntries(
    Object.entries(search).filter(
      ([, value]) =>
        value !== undefined && !((typeof value === 'string' || Array.isArray(value)) && value.length === 0),
    ),
  ) as Search;
