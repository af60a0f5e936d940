import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportFile, ExportRow } from './export-file.ts';
import { readCsv } from './read-csv.fake.ts';
import { sendFile } from './send-file.ts';

const COLUMNS = ['id', 'words', 'seconds'];
const ENDLESS = 1_000_000;

const fileOf = (rows: ExportFile['rows'], parts: Partial<ExportFile> = {}): ExportFile => ({
  title: 'A test',
  nameParts: ['Ünal / "Özil"; rm -rf', '2026-10-25'],
  head: [['Agent', '=cmd']],
  columns: COLUMNS,
  rowCount: 1,
  rows,
  total: null,
  ...parts,
});

describe('a file', () => {
  let app: FastifyInstance;
  let file: ExportFile;

  beforeEach(() => {
    app = fastify();
    app.get('/csv', (_, reply) => sendFile(reply, file, 'csv'));
    app.get('/json', (_, reply) => sendFile(reply, file, 'json'));
  });
  afterEach(() => app.close());

  const open = async (): Promise<IncomingMessage> => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const [answer] = (await once(request({ host: '127.0.0.1', port, path: '/csv' }).end(), 'response')) as [
      IncomingMessage,
    ];
    return answer;
  };

  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 123', "'+49 30 123"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    ['＝1', "'＝1"],
    ['a "quoted", b;\r\nc', 'a "quoted", b;\r\nc'],
    ['', ''],
  ])('tells %j in CSV as the text %j', async (words, expected) => {
    file = fileOf([{ id: 1, words, seconds: -1.5 }]);
    const { head, rows } = readCsv((await app.inject('/csv')).body);
    expect(rows).toEqual([{ id: '1', words: expected, seconds: '-1.5' }]);
    expect(head['Agent']).toBe("'=cmd");
  });

  it('tells cells in JSON as they are, with head and total', async () => {
    const row = { id: 1, words: '=1+1', seconds: 0.001 };
    file = fileOf([row, row], { rowCount: 2, total: { id: 'Total', seconds: 0.002 } });
    expect((await app.inject('/json')).json()).toEqual({
      head: { Floorwatch: 'A test', Agent: '=cmd', Rows: 2 },
      rows: [row, row],
      total: { id: 'Total', seconds: 0.002 },
    });
    file = fileOf([], { rowCount: 0 });
    expect((await app.inject('/json')).json()).toMatchObject({ rows: [], total: null });
  });

  it('has a name that is safe in a header and on a disk', async () => {
    file = fileOf([]);
    const { headers } = await app.inject('/csv');
    expect(headers['content-disposition']).toBe('attachment; filename="floorwatch-Unal-Ozil-rm-rf-2026-10-25.csv"');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is made only as fast as it is taken, and no longer than somebody takes it', async () => {
    let made = 0;
    let isEnded = false;
    const rows = function* (): Generator<ExportRow> {
      try {
        for (; made < ENDLESS; made += 1) yield { id: made, words: 'x'.repeat(1000), seconds: 0 };
      } finally {
        isEnded = true;
      }
    };
    file = fileOf(rows(), { rowCount: ENDLESS });
    const answer = await open();
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = made === before;
          before = made;
          return isStill;
        },
        { interval: 100 },
      )
      .toBe(true);
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(ENDLESS / 10);
    answer.destroy();
    await expect.poll(() => isEnded).toBe(true);
  });

  it('that cannot be made to the end is cut off, never ended as if it were whole', async () => {
    const rows = async function* (): AsyncGenerator<ExportRow> {
      yield { id: 1, words: 'first', seconds: 0 };
      await Promise.resolve();
      throw new Error('the store is gone');
    };
    file = fileOf(rows());
    const answer = await open();
    answer.resume();
    await expect(once(answer, 'end')).rejects.toThrow(/aborted/);
  });
});
