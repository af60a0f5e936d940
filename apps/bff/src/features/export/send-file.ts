import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ExportFile } from './export-file.ts';
import { writeCsv } from './write-csv.ts';
import { writeJson } from './write-json.ts';

export type ExportFormat = 'csv' | 'json';

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=absent', // the first rows are the head, not the names of columns
  json: 'application/json; charset=utf-8',
};

/** Sends a file as it is made: a slow receiver slows the making down, and one that leaves ends it. */
export const sendFile = (reply: FastifyReply, file: ExportFile, format: ExportFormat): FastifyReply => {
  const text = format === 'csv' ? writeCsv(file) : Readable.from(writeJson(file), { objectMode: false });
  return reply
    .headers({
      'content-disposition': `attachment; filename="${fileName(file.nameParts)}.${format}"`,
      'cache-control': 'no-store',
      'x-row-count': String(file.rowCount),
    })
    .type(TYPES[format])
    .send(text);
};

/** Letters, digits and dashes only: a name is the agent's or the organisation's, and goes into a header and onto a disk. */
const fileName = (parts: readonly string[]): string =>
  ['floorwatch', ...parts]
    .map((part) =>
      part
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .replaceAll(/[^A-Za-z0-9]+/g, '-')
        .replaceAll(/^-+|-+$/g, '')
        .slice(0, 40),
    )
    .filter((part) => part !== '')
    .join('-');
