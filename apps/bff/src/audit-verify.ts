import { parseArgs } from 'node:util';
import type { ChainCheck, ChainHead } from '@floorwatch/domain';
import { DataDirectoryInUse, openAudit, StoreError } from '@floorwatch/store';
import { configFrom } from './config/config.ts';
import { ConfigError, loadEnvFile, readEnv } from './config/env.ts';
import { systemClock } from './system-clock.ts';

/**
 * `pnpm audit:verify [--head 1234:<hash>]…`: walks the audit of DATABASE_URL or DATA_DIR from its first entry. Heads that were noted
 * down before (the daily line of the log, an export, the audit page) show whether the end was cut off.
 *
 * Exit code: 0 it holds together · 1 it does not · 2 it could not be read.
 */

const HOLDS = 0;
const BROKEN = 1;
const NOT_READ = 2;

/** What was asked for cannot be understood. */
class UsageError extends Error {}

const headOf = (text: string): ChainHead => {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new UsageError(`--head ${text} is no head: it must look like 1234:<64 hex digits>`);
  return { seq: Number(seq), hash };
};

const askedHeads = (): ChainHead[] => {
  try {
    const { values } = parseArgs({ options: { head: { type: 'string', multiple: true, default: [] } } });
    return values.head.map(headOf);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
};

const entries = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'entry' : 'entries'}`;

const wordsOf = (place: string, { head, broken }: ChainCheck): string =>
  broken === null
    ? `The audit holds together: ${entries(head.seq)} (${place}).\nIts head, to be noted down: ${String(head.seq)}:${head.hash}`
    : `The audit is broken at entry ${String(broken.seq)}: ${broken.reason}.\n${entries(head.seq)} before it hold together (${place}).`;

const unreadable = (error: unknown): string => {
  if (error instanceof DataDirectoryInUse)
    return `${error.message}.\nThe Floorwatch that runs there can verify it too: open its page /audit, or ask GET /api/audit/verify`;
  if (error instanceof ConfigError || error instanceof StoreError || error instanceof UsageError) return error.message;
  throw error;
};

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

const verify = async (): Promise<number> => {
  const heads = askedHeads();
  loadEnvFile();
  const { databaseUrl, dataDir } = configFrom(readEnv()); // as the start reads it: a demo has a folder of its own
  const audit = await openAudit({
    databaseUrl: databaseUrl?.reveal() ?? null,
    dataDir,
    clock: systemClock,
    log: quiet,
  });
  try {
    const check = await audit.verify(heads);
    process.stdout.write(`${wordsOf(audit.place, check)}\n`);
    return check.broken === null ? HOLDS : BROKEN;
  } finally {
    await audit.close();
  }
};

process.exitCode = await verify().catch((error: unknown) => {
  process.stderr.write(`The audit could not be verified. ${unreadable(error)}\n`);
  return NOT_READ;
});
