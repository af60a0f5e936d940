import { flushCompileCache } from 'node:module';
import { PGlite, type Results } from '@electric-sql/pglite';
import type { PgliteAnswer, PgliteFailure, PgliteRequest } from './pglite-messages.ts';

/** The process that owns the embedded database: one connection, one request after the other. */

const failureOf = (error: unknown): PgliteFailure => {
  const parts: Partial<Record<string, unknown>> =
    error instanceof Error ? Object.fromEntries(Object.entries(error)) : {};
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    message: error instanceof Error ? error.message : String(error),
    code: text(parts['code']),
    constraint: text(parts['constraint']),
    detail: text(parts['detail']),
  };
};

type Answer = Omit<PgliteAnswer, 'id'>;

/** The engine itself has failed, not a statement: nothing that it says from now on can be believed. */
class EngineBroken extends Error {}

/**
 * A WebAssembly module that has run out of stack or memory goes on, with answers in which the end of the statement is missing: taken
 * for an acknowledgement, one would lose what was written.
 */
const believed = <Result extends Results<Record<string, unknown>>>(results: readonly Result[]): readonly Result[] => {
  const isWhole = results.every((result) => 'command' in result && typeof result.command === 'string');
  if (isWhole) return results;
  throw new EngineBroken('the embedded database did not finish a statement');
};

const totalOf = (results: readonly Results<Record<string, unknown>>[]): Answer => ({
  rows: results.flatMap(({ rows }) => rows),
  affectedRows: results.reduce((sum, { affectedRows }) => sum + (affectedRows ?? 0), 0),
});

/** What the module says when it has died, and what PostgreSQL says when it cannot report errors any more. */
const isBroken = (error: unknown): boolean =>
  error instanceof EngineBroken ||
  (error instanceof Error && ['RuntimeError', 'ExitStatus', 'RangeError'].includes(error.name)) ||
  failureOf(error).code === 'XX000';

const answerTo = async (db: PGlite, request: Exclude<PgliteRequest, { kind: 'open' }>): Promise<Answer> => {
  switch (request.kind) {
    case 'query':
      return totalOf(believed([await db.query<Record<string, unknown>>(request.text, [...request.parameters])]));
    case 'exec':
      // One of several statements may have failed within a transaction that the same text began.
      return totalOf(
        believed(
          await db.exec(request.text).catch(async (error: unknown) => {
            await db.exec('rollback');
            throw error;
          }),
        ),
      );
    case 'close':
      await db.close();
      return {};
  }
};

const open = (directory: string): Promise<PGlite> =>
  PGlite.create({
    dataDir: directory,
    // What is given replaces the defaults, without which it does not start.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'max_wal_size=64MB'],
  });

const send = (answer: PgliteAnswer): void => {
  if (process.send === undefined) throw new Error('this file runs as a process of the store');
  process.send(answer);
};

let opened: Promise<PGlite> | null = null;

const serve = async (request: PgliteRequest): Promise<Answer> => {
  if (request.kind === 'open') {
    opened = open(request.directory);
    await opened;
    flushCompileCache(); // what Node would keep at the end, which this process never comes to: it is killed
    return {};
  }
  if (opened === null) throw new Error('no database has been opened');
  return answerTo(await opened, request);
};

process.on('message', (request: PgliteRequest) => {
  void serve(request)
    .catch((error: unknown): Answer => ({
      failure: failureOf(error),
      ...(request.kind !== 'open' && isBroken(error) && { isBroken: true }),
    }))
    .then((answer) => {
      send({ id: request.id, ...answer });
    });
});

// Whoever asked is gone, however it ended: what it was told is written, and nobody waits for more.
process.once('disconnect', () => process.exit());

// A terminal tells everybody at once; when this process may go, the other one decides, which still has things to write.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
