const folded = new Map<string, string>();
const REMEMBERED = 50_000;

/** A name as it is searched: lower case, without accents, single spaces. Remembered, because a search asks 10,000 times. */
export const foldName = (name: string): string => {
  const known = folded.get(name);
  if (known !== undefined) return known;
  const result = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
  if (folded.size >= REMEMBERED) folded.clear();
  folded.set(name, result);
  return result;
};
