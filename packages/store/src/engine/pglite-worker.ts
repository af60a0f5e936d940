import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type Results } from '@electric-sql/pglite';
import type { PgliteAnswer, PgliteFailure, PgliteRequest, PgliteWorkerData } from './pglite-messages.ts';

/** The thread that owns the embedded database: one connection, one request after the other. */

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

const answerTo = async (db: PGlite, request: PgliteRequest): Promise<Answer> => {
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

/** Ends this thread with its reason; whoever waits for an answer is told by the one that started it, which starts it again. */
const endThread = (reason: unknown): void => {
  queueMicrotask(() => {
    throw reason;
  });
};

const start = async (): Promise<void> => {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a thread of the store');
  const { directory } = workerData as PgliteWorkerData;
  // What is given replaces the defaults, without which it does not start.
  const db = await PGlite.create({
    dataDir: directory,
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'max_wal_size=64MB'],
  });
  port.on('message', (request: PgliteRequest) => {
    void answerTo(db, request)
      .catch((error: unknown): Answer => {
        if (isBroken(error)) endThread(error);
        return { failure: failureOf(error) };
      })
      .then((answer) => {
        port.postMessage({ id: request.id, ...answer } satisfies PgliteAnswer);
        if (request.kind === 'close') port.close();
      });
  });
  port.postMessage({ id: 0 } satisfies PgliteAnswer);
};

await start().catch((error: unknown) => {
  parentPort?.postMessage({ id: 0, failure: failureOf(error) } satisfies PgliteAnswer);
});
