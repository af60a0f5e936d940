import type { ExportFile, ExportRow } from './export-file.ts';

/** The same parts as in CSV; one row a line, so that a large file can be read line by line. */
export async function* writeJson({ title, head, rows, total, rowCount }: ExportFile): AsyncGenerator<string> {
  const about = { Floorwatch: title, ...Object.fromEntries(head), Rows: rowCount };
  yield `{"head":${JSON.stringify(about)},\n"rows":[`;
  let separator = '\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
  yield `\n],\n"total":${JSON.stringify(total satisfies ExportRow | null)}}\n`;
}
