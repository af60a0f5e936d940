/** A CSV file of ours, read back by the rules of RFC 4180 and nothing else. */
export interface ReadFile {
  readonly head: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  /** Without the total. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** Empty where there is none. */
  readonly total: Readonly<Record<string, string>>;
}

export const readCsv = (text: string): ReadFile => {
  if (!text.startsWith('\uFEFF')) throw new Error('no byte order mark');
  const records = recordsOf(text.slice(1));
  const blank = records.findIndex((record) => record.length === 1 && record[0] === '');
  const head = Object.fromEntries(records.slice(0, blank).map(([label = '', value = '']) => [label, value]));
  const columns = records[blank + 1] ?? [];
  const all = records.slice(blank + 2).map((record) => {
    if (record.length !== columns.length) throw new Error(`a row of ${String(record.length)} cells`);
    return Object.fromEntries(columns.map((column, index) => [column, record[index] ?? '']));
  });
  const rows = all.slice(0, Number(head['Rows']));
  return { head, columns, rows, total: all[rows.length] ?? {} };
};

const recordsOf = (text: string): string[][] => {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let match = field.exec(text); match !== null && field.lastIndex <= text.length; match = field.exec(text)) {
    const [, quoted, plain = '', end] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') {
      records.push(record);
      record = [];
    }
    if (field.lastIndex >= text.length) break;
  }
  return records;
};
