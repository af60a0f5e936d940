/** The table of an exported file: below its head, one object per row; the last one is the sum. */
export const readTable = (text: string): Record<string, string>[] => {
  const rows = parse(text.replace(/^.*?\r?\n\r?\n/s, ''));
  const [names = [], ...cells] = rows;
  return cells.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
};

/** RFC 4180: quotes around what has commas, line ends or quotes in it. */
const parse = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
};
