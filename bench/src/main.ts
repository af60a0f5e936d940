import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchContext } from './bench-context.ts';
import { BENCHES } from './benches.ts';
import { CommandLineError, readCommandLine, usage } from './command-line.ts';
import { startForeignLoadMeter } from './processes/foreign-load.ts';
import { stopEverything } from './processes/teardown.ts';
import type { BenchReport } from './report/finding.ts';
import { readMachine } from './report/machine.ts';
import { renderResults, type Results } from './report/results-document.ts';

const RESULTS = new URL('../RESULTS.md', import.meta.url);

const runOne = async (bench: Bench, context: BenchContext): Promise<BenchReport> => {
  const given = new AbortController();
  const tooLong = sleep(bench.deadlineMs, null, { signal: given.signal }).then(() => {
    throw new Error(`took longer than ${String(bench.deadlineMs / 60_000)} minutes`);
  });
  try {
    const readForeignLoad = await startForeignLoadMeter();
    const { findings, notes } = await Promise.race([bench.run(context), tooLong]);
    const foreignPercent = Math.round((await readForeignLoad()) * 100);
    return { findings, notes: [...notes, `Other programs took ${String(foreignPercent)} % of all cores meanwhile.`] };
  } finally {
    tooLong.catch(() => null);
    given.abort();
    await stopEverything();
  }
};

const runAll = async (benches: readonly Bench[], isQuick: boolean): Promise<Results> => {
  const machine = await readMachine();
  const reports: (BenchReport & { name: string })[] = [];
  const failures: string[] = [];
  for (const bench of benches) {
    console.log(`\n${bench.name}: ${bench.summary}`);
    const progress = (text: string): void => {
      console.log(`  ${text}`);
    };
    try {
      reports.push({ name: bench.name, ...(await runOne(bench, { isQuick, progress })) });
    } catch (error) {
      failures.push(`${bench.name}: ${error instanceof Error ? error.message : String(error)}`);
      console.error(error);
    }
  }
  return { machine, reports, failures };
};

const main = async (): Promise<void> => {
  const { benches, isQuick } = readCommandLine(process.argv.slice(2), BENCHES);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void stopEverything().then(() => process.exit(130));
    });
  const results = await runAll(benches, isQuick);
  const text = renderResults(results);
  console.log(`\n${text}`);
  const isComplete = !isQuick && benches.length === BENCHES.length;
  if (isComplete) await writeFile(RESULTS, text);
  console.log(isComplete ? 'Written to bench/RESULTS.md' : 'Not written: only a full run of all benchmarks is kept');
  const isMissed = results.reports.some(({ findings }) => findings.some(({ verdict }) => verdict === 'missed'));
  if (isMissed || results.failures.length > 0) process.exitCode = 1;
};

try {
  await main();
} catch (error) {
  if (!(error instanceof CommandLineError)) throw error;
  console.error(`${error.message}\n\n${usage(BENCHES)}`);
  process.exitCode = 2;
}
