import { Readable, type Transform } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Cell, ExportFile } from './export-file.ts';

/**
 * Quoting is the library's. Cells that a spreadsheet would run as a formula get an apostrophe in front (OWASP, "CSV
 * injection"); the byte order mark makes spreadsheets read UTF-8.
 */
const OPTIONS = {
  bom: true,
  record_delimiter: 'windows',
  quote_record_delimiter: true, // a lone line feed within a cell too
  escape_formulas: true,
  cast: {
    boolean: (value: boolean) => (value ? 'yes' : 'no'),
    // A leading line feed is passed over by some spreadsheets, and what follows it is run.
    string: (value: string) => (value.startsWith('\n') ? `'${value}` : value),
  },
} as const;

/** A head of label and value, an empty line, the names of the columns, the rows, and their total. */
export const writeCsv = (file: ExportFile): Transform => {
  const csv = stringify(OPTIONS);
  const records = Readable.from(recordsOf(file));
  records.once('error', (error) => csv.destroy(error));
  csv.once('close', () => records.destroy());
  return records.pipe(csv);
};

async function* recordsOf({ title, head, columns, rows, total, rowCount }: ExportFile): AsyncGenerator<Cell[]> {
  yield ['Floorwatch', title];
  for (const [label, value] of head) yield [label, value];
  yield ['Rows', rowCount];
  yield [''];
  yield [...columns];
  for await (const row of rows) yield columns.map((column) => row[column] ?? null);
  if (total !== null) yield columns.map((column) => total[column] ?? null);
}
